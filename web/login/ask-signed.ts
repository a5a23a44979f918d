/** `fetch` with the sign-in, where there is one. A refused token is renewed once. */
import { currentTokens, needSignIn, noteAnswer, renew } from './session.ts'
import type { Tokens } from './tokens.ts'

/** @throws SignInNeeded when the API answers nobody who is not signed in */
export async function askSigned(url: string, init: RequestInit): Promise<Response> {
  const tokens = await currentTokens()
  const response = await fetch(url, signed(init, tokens))
  if (response.status !== 401) return noted(response)
  const renewed = tokens && (await renew(tokens))
  if (!renewed) return needSignIn(reasonOf(response))
  const again = await fetch(url, signed(init, renewed))
  return again.status === 401 ? needSignIn(reasonOf(again)) : noted(again)
}

function noted(response: Response): Response {
  noteAnswer()
  return response
}

const signed = (init: RequestInit, tokens: Tokens | undefined): RequestInit =>
  tokens ? { ...init, headers: { ...init.headers, authorization: `Bearer ${tokens.bearer}` } } : init

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-jwt.html */
const reasonOf = ({ headers }: Response): string | undefined =>
  /error_description="([^"]*)"/.exec(headers.get('www-authenticate') ?? '')?.[1]
