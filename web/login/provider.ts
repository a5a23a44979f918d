/** The login's provider, as the page's own server tells of it: docs/security.md. */
import { type AuthorizationServer, allowInsecureRequests, type Client, clockSkew } from 'oauth4webapi'
import type { LoginDocument } from '../../shared/api/documents.ts'
import { LoginProblem } from './problem.ts'

export interface Provider {
  readonly server: AuthorizationServer
  readonly client: Client
  readonly scopes: string
  /** With it the API takes access tokens, without the ID token. */
  readonly audience?: string | undefined
  /** What the server's clock is ahead of this device's, milliseconds. */
  readonly ahead: number
  /** Plain HTTP is for a provider on this machine. */
  readonly how: { readonly [allowInsecureRequests]: boolean }
}

let known: Promise<Provider | undefined> | undefined

/** @returns undefined where nobody has to sign in @throws LoginProblem when the server cannot tell */
export function askProvider(): Promise<Provider | undefined> {
  known ??= ask().catch((error: Error) => {
    known = undefined
    throw error
  })
  return known
}

async function ask(): Promise<Provider | undefined> {
  const response = await fetch('/login.json', { headers: { accept: 'application/json' } }).catch(
    () => undefined,
  )
  if (!response?.ok) throw new LoginProblem('unavailable')
  const { login } = (await response.json()) as { readonly login: LoginDocument | null }
  return login ? providerOf(login, aheadOf(response)) : undefined
}

function providerOf({ provider, clientId, scopes, audience }: LoginDocument, ahead: number): Provider {
  return {
    server: provider as AuthorizationServer,
    client: { client_id: clientId, [clockSkew]: Math.round(ahead / 1000) },
    scopes,
    audience,
    ahead,
    how: { [allowInsecureRequests]: provider.token_endpoint.startsWith('http://') },
  }
}

/** A phone's clock may be anywhere; that of the server that answered just now counts. */
function aheadOf({ headers }: Response): number {
  const told = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(told) ? 0 : told - Date.now()
}
