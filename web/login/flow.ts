/**
 * Authorization code with PKCE: to the provider and back, and a new token for an old one.
 * https://www.rfc-editor.org/rfc/rfc7636, https://openid.net/specs/openid-connect-core-1_0.html#CodeFlowAuth
 */
import {
  authorizationCodeGrantRequest,
  calculatePKCECodeChallenge,
  generateRandomCodeVerifier,
  generateRandomNonce,
  generateRandomState,
  getValidatedIdTokenClaims,
  None,
  processAuthorizationCodeResponse,
  processRefreshTokenResponse,
  refreshTokenGrantRequest,
  type TokenEndpointResponse,
  validateAuthResponse,
} from 'oauth4webapi'
import { LoginProblem } from './problem.ts'
import type { Provider } from './provider.ts'
import { type Attempt, keepAttempt, keptAttempt, type Tokens } from './tokens.ts'

/** As the provider has to know it: docs/deploy.md. */
const redirectUri = (): string => `${location.origin}/login`
export const SIGNED_OUT = '/signed-out'
const signedOutUri = (): string => location.origin + SIGNED_OUT

/** @returns where the provider asks who is there @param from path of the page to come back to */
export async function signInUrl(
  { server, client, scopes, audience }: Provider,
  from: string,
): Promise<string> {
  const attempt: Attempt = {
    state: generateRandomState(),
    nonce: generateRandomNonce(),
    verifier: generateRandomCodeVerifier(),
    from,
  }
  keepAttempt(attempt)
  const url = new URL(server.authorization_endpoint ?? '')
  const asked = {
    response_type: 'code',
    client_id: client.client_id,
    redirect_uri: redirectUri(),
    scope: scopes,
    state: attempt.state,
    nonce: attempt.nonce,
    code_challenge: await calculatePKCECodeChallenge(attempt.verifier),
    code_challenge_method: 'S256',
    ...(audience !== undefined && { audience }),
  }
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
  return url.href
}

/** @param back where the provider sent to @throws LoginProblem, and what oauth4webapi throws */
export async function finishSignIn(
  provider: Provider,
  back: URL,
): Promise<{ readonly tokens: Tokens; readonly from: string }> {
  const { server, client, how } = provider
  const attempt = keptAttempt()
  if (!attempt || back.searchParams.get('state') !== attempt.state) throw new LoginProblem('strange')
  keepAttempt(undefined)
  const { state, nonce, verifier, from } = attempt
  const answer = validateAuthResponse(server, client, back, state)
  const uri = redirectUri()
  const response = await authorizationCodeGrantRequest(server, client, None(), answer, uri, verifier, how)
  const given = await processAuthorizationCodeResponse(server, client, response, {
    expectedNonce: nonce,
    requireIdToken: true,
  })
  const tokens = tokensOf(provider, given)
  if (!tokens) throw new LoginProblem('broken')
  return { tokens, from }
}

/** @returns undefined where one has to sign in: the provider gives no token that the API takes */
export async function renewTokens(
  provider: Provider,
  { idToken, refreshToken }: Tokens,
): Promise<Tokens | undefined> {
  if (refreshToken === undefined) return undefined
  const { server, client, how } = provider
  const response = await refreshTokenGrantRequest(server, client, None(), refreshToken, how)
  const given = await processRefreshTokenResponse(server, client, response)
  const renewed = tokensOf(provider, given)
  // A provider that lets it be used again does not repeat it, and need not say again who it is.
  return (
    renewed && {
      ...renewed,
      refreshToken: renewed.refreshToken ?? refreshToken,
      idToken: renewed.idToken ?? idToken,
    }
  )
}

/** An access token is for the audience that was asked for; an ID token is for the client. */
function tokensOf({ audience, ahead }: Provider, given: TokenEndpointResponse): Tokens | undefined {
  const { access_token, id_token: idToken, refresh_token: refreshToken, expires_in: seconds = 3600 } = given
  if (audience !== undefined)
    return { bearer: access_token, expiresAt: Date.now() + seconds * 1000, refreshToken, idToken }
  const claims = getValidatedIdTokenClaims(given)
  return idToken === undefined || !claims
    ? undefined
    : { bearer: idToken, expiresAt: claims.exp * 1000 - ahead, refreshToken, idToken }
}

/**
 * @returns where the provider ends its own session; undefined when it cannot
 * https://openid.net/specs/openid-connect-rpinitiated-1_0.html
 */
export function signOutUrl({ server, client }: Provider, idToken: string | undefined): string | undefined {
  if (server.end_session_endpoint === undefined) return undefined
  const url = new URL(server.end_session_endpoint)
  url.searchParams.set('client_id', client.client_id)
  url.searchParams.set('post_logout_redirect_uri', signedOutUri())
  // Cognito's name for it: https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html
  url.searchParams.set('logout_uri', signedOutUri())
  if (idToken !== undefined) url.searchParams.set('id_token_hint', idToken)
  return url.href
}
