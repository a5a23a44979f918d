import type { Finding } from '../../../shared/findings/finding.ts'
import type { FindingRecord } from '../../../shared/findings/record.ts'

/** A finding that has just opened. */
export const recordOf = (finding: Finding): FindingRecord => ({
  finding,
  status: 'open',
  firstSeen: '2026-11-20T03:12:34.000Z',
  lastSeen: '2026-11-20T03:12:34.000Z',
  openedAt: '2026-11-20T03:12:34.000Z',
  occurrences: 1,
  version: 1,
  changeKind: 'opened',
  changedAt: '2026-11-20T03:12:34.000Z',
  order: '2026-11-20T03:12:34.000Z#event',
  seenOrder: '2026-11-20T03:12:34.000Z#event',
  replayed: false,
})
