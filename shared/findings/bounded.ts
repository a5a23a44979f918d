/**
 * DynamoDB takes items of at most 400 KB. A finding beyond 350 KB keeps what a person needs first and says what
 * was left out. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
import type { Finding } from './finding.ts'
import type { Truncation } from './record.ts'

const MAX_FINDING_BYTES = 350 * 1024

/** Lists that may be cut, the least missed first. */
const CUTTABLE = ['paths', 'otherCauses', 'unknown', 'ruledOut', 'targets', 'remediation'] as const
type Cuttable = (typeof CUTTABLE)[number]

export interface BoundedFinding {
  readonly finding: Finding
  readonly truncated?: Truncation
}

export function bounded(finding: Finding, maxBytes = MAX_FINDING_BYTES): BoundedFinding {
  let smaller = finding
  const truncated: { [list: string]: { kept: number; total: number } } = {}
  for (const list of CUTTABLE) {
    if (sizeOf(smaller) <= maxBytes) break
    const kept = keptWithin(smaller, list, maxBytes)
    if (kept === finding[list].length) continue
    truncated[list] = { kept, total: finding[list].length }
    smaller = { ...smaller, [list]: finding[list].slice(0, kept) }
  }
  if (sizeOf(smaller) > maxBytes) {
    const { evidence } = smaller.rootCause
    truncated.evidence = { kept: 0, total: evidence.length }
    smaller = { ...smaller, rootCause: { ...smaller.rootCause, evidence: [] } }
  }
  return Object.keys(truncated).length === 0 ? { finding } : { finding: smaller, truncated }
}

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
