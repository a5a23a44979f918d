/** Headers of every answer. */
import type { ApiRequest } from './request.ts'

/** Findings name what is weak: no cache keeps them, and no browser guesses another type than the one told. */
export const safetyHeaders = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

/** What a signed request from a browser carries. */
const REQUEST_HEADERS = 'authorization, content-type, x-amz-content-sha256, x-amz-date, x-amz-security-token'
const PREFLIGHT_SECONDS = '600'

/**
 * @param allowedOrigin the one origin whose pages may ask, such as https://findings.example.com
 * @param methods what the path answers to
 */
export function headersFor(
  { headers }: ApiRequest,
  methods: readonly string[],
  allowedOrigin: string | undefined,
): Readonly<Record<string, string>> {
  if (allowedOrigin === undefined) return safetyHeaders
  const vary = { ...safetyHeaders, vary: 'Origin' }
  if (headers.origin !== allowedOrigin) return vary
  return {
    ...vary,
    'access-control-allow-origin': allowedOrigin,
    'access-control-allow-methods': methods.join(', '),
    'access-control-allow-headers': REQUEST_HEADERS,
    'access-control-max-age': PREFLIGHT_SECONDS,
  }
}
