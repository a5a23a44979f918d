/** The API: a request in, an answer out. Whatever happens, the answer has the shape that the document tells. */
import type { Login } from '../login/document.ts'
import { headersFor } from './headers.ts'
import { type Match, matchPath } from './match.ts'
import { Problem, problemOf, problemStatuses } from './problem.ts'
import type { ApiRequest } from './request.ts'
import type { ApiResponse } from './response.ts'
import type { ApiPorts, Asked } from './route.ts'
import { routes } from './routes/index.ts'
import { answerSite, type Site } from './site.ts'

export interface ApiSettings {
  /** The one origin whose pages may ask. @default none */
  readonly allowedOrigin?: string | undefined
  /** The findings page. @default none */
  readonly site?: Site | undefined
  /** How people sign in to the page. @default they need not */
  readonly login?: Login | undefined
  /** Whether findings are for those only whom an authorizer let in. @default false */
  readonly closed?: boolean | undefined
  readonly requestId: string
  /** Hears of errors that are ours; the caller hears nothing of them. */
  readonly onFailure: (error: unknown) => void
}

/** Many times what a question takes. */
const MAX_BODY_BYTES = 16 * 1024

export async function answerRequest(
  ports: ApiPorts,
  request: ApiRequest,
  { allowedOrigin, site, login, closed = false, requestId, onFailure }: ApiSettings,
): Promise<ApiResponse> {
  const page = site && (await answerSite(site, request, login && told(login, onFailure)))
  if (page) return page
  const matches = matchPath(routes, withoutPrefix(request.path))
  const methods = [...matches.map(({ route }) => route.method), 'OPTIONS']
  const headers = headersFor(request, methods, allowedOrigin)
  if (request.method === 'OPTIONS' && matches.length > 0)
    return { status: 204, headers: { ...headers, allow: methods.join(', ') }, body: '' }
  try {
    if (closed && request.caller === undefined) throw new Problem('unauthorized', UNAUTHORIZED)
    const { route, params } = chosen(matches, request)
    const query = queryOf(request)
    const body = route.body && bodyOf(request)
    return json(200, headers, await route.answer({ params, query, body, caller: request.caller }, ports))
  } catch (error) {
    const problem = problemOf(error, requestId)
    const { code, message } = problem
    if (code === 'internal') onFailure(error)
    const allow = code === 'method-not-allowed' && { allow: methods.join(', ') }
    return json(problemStatuses[code], { ...headers, ...allow }, { error: { code, message } })
  }
}

/** A route of API Gateway that somebody made without an authorizer must not give findings away. */
const UNAUTHORIZED =
  'findings are for who is known: sign the request with AWS credentials, or sign in to the page'

/** The page asks under `/api`: there no path means both a view of the page and an answer. */
const withoutPrefix = (path: string): string => path.replace(/^\/api(?=\/)/, '')

/** The page says that nobody can sign in now; why is for the log. */
const told =
  (login: Login, onFailure: ApiSettings['onFailure']): Login =>
  async () => {
    try {
      return await login()
    } catch (error) {
      onFailure(error)
      throw error
    }
  }

const json = (status: number, headers: ApiResponse['headers'], content: unknown): ApiResponse => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(content),
})

function chosen(matches: readonly Match[], { method, path }: ApiRequest): Match {
  if (matches.length === 0)
    throw new Problem('not-found', `${JSON.stringify(path)}: no such path; GET /openapi.json lists all`)
  const match = matches.find(({ route }) => route.method === method)
  if (match) return match
  const allowed = matches.map(({ route }) => route.method).join(', ')
  throw new Problem('method-not-allowed', `${method}: not a method of ${path}; allowed: ${allowed}`)
}

function queryOf({ query }: ApiRequest): Asked['query'] {
  const twice = [...query.keys()].find((name) => query.getAll(name).length > 1)
  if (twice !== undefined)
    throw new Problem('bad-request', `${JSON.stringify(twice)}: is given more than once; give it once`)
  return Object.fromEntries(query)
}

/** Only JSON: what a page of another origin may send without being asked first has another type. */
function bodyOf({ headers, body }: ApiRequest): unknown {
  const type = headers['content-type'] ?? ''
  if (!/^application\/json *(;|$)/i.test(type))
    throw new Problem(
      'unsupported-media-type',
      `content-type ${JSON.stringify(type)}: expected application/json`,
    )
  const bytes = Buffer.byteLength(body)
  if (bytes > MAX_BODY_BYTES)
    throw new Problem('too-large', `the body has ${bytes} bytes; at most ${MAX_BODY_BYTES} are taken`)
  try {
    return JSON.parse(body)
  } catch {
    throw new Problem('bad-request', 'the body is not JSON; send one JSON object')
  }
}
