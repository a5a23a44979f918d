/** A record as an item of the table, and back. */
import * as z from 'zod'
import { type Finding, severities } from './finding.ts'
import { findingKey } from './keys.ts'
import type { FindingRecord, FindingSummary, HistoryEntry, Suppression } from './record.ts'

const FINDING_ENTITY = 'finding'

const changeKinds = z.enum(['opened', 'reopened', 'resolved', 'changed', 'attributed'])
const statuses = z.enum(['open', 'resolved'])

const changeSchema = z.object({
  eventId: z.string(),
  eventName: z.string(),
  at: z.string(),
  by: z.string(),
  sourceAddress: z.string().optional(),
  userAgent: z.string().optional(),
})

const itemSchema = z.object({
  entity: z.literal(FINDING_ENTITY),
  /** Counts writes: the condition of the next one. */
  revision: z.number(),
  /** JSON: a document of any depth, smaller than as a map. */
  finding: z.string(),
  status: statuses,
  firstSeen: z.string(),
  lastSeen: z.string(),
  openedAt: z.string(),
  resolvedAt: z.string().optional(),
  occurrences: z.number(),
  version: z.number(),
  changeKind: changeKinds,
  changedAt: z.string(),
  order: z.string(),
  seenOrder: z.string(),
  replayed: z.boolean(),
  suppressedUntil: z.string().optional(),
  suppressedReason: z.string().optional(),
  suppressedBy: z.string().optional(),
  changedBy: changeSchema.optional(),
  truncated: z.record(z.string(), z.object({ kept: z.number(), total: z.number() })).optional(),
  whole: z.object({ bucket: z.string(), key: z.string(), sha256: z.string(), bytes: z.number() }).optional(),
  incomplete: z.string().optional(),
  toRetire: z.array(z.string()).optional(),
})

export interface StoredRecord {
  readonly record: FindingRecord
  readonly revision: number
}

export type Item = Readonly<Record<string, unknown>>

export function toItem({ record, revision }: StoredRecord): Item {
  const { finding, suppression, truncated, ...life } = record
  const { subject, rootCause } = finding
  return {
    ...findingKey(subject.arn, finding.id),
    ...life,
    entity: FINDING_ENTITY,
    revision,
    id: finding.id,
    finding: JSON.stringify(finding),
    severity: finding.severity,
    code: rootCause.code,
    title: rootCause.title,
    subjectKind: subject.kind,
    subjectName: subject.name,
    subjectArn: subject.arn,
    accountId: subject.accountId,
    region: subject.region,
    scope: `${subject.accountId}#${subject.region}`,
    ...(suppression && suppressionFields(suppression)),
    ...(truncated && { truncated }),
  }
}

const suppressionFields = ({ until, reason, by }: Suppression) => ({
  suppressedUntil: until,
  suppressedReason: reason,
  ...(by !== undefined && { suppressedBy: by }),
})

/** @returns undefined for an item of another kind */
export function fromItem(item: Item): StoredRecord | undefined {
  if (item.entity !== FINDING_ENTITY) return undefined
  const {
    entity: _entity,
    revision,
    finding,
    suppressedUntil,
    suppressedReason,
    suppressedBy,
    resolvedAt,
    truncated,
    ...life
  } = itemSchema.parse(item)
  const record: FindingRecord = {
    ...life,
    finding: JSON.parse(finding) as Finding,
    ...(resolvedAt !== undefined && { resolvedAt }),
    ...(truncated !== undefined && { truncated }),
    ...(suppressedUntil !== undefined && {
      suppression: {
        until: suppressedUntil,
        reason: suppressedReason ?? '',
        ...(suppressedBy !== undefined && { by: suppressedBy }),
      },
    }),
  }
  return { record, revision }
}

const summarySchema = z.object({
  id: z.string(),
  status: statuses,
  severity: z.enum(severities),
  code: z.string(),
  title: z.string(),
  subjectKind: z.string(),
  subjectName: z.string(),
  subjectArn: z.string(),
  accountId: z.string(),
  region: z.string(),
  firstSeen: z.string(),
  lastSeen: z.string(),
  openedAt: z.string(),
  resolvedAt: z.string().optional(),
  occurrences: z.number(),
  version: z.number(),
  suppressedUntil: z.string().optional(),
  suppressedReason: z.string().optional(),
})

/** @param now ISO 8601: a suppression may have run out */
export function toSummary(item: Item, now: string): FindingSummary {
  const summary = summarySchema.parse(item)
  const suppressed = summary.status === 'open' && (summary.suppressedUntil ?? '') > now
  return (suppressed ? { ...summary, status: 'suppressed' } : summary) as FindingSummary
}

const historySchema = z.object({
  findingId: z.string(),
  version: z.number(),
  kind: changeKinds,
  at: z.string(),
  status: statuses,
  severity: z.enum(severities),
  code: z.string(),
  title: z.string(),
  replayed: z.boolean(),
  changedBy: z.string().optional(),
})

export const toHistoryEntry = (item: Item): HistoryEntry => historySchema.parse(item)

export const historyEntry = ({ finding, ...record }: FindingRecord): HistoryEntry => ({
  findingId: finding.id,
  version: record.version,
  kind: record.changeKind,
  at: record.changedAt,
  status: record.status,
  severity: finding.severity,
  code: finding.rootCause.code,
  title: finding.rootCause.title,
  replayed: record.replayed,
  ...(record.changedBy && { changedBy: record.changedBy.by }),
})
