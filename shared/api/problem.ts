/** What goes wrong, as a caller sees it: `{"error": {"code": ..., "message": ...}}`. */
import { InputError } from '../input-error.ts'

/** Code -> HTTP status. */
export const problemStatuses = {
  'bad-request': 400,
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'too-large': 413,
  'unsupported-media-type': 415,
  internal: 500,
  'login-unavailable': 503,
} as const

export type ProblemCode = keyof typeof problemStatuses

/** An answer that is not the one asked for; the message is for the caller. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ProblemCode

  constructor(code: ProblemCode, message: string) {
    super(message)
    this.code = code
  }
}

/** What a caller may know of an error: of ours, nothing but where to look it up. */
export function problemOf(error: unknown, requestId: string): Problem {
  if (error instanceof Problem) return error
  if (error instanceof InputError) return new Problem('bad-request', error.message)
  return new Problem('internal', `the request failed on our side; the log says more under ${requestId}`)
}
