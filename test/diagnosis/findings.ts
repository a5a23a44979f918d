/** Audits a world the way the product does, for tests that look at what comes out. */
import { audit } from '../../shared/audit.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import { everything } from '../../shared/selection.ts'
import { parseSnapshot } from '../../shared/snapshot/parse.ts'
import { jsonOf, type SnapshotJson, type World } from '../fixtures/index.ts'

export const findingsOf = (world: World): readonly Finding[] => findingsIn(jsonOf(world))

export const findingsIn = (json: SnapshotJson): readonly Finding[] =>
  audit(parseSnapshot(json), everything).findings

/** The one finding there must be. */
export function findingOf(world: World): Finding {
  return theOne(findingsOf(world))
}

export function theOne(findings: readonly Finding[]): Finding {
  const [finding, ...rest] = findings
  if (!finding || rest.length > 0) {
    throw new Error(
      `expected one finding, got ${findings.map(({ rootCause }) => rootCause.title).join(' | ') || 'none'}`,
    )
  }
  return finding
}

export const codesOf = ({ rootCause, otherCauses }: Finding): readonly string[] =>
  [rootCause, ...otherCauses].map(({ code }) => code)

export const ruledOutCodes = ({ ruledOut }: Finding): readonly string[] => ruledOut.map(({ code }) => code)
