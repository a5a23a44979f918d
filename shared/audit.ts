import type { AuditResult } from './findings/finding.ts'
import type { Selection } from './selection.ts'
import type { Snapshot } from './snapshot/types.ts'

/**
 * snapshot -> network -> diagnosis -> remediation -> findings. Pure: no clock, no SDK.
 * @throws InputError when the selection names something that the snapshot does not hold
 */
export function audit(_snapshot: Snapshot, _selection: Selection): AuditResult {
  return { findings: [], audited: [] }
}
