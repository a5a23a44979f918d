/** A function's login, from its environment. */
import type { LoginSettings } from './document.ts'

/** What gives the page a token with the person's address, at every provider. */
const SCOPES = 'openid email'

/** @returns undefined when the deployment has none */
export function loginSettings(environment: NodeJS.ProcessEnv = process.env): LoginSettings | undefined {
  const [issuer, clientId] = [environment.LOGIN_ISSUER, environment.LOGIN_CLIENT_ID]
  if (!issuer || !clientId) return undefined
  return {
    issuer,
    clientId,
    audience: environment.LOGIN_AUDIENCE || undefined,
    scopes: environment.LOGIN_SCOPES || SCOPES,
  }
}
