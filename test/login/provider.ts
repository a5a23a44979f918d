/** An OpenID provider on this machine, who asks for no password; tests change what it answers. */
import { OAuth2Server } from 'oauth2-mock-server'

type Parameters = Readonly<Record<string, string>>

/** What the next answers are like; undefined: as they should be. */
interface Mood {
  /** Sends back with this error, and these words. */
  refuses?: readonly [error: string, description: string] | undefined
  /** Seconds that a token lives. @default an hour */
  lifetime?: number | undefined
  /** Of access tokens. @default none, as a provider that was not asked for one */
  audience?: string | undefined
  /** Whether it takes its refresh tokens. @default yes */
  renews?: boolean | undefined
  /** Whether it tells who somebody is only once, and not with each new token. */
  brief?: boolean | undefined
  /** Whether it answers at the token endpoint with something else than tokens. */
  forgetful?: boolean | undefined
}

export interface Provider {
  readonly issuer: string
  readonly jwks: string
  readonly mood: Mood
  /** What came to `/authorize`. */
  readonly authorized: readonly Parameters[]
  /** What came to `/token`. */
  readonly granted: readonly Parameters[]
  /** What came to `/endsession`. */
  readonly ended: readonly Parameters[]
  readonly reset: () => void
  readonly close: () => Promise<void>
}

const without = (body: unknown, name: string): Parameters =>
  Object.fromEntries(Object.entries(body as Parameters).filter(([key]) => key !== name))

const EMAIL = 'baker@bakery.example'
const parametersOf = (url = ''): Parameters =>
  Object.fromEntries(new URL(url, 'http://localhost').searchParams)

/** @param port 0 for any that is free */
export async function startProvider(port = 0): Promise<Provider> {
  const server = new OAuth2Server()
  await server.issuer.keys.generate('RS256')
  await server.start(port, '127.0.0.1')
  const issuer = server.issuer.url ?? ''
  const mood: Mood = {}
  const authorized: Parameters[] = []
  const granted: Parameters[] = []
  const ended: Parameters[] = []

  server.service.on('beforeAuthorizeRedirect', ({ url }, request) => {
    authorized.push(parametersOf(request.url))
    if (!mood.refuses) return
    const [error, description] = mood.refuses
    url.searchParams.delete('code')
    url.searchParams.set('error', error)
    url.searchParams.set('error_description', description)
  })
  server.service.on('beforeTokenSigning', ({ payload }) => {
    payload.email = EMAIL
    if (mood.lifetime !== undefined) payload.exp = payload.iat + mood.lifetime
    // An ID token has the client as audience already.
    if (payload.aud === undefined && mood.audience !== undefined) payload.aud = mood.audience
  })
  server.service.on('beforeResponse', (answer, { body }) => {
    granted.push({ ...body } as unknown as Parameters)
    if (mood.brief && body.grant_type === 'refresh_token') answer.body = without(answer.body, 'id_token')
    if (!mood.forgetful && !(mood.renews === false && body.grant_type === 'refresh_token')) return
    answer.statusCode = 400
    answer.body = { error: 'invalid_grant', error_description: 'was used already' }
  })
  server.service.on('beforePostLogoutRedirect', (_, request) => ended.push(parametersOf(request.url)))
  return {
    issuer,
    jwks: `${issuer}/jwks`,
    mood,
    ...{ authorized, granted, ended },
    reset() {
      for (const name of Object.keys(mood)) delete mood[name as keyof Mood]
      for (const list of [authorized, granted, ended]) list.length = 0
    },
    close: () => server.stop(),
  }
}
