/** The provider's endpoints, from itself: nobody has to copy them, and a change of theirs is followed. */
import { allowInsecureRequests, discoveryRequest, processDiscoveryResponse } from 'oauth4webapi'
import { isLoopback, type Login, type LoginDocument, type LoginSettings, providerSchema } from './document.ts'

const REMEMBERED = 3_600_000
/** The page waits for it. */
const PATIENCE = 2_000
/** Not every page that is opened meanwhile shall wait so long. */
const ASKED_AGAIN = 60_000

/** Asks the provider once an hour; while it does not answer, what it said before holds, and it is asked once a minute. */
export function discoverLogin(settings: LoginSettings, now: () => number = Date.now): Login {
  let known: { readonly login: LoginDocument; readonly at: number } | undefined
  return async () => {
    if (known && now() - known.at < REMEMBERED) return known.login
    try {
      known = { login: await ask(settings), at: now() }
    } catch (error) {
      if (!known) throw error
      known = { ...known, at: now() - REMEMBERED + ASKED_AGAIN }
    }
    return known.login
  }
}

/** https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig */
async function ask({ issuer, ...told }: LoginSettings): Promise<LoginDocument> {
  const url = new URL(issuer)
  const response = await discoveryRequest(url, {
    [allowInsecureRequests]: isLoopback(issuer),
    signal: AbortSignal.timeout(PATIENCE),
  })
  const provider = providerSchema.parse(await processDiscoveryResponse(url, response))
  // API Gateway compares it with the tokens' to the letter: a slash more, and it takes none.
  if (provider.issuer !== issuer)
    throw new Error(`the provider names itself ${provider.issuer}: give that as issuer, not ${issuer}`)
  return { ...told, provider }
}
