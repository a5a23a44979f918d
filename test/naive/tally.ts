/** How the compared flows went, by the naive evaluator, altogether and by kind of way. */
import type { Aws } from './aws.ts'
import type { Enumerated } from './enumerate.ts'
import type { Flow } from './flows.ts'
import { allKinds, type Kind, kindsOf } from './ways.ts'

interface Counts {
  reachable: number
  partial: number
  blocked: number
  /** The engine did not follow the way. */
  gaps: number
}

interface Tally {
  readonly all: Counts
  readonly ways: Readonly<Record<Kind, Counts>>
  packets: number
  /** Flows of which AWS's documentation does not tell. */
  undocumented: number
}

const none = (): Counts => ({ reachable: 0, partial: 0, blocked: 0, gaps: 0 })

export const newTally = (): Tally => ({
  all: none(),
  ways: Object.fromEntries(allKinds.map((kind) => [kind, none()])) as Record<Kind, Counts>,
  packets: 0,
  undocumented: 0,
})

export function count(tally: Tally, aws: Aws, flow: Flow, naive: Enumerated | undefined, gap: boolean) {
  if (!naive) {
    tally.undocumented += 1
    return
  }
  tally.packets += naive.packets
  for (const counts of [tally.all, ...kindsOf(aws, flow).map((kind) => tally.ways[kind])]) {
    counts[naive.verdict] += 1
    if (gap) counts.gaps += 1
  }
}

export function summary({ all, packets, undocumented }: Tally) {
  const pairs = all.reachable + all.partial + all.blocked
  const shares = {
    reachable: all.reachable / pairs,
    partial: all.partial / pairs,
    blocked: all.blocked / pairs,
    gaps: all.gaps / pairs,
  }
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`
  const text = [
    `compared ${pairs} (network, flow) pairs, ${packets} packets`,
    `${percent(shares.reachable)} passed, ${percent(shares.partial)} partial, ${percent(shares.blocked)} blocked`,
    `${percent(shares.gaps)} with a way that the engine does not follow`,
    `${undocumented} more that AWS does not document`,
  ].join('; ')
  return { pairs, shares, text }
}
