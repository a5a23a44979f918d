/** A finding within a size keeps what a person needs first, and says what was left out. */
import type { Explanation } from '../reachability/result.ts'
import type { Finding } from './finding.ts'
import type { Truncation } from './record.ts'

/** Lists that may be cut, the least missed first. What tells a change of the finding stays longest. */
const CUTTABLE = ['paths', 'ruledOut', 'unknown', 'targets', 'remediation', 'otherCauses'] as const
type Cuttable = (typeof CUTTABLE)[number]

/** What a message shows of a list; cut only when nothing else is left to cut. */
const FIRST: { readonly [list in Cuttable]: number } = {
  paths: 1,
  ruledOut: 10,
  unknown: 10,
  targets: 10,
  remediation: 3,
  otherCauses: 10,
}

export interface BoundedFinding {
  readonly finding: Finding
  readonly truncated?: Truncation
}

/** @param maxBytes of the finding as JSON */
export function bounded(finding: Finding, maxBytes: number): BoundedFinding {
  if (sizeOf(finding) <= maxBytes) return { finding }
  let smaller: Finding = { ...finding, paths: worstFirst(finding.paths) }
  const truncated: { [list: string]: { kept: number; total: number } } = {}
  for (const [list, least] of [
    ...CUTTABLE.map((list) => [list, FIRST[list]] as const),
    ...CUTTABLE.map((list) => [list, 0] as const),
  ]) {
    if (sizeOf(smaller) <= maxBytes) break
    const total = finding[list].length
    const kept = Math.max(keptWithin(smaller, list, maxBytes), Math.min(least, smaller[list].length))
    if (kept === smaller[list].length) continue
    truncated[list] = { kept, total }
    smaller = { ...smaller, [list]: smaller[list].slice(0, kept) }
  }
  if (sizeOf(smaller) > maxBytes) {
    const { evidence } = smaller.rootCause
    truncated.evidence = { kept: 0, total: evidence.length }
    smaller = { ...smaller, rootCause: { ...smaller.rootCause, evidence: [] } }
  }
  return { finding: smaller, truncated }
}

const WORST_FIRST = ['blocked', 'partial', 'unknown', 'reachable'] as const

/** The path that shows the break comes first. */
export const worstFirst = (paths: readonly Explanation[]): readonly Explanation[] =>
  WORST_FIRST.flatMap((verdict) => paths.filter((path) => path.verdict === verdict))

/** How many of the list's first entries fit. */
function keptWithin(finding: Finding, list: Cuttable, maxBytes: number): number {
  let room = maxBytes - sizeOf({ ...finding, [list]: [] })
  let kept = 0
  for (const entry of finding[list]) {
    room -= sizeOf(entry) + 1
    if (room < 0) break
    kept += 1
  }
  return kept
}

const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value))
