/** What one or another route tells, for tests that look into it. */
import type { Finding } from '../../../shared/findings/finding.ts'
import type { FindingSummary, HistoryEntry } from '../../../shared/findings/record.ts'

export interface Told {
  readonly error: { readonly code: string; readonly message: string }
  readonly findings: readonly FindingSummary[]
  readonly history: readonly HistoryEntry[]
  readonly cursor?: string
  readonly finding: Finding
  readonly status: string
  readonly verdict: string
  readonly causes: readonly object[]
}
