/**
 * An answer that grows: the way so far, and what comes next on it. Verdicts follow those of several walks in a row.
 * Hops get their numbers at the end (`numbered`).
 */
import { combine } from '../reachability/combine.ts'
import type { Blocker, Explanation, Hop, MissingKnowledge, Verdict } from '../reachability/result.ts'

/** A hop before it has its number. */
export type Step = Omit<Hop, 'sequence' | 'verdict'>

export const passed = (way: Explanation, step: Step): Explanation => withHop(way, step, 'pass')

export function stopped(way: Explanation, step: Step, blockers: readonly Blocker[]): Explanation {
  return {
    ...withHop(way, step, 'block'),
    verdict: 'blocked',
    blockers: [...way.blockers, ...blockers],
  }
}

export function unclear(
  way: Explanation,
  step: Omit<Step, 'explanation'>,
  missing: MissingKnowledge,
): Explanation {
  const explanation = `not known: ${missing.because}`
  return doubted(withHop(way, { ...step, explanation }, 'unknown'), missing)
}

/** The way may be another one, for all that is known: what is blocked anyway stays so. */
export const doubted = (way: Explanation, missing: MissingKnowledge): Explanation => ({
  ...way,
  verdict: way.verdict === 'blocked' ? 'blocked' : 'unknown',
  unknown: [...way.unknown, missing],
})

/** Another way of which nothing is known. */
export const unknownLike = (way: Explanation, missing: MissingKnowledge): Explanation => ({
  ...way,
  verdict: 'unknown',
  blockers: [],
  unknown: [missing],
})

export const withHop = (way: Explanation, step: Step, verdict: Hop['verdict']): Explanation => ({
  ...way,
  forward: [...way.forward, { sequence: 0, ...step, verdict }],
})

/** The walk begins where the way ends; its replies come first. */
export const onward = (way: Explanation, walk: Explanation): Explanation => ({
  ...way,
  verdict: inARow(way.verdict, walk.verdict),
  forward: [...way.forward, ...walk.forward],
  return: [...walk.return, ...way.return],
  blockers: [...way.blockers, ...walk.blockers],
  unknown: [...way.unknown, ...walk.unknown],
})

export const numbered = (way: Explanation): Explanation => ({
  ...way,
  forward: inOrder(way.forward),
  return: inOrder(way.return),
})

const inOrder = (hops: readonly Hop[]): readonly Hop[] =>
  hops.map((hop, index) => ({ ...hop, sequence: index + 1 }))

const decisiveFirst: readonly Verdict[] = ['blocked', 'unknown', 'partial', 'reachable']

const inARow = (...verdicts: readonly Verdict[]): Verdict =>
  decisiveFirst.find((verdict) => verdicts.includes(verdict)) ?? 'reachable'

/** Ways of which every one may be taken. @param ways at least one */
export const allOf = (ways: readonly Explanation[]): Explanation =>
  combine(ways as readonly [Explanation, ...Explanation[]])

/** One of these holds, and nothing tells which: an answer only where they agree. @param ways at least one */
export function oneOf(ways: readonly Explanation[], missing: MissingKnowledge): Explanation {
  const [first, ...rest] = ways as readonly [Explanation, ...Explanation[]]
  return rest.every(({ verdict }) => verdict === first.verdict) ? first : doubted(allOf(ways), missing)
}
