/** How people sign in to the findings page: what `/login.json` tells it. */
import * as z from 'zod'

const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?(\/|$)/

/** A URL's host may hold `;` and `*`, which say something else in the page's Content-Security-Policy. */
const HTTPS = /^https:\/\/[\w.-]+(:\d+)?([/?]|$)/i

const endpoint = z
  .url()
  .refine(
    (url) => HTTPS.test(url) || LOOPBACK.test(url),
    'expected an https:// address of a host by its name',
  )

export const isLoopback = (url: unknown): boolean => typeof url === 'string' && LOOPBACK.test(url)

/**
 * What the page needs of the provider's discovery document, by its names there.
 * https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata
 */
export const providerSchema = z
  .object({
    issuer: endpoint,
    authorization_endpoint: endpoint,
    token_endpoint: endpoint,
    end_session_endpoint: endpoint.optional(),
    id_token_signing_alg_values_supported: z.array(z.string()).optional(),
    authorization_response_iss_parameter_supported: z.boolean().optional(),
  })
  // Nobody can listen to it there; but what listens there need not be the provider of somewhere else.
  .refine(
    ({ issuer, ...endpoints }) => isLoopback(issuer) || !Object.values(endpoints).some(isLoopback),
    'expected https:// addresses: plain HTTP is for a provider on this machine',
  )

export interface LoginSettings {
  /** As the provider's tokens name it, to the letter. */
  readonly issuer: string
  readonly clientId: string
  /** With it the page sends access tokens that are made for it; without, the ID token, which is made for the client. */
  readonly audience?: string | undefined
  /** Separated by spaces; `openid` is among them. */
  readonly scopes: string
}

export interface LoginDocument extends Omit<LoginSettings, 'issuer'> {
  readonly provider: z.output<typeof providerSchema>
}

/** @throws Error when the provider cannot be asked */
export type Login = () => Promise<LoginDocument>
