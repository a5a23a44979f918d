/** What the provider gave: in memory, and in this tab's storage so that a reload does not sign out. */

export interface Tokens {
  /** What the API wants to see. */
  readonly bearer: string
  /** By this device's clock, milliseconds. */
  readonly expiresAt: number
  readonly refreshToken?: string | undefined
  /** Tells the provider whom to sign out. */
  readonly idToken?: string | undefined
}

/** Asked for anew so long before the end: a question takes a while. */
const MARGIN = 30_000

export const isSpent = ({ expiresAt }: Tokens): boolean => expiresAt - MARGIN < Date.now()

const KEPT = 'hca.tokens'
const ATTEMPT = 'hca.sign-in'

/** A sign-in that was begun: what comes back must fit to it. */
export interface Attempt {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  /** Where to go on. */
  readonly from: string
}

export const keptTokens = (): Tokens | undefined => read<Tokens>(KEPT)
export const keepTokens = (tokens: Tokens | undefined): void => write(KEPT, tokens)
export const keptAttempt = (): Attempt | undefined => read<Attempt>(ATTEMPT)
export const keepAttempt = (attempt: Attempt | undefined): void => write(ATTEMPT, attempt)

/** A browser may forbid storage: then a reload signs in again. */
function read<T>(key: string): T | undefined {
  try {
    return (JSON.parse(sessionStorage.getItem(key) ?? 'null') as T | null) ?? undefined
  } catch {
    return undefined
  }
}

function write(key: string, value: unknown): void {
  try {
    if (value === undefined) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, JSON.stringify(value))
  } catch {
    // What is in memory goes on.
  }
}
