/** Findings in memory, for pages of any length. Filters are the real store's business. */
import type { ApiPorts } from '../../shared/api/route.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import type { FindingRecord, FindingSummary } from '../../shared/findings/record.ts'

const AT = '2026-11-20T03:12:00.000Z'

export const recordOf = (finding: Finding): FindingRecord => ({
  finding,
  status: 'open',
  firstSeen: AT,
  lastSeen: AT,
  openedAt: AT,
  occurrences: 1,
  version: 1,
  changeKind: 'opened',
  changedAt: AT,
  order: AT,
  seenOrder: AT,
  replayed: false,
})

export const summaryOf = ({ id, severity, subject, rootCause }: Finding): FindingSummary => ({
  id,
  status: 'open',
  severity,
  code: rootCause.code,
  title: rootCause.title,
  subjectKind: subject.kind,
  subjectName: subject.name,
  subjectArn: subject.arn,
  accountId: subject.accountId,
  region: subject.region,
  firstSeen: AT,
  lastSeen: AT,
  openedAt: AT,
  occurrences: 1,
  version: 1,
})

/** @param records what `get` finds */
export const memoryStore = (
  summaries: readonly FindingSummary[],
  records: readonly FindingRecord[] = [],
): ApiPorts['store'] => ({
  async list(_filter, { limit, cursor = '0' }) {
    const from = Number(cursor)
    const to = from + limit
    const items = summaries.slice(from, to)
    return to < summaries.length ? { items, cursor: `${to}` } : { items }
  },
  get: async (id) => records.find(({ finding }) => finding.id === id),
  head: async (id) => records.find(({ finding }) => finding.id === id),
  history: async () => ({ items: [] }),
  suppress: async () => undefined,
  liftSuppression: async () => undefined,
})
