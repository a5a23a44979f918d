/** Several walks that answer one question: several nodes of a load balancer, or any address of a range. */
import type { Blocker, Explanation, MissingKnowledge, Verdict } from './result.ts'

const worst: readonly Verdict[] = ['blocked', 'partial', 'unknown', 'reachable']

/**
 * The hops are those of the walk that breaks first; blockers and what is missing come from all.
 * @param parts at least one explanation
 */
export function combine(parts: readonly [Explanation, ...Explanation[]]): Explanation {
  const [first] = [...parts].sort((a, b) => worst.indexOf(a.verdict) - worst.indexOf(b.verdict)) as [
    Explanation,
  ]
  const verdict = combinedVerdict(parts.map((part) => part.verdict))
  return { ...first, verdict, blockers: distinctBlockers(parts), unknown: distinctMissing(parts) }
}

/** Where some pass and some do not, the path fails now and then; what is unknown could be either. */
function combinedVerdict(verdicts: readonly Verdict[]): Verdict {
  const first = verdicts[0] as Verdict
  if (verdicts.every((verdict) => verdict === first)) return first
  return verdicts.includes('unknown') ? 'unknown' : 'partial'
}

const distinct = <T>(items: readonly T[], key: (item: T) => string): readonly T[] =>
  items.length < 2 ? items : [...new Map(items.map((item) => [key(item), item] as const)).values()]

/** The same place that stops the same headers is one blocker, whatever address stood for the range in its words. */
const distinctBlockers = (parts: readonly Explanation[]): readonly Blocker[] =>
  distinct(
    parts.flatMap(({ blockers }) => blockers),
    ({
      leg,
      direction,
      component: { type, id },
      awsExplanationCode,
      blocked: { sourcePorts, destinationPorts },
    }) => [leg, direction, type, id, awsExplanationCode, sourcePorts, destinationPorts].join(' '),
  )

const distinctMissing = (parts: readonly Explanation[]): readonly MissingKnowledge[] =>
  distinct(
    parts.flatMap(({ unknown }) => unknown),
    ({ missing, because }) => `${missing} ${because}`,
  )
