/** Who is signed in, in this tab, and what the page has to say about it. */
import { goTo } from '../place.ts'
import { finishSignIn, renewTokens, SIGNED_OUT, signInUrl, signOutUrl } from './flow.ts'
import { LoginProblem, problemOf } from './problem.ts'
import { askProvider } from './provider.ts'
import { isSpent, keepTokens, keptTokens, type Tokens } from './tokens.ts'

export type Session =
  /** Nothing stands in the way: somebody is signed in, nobody has to be, or that is not known yet. */
  | { readonly kind: 'open'; readonly signedIn: boolean }
  /** On the way to the provider, or back from it. */
  | { readonly kind: 'signing-in' }
  /** What is shown stays; nothing new comes. */
  | { readonly kind: 'ended' }
  | { readonly kind: 'failed'; readonly problem: LoginProblem }

/** What the API said no to for lack of a sign-in; the page itself says what to do. */
export class SignInNeeded extends Error {
  override readonly name = 'SignInNeeded'
}

const NEEDED = 'Your sign-in has ended. Sign in again to go on.'

let tokens: Tokens | undefined = keptTokens()
let session: Session = { kind: 'open', signedIn: tokens !== undefined }
const listeners = new Set<(now: Session) => void>()

/** Something was answered since the page was opened. */
let answered = false
/** Somebody signed in since the page was opened: a token that is refused now is no matter of signing in. */
let arrived = false

export const currentSession = (): Session => session

export function onSession(listener: (now: Session) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function become(next: Session): void {
  session = next
  for (const listener of listeners) listener(next)
}

function take(given: Tokens | undefined): void {
  tokens = given
  keepTokens(given)
}

/** @returns undefined where nobody has to sign in @throws SignInNeeded, LoginProblem */
export async function currentTokens(): Promise<Tokens | undefined> {
  if (session.kind !== 'open') throw new SignInNeeded(NEEDED)
  const usable = tokens && isSpent(tokens) ? await renew(tokens) : tokens
  if (usable) return usable
  return (await askProvider()) ? needSignIn() : undefined
}

export const noteAnswer = (): void => {
  answered = true
}

let renewing: Promise<Tokens | undefined> | undefined

/** However many ask at the same time, the provider is asked once: it may take a refresh token once. @returns undefined when one has to sign in */
export function renew(spent: Tokens): Promise<Tokens | undefined> {
  if (tokens !== spent) return Promise.resolve(tokens)
  renewing ??= renewed(spent).finally(() => {
    renewing = undefined
  })
  return renewing
}

async function renewed(spent: Tokens): Promise<Tokens | undefined> {
  const given = await askAnew(spent)
  // Who signed out meanwhile stays so.
  if (tokens === spent) take(given)
  return tokens
}

async function askAnew(spent: Tokens): Promise<Tokens | undefined> {
  const provider = await askProvider()
  if (!provider) return undefined
  return renewTokens(provider, spent).catch((error: unknown) => {
    const problem = problemOf(error)
    // No network is no refusal: the next question tries again.
    if (problem.kind === 'unavailable') throw problem
    return undefined
  })
}

/**
 * Nobody is signed in whom the API answers. Before anything is shown the provider is asked at once, and once; later the reader decides when.
 * @param why in the API's words
 * @throws SignInNeeded always
 */
export async function needSignIn(why?: string): Promise<never> {
  // There only what was asked before still waits for an answer.
  if (session.kind === 'open' && location.pathname !== SIGNED_OUT) {
    if (answered) become({ kind: 'ended' })
    else if (arrived) become({ kind: 'failed', problem: new LoginProblem('not-taken', why) })
    else await signIn()
    take(undefined)
  }
  throw new SignInNeeded(NEEDED)
}

/** Leaves the page. @param from path to come back to */
export async function signIn(from = location.pathname + location.search): Promise<void> {
  become({ kind: 'signing-in' })
  try {
    const provider = await askProvider()
    if (!provider) throw new LoginProblem('broken', 'The API wants signed requests, and no login is set up.')
    // In its place: the way back is the way to where the link was.
    location.replace(await signInUrl(provider, from))
  } catch (error) {
    become({ kind: 'failed', problem: problemOf(error) })
  }
}

/** What the provider sent back, when this is where it sends to. */
export async function arrive(): Promise<void> {
  if (location.pathname !== '/login') return
  become({ kind: 'signing-in' })
  try {
    const provider = await askProvider()
    if (!provider) throw new LoginProblem('strange')
    const { tokens: given, from } = await finishSignIn(provider, new URL(location.href))
    arrived = true
    take(given)
    session = { kind: 'open', signedIn: true }
    goTo(from, 'replace')
    become(session)
  } catch (error) {
    become({ kind: 'failed', problem: problemOf(error) })
  }
}

/** Of this page, and of the provider where it has a way. */
export async function signOut(): Promise<void> {
  const idToken = tokens?.idToken
  take(undefined)
  answered = false
  arrived = false
  become({ kind: 'open', signedIn: false })
  goTo(SIGNED_OUT)
  const provider = await askProvider().catch(() => undefined)
  const url = provider && signOutUrl(provider, idToken)
  if (url !== undefined) location.replace(url)
}
