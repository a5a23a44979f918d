import type { AuditReport } from './findings/finding.ts'
import type { Selection } from './selection.ts'
import type { Snapshot } from './snapshot/types.ts'

/**
 * snapshot -> network -> diagnosis -> remediation -> findings.
 * @throws InputError when the selection names something that the snapshot does not hold
 */
export function audit(_snapshot: Snapshot, _selection: Selection): AuditReport {
  return { schemaVersion: '1', findings: [], undecided: [] }
}
