/** Why somebody is not signed in. */
import { AuthorizationResponseError, JWT_TIMESTAMP_CHECK, ResponseBodyError } from 'oauth4webapi'

export type ProblemKind = 'refused' | 'strange' | 'clock' | 'unavailable' | 'not-taken' | 'broken'

export class LoginProblem extends Error {
  override readonly name = 'LoginProblem'
  readonly kind: ProblemKind
  /** In the words of the provider or of the API: text from outside. */
  readonly told: string | undefined

  constructor(kind: ProblemKind, told?: string) {
    super(problemWords[kind].what)
    this.kind = kind
    this.told = told
  }
}

/** What happened, and what to do. */
export const problemWords: {
  readonly [K in ProblemKind]: { readonly what: string; readonly advice: string }
} = {
  refused: {
    what: 'The login provider refused to sign you in.',
    advice: 'Whoever runs it can allow you to open this page.',
  },
  strange: {
    what: 'This sign-in was not begun in this tab, or has been used.',
    advice: 'Nobody was signed in. Begin again here.',
  },
  clock: {
    what: 'The clocks of this device and of the login provider differ.',
    advice: 'Set this device to the right time and sign in again.',
  },
  unavailable: {
    what: 'The login provider cannot be reached.',
    advice: 'Try again in a minute; the log of query-findings says more.',
  },
  'not-taken': {
    what: 'You are signed in, but the API does not take your sign-in.',
    advice:
      'Issuer, client and audience of the deployment must be those of the login provider: docs/deploy.md.',
  },
  broken: {
    what: 'The sign-in did not succeed.',
    advice: 'Sign in again.',
  },
}

/** What a step of the sign-in threw, as a problem. */
export function problemOf(error: unknown): LoginProblem {
  if (error instanceof LoginProblem) return error
  if (error instanceof AuthorizationResponseError) return new LoginProblem('refused', toldBy(error))
  if (error instanceof ResponseBodyError) return new LoginProblem('broken', toldBy(error))
  // fetch fails with it: no network, or the provider does not let this page ask (CORS).
  if (error instanceof TypeError) return new LoginProblem('unavailable')
  const { code, message } = error as { readonly code?: string; readonly message?: string }
  return code === JWT_TIMESTAMP_CHECK ? new LoginProblem('clock') : new LoginProblem('broken', message)
}

const toldBy = ({ error, error_description: description }: ResponseBodyError | AuthorizationResponseError) =>
  description ?? error
