/**
 * Writing what an audit found. There are no transactions: each step is one conditional write, and a run that
 * was cut off is completed by the next one. Per subject: (1) say that the audit decided, (2) write what it
 * found, (3) resolve what it did not find, (4) look whether a newer audit decided meanwhile. Two audits that
 * run at the same time both write before they read, so at least one of them sees the other.
 */
import { bounded } from './bounded.ts'
import type { AuditedSubject, Finding } from './finding.ts'
import { absent, type ItemTable } from './item-table.ts'
import { fromItem, historyEntry, type StoredRecord, toItem } from './item.ts'
import { auditKey, changeKey, FINDING_PREFIX, findingKey, type ItemKey } from './keys.ts'
import { type Moment, momentOf, type Observation, observeAll } from './life-cycle.ts'
import type { FindingChange, FindingRecord } from './record.ts'
import type { ObservedAudit } from './store.ts'
import { TTL_ATTRIBUTE } from './table.ts'

export interface RecordPorts {
  readonly table: ItemTable
  readonly now: () => Date
  /** How long the history of a finding is kept. */
  readonly historyDays: number
}

export async function recordAudit(
  ports: RecordPorts,
  audit: ObservedAudit,
): Promise<readonly FindingChange[]> {
  const moment = momentOf(audit.observedAt, audit.tieBreaker, audit.replayed)
  const changes: FindingChange[] = []
  for (const audited of subjectsOf(audit)) {
    const found = audit.result.findings.filter(({ subject }) => subject.arn === audited.subject.arn)
    changes.push(...(await recordSubject(ports, audited, found, moment)))
  }
  return changes
}

/** Every subject once; one that has findings but is not listed as audited cannot resolve anything. */
function subjectsOf({ result }: ObservedAudit): readonly AuditedSubject[] {
  const subjects = new Map<string, AuditedSubject>()
  for (const { subject } of result.findings) subjects.set(subject.arn, { subject, decided: false })
  for (const audited of result.audited) subjects.set(audited.subject.arn, audited)
  return [...subjects.values()]
}

async function recordSubject(
  ports: RecordPorts,
  { subject, decided }: AuditedSubject,
  found: readonly Finding[],
  moment: Moment,
): Promise<readonly FindingChange[]> {
  const ids = found.map(({ id }) => id)
  if (decided) await announce(ports.table, subject.arn, { moment, found: ids })
  const newest = await newestDecision(ports.table, subject.arn)
  const changes: FindingChange[] = []
  for (const finding of found) {
    const observations = [sighting(finding, moment), ...overruling(newest, finding.id, moment)]
    changes.push(...(await write(ports, findingKey(subject.arn, finding.id), observations)))
  }
  if (decided) changes.push(...(await resolveOthers(ports, subject.arn, { moment, found: ids })))
  const meanwhile = await newestDecision(ports.table, subject.arn)
  for (const id of ids)
    changes.push(...(await write(ports, findingKey(subject.arn, id), overruling(meanwhile, id, moment))))
  return changes
}

const sighting = (finding: Finding, moment: Moment): Observation => ({
  ...moment,
  sees: 'problem',
  ...bounded(finding),
})

/** The newest audit that decided about a subject, and what it found. */
interface Decision {
  readonly moment: Moment
  readonly found: readonly string[]
}

async function announce(table: ItemTable, subjectArn: string, { moment, found }: Decision): Promise<void> {
  await table.put(
    { ...auditKey(subjectArn), entity: 'audit', ...moment, found },
    {
      text: 'attribute_not_exists(pk) OR #order < :order',
      names: { '#order': 'order' },
      values: { ':order': moment.order },
    },
  )
}

async function newestDecision(table: ItemTable, subjectArn: string): Promise<Decision | undefined> {
  const item = await table.get(auditKey(subjectArn))
  if (!item) return undefined
  const { at, order, replayed, found } = item as unknown as Moment & { readonly found: readonly string[] }
  return { moment: { at, order, replayed }, found }
}

/** A newer audit that decided and did not find it: this finding is told late. */
const overruling = (newest: Decision | undefined, id: string, moment: Moment): readonly Observation[] =>
  newest && newest.moment.order > moment.order && !newest.found.includes(id)
    ? [{ ...newest.moment, sees: 'nothing' }]
    : []

async function resolveOthers(ports: RecordPorts, subjectArn: string, { moment, found }: Decision) {
  const changes: FindingChange[] = []
  for (const { record } of await findingsToResolve(ports.table, subjectArn, moment)) {
    if (found.includes(record.finding.id)) continue
    const key = findingKey(subjectArn, record.finding.id)
    changes.push(...(await write(ports, key, [{ ...moment, sees: 'nothing' }])))
  }
  return changes
}

/** What is open, and what a run of the same audit resolved before it was cut off. */
async function findingsToResolve(
  table: ItemTable,
  subjectArn: string,
  { order }: Moment,
): Promise<readonly StoredRecord[]> {
  const { pk } = findingKey(subjectArn, '')
  const found: StoredRecord[] = []
  let lastKey: Readonly<Record<string, unknown>> | undefined
  do {
    const page = await table.query({
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      FilterExpression: '#status = :open OR #order = :order',
      ExpressionAttributeNames: { '#status': 'status', '#order': 'order' },
      ExpressionAttributeValues: { ':pk': pk, ':prefix': FINDING_PREFIX, ':open': 'open', ':order': order },
      ConsistentRead: true,
      ...(lastKey && { ExclusiveStartKey: lastKey }),
    })
    found.push(...page.items.flatMap((item) => fromItem(item) ?? []))
    lastKey = page.lastKey
  } while (lastKey)
  return found
}

/** Reads, applies, writes under the condition that nobody wrote in between; else once more. */
async function write(
  ports: RecordPorts,
  key: ItemKey,
  observations: readonly Observation[],
): Promise<readonly FindingChange[]> {
  if (observations.length === 0) return []
  for (;;) {
    const stored = await readRecord(ports.table, key)
    const next = observeAll(stored?.record, observations)
    if (next === undefined) return []
    // The history of the version that stands must not be lost when a run was cut off before writing it.
    if (stored && stored.record.version !== next.version) await keepHistory(ports, stored.record)
    if (
      next === stored?.record ||
      (await replace(ports.table, { record: next, revision: stored?.revision ?? 0 }))
    ) {
      if (next === stored?.record || next.version !== stored?.record.version) await keepHistory(ports, next)
      return changeBetween(stored?.record, next)
    }
  }
}

export async function readRecord(table: ItemTable, key: ItemKey): Promise<StoredRecord | undefined> {
  const item = await table.get(key)
  return item && fromItem(item)
}

/** @param stored the record to write, with the revision that was read (0: there was none) */
export const replace = (table: ItemTable, { record, revision }: StoredRecord): Promise<boolean> =>
  table.put(
    toItem({ record, revision: revision + 1 }),
    revision === 0 ? absent : { text: 'revision = :read', values: { ':read': revision } },
  )

async function keepHistory({ table, now, historyDays }: RecordPorts, record: FindingRecord): Promise<void> {
  const { subject, id } = record.finding
  const expiresAt = Math.floor(now().getTime() / 1000) + historyDays * 24 * 3600
  const item = { ...changeKey(subject.arn, id, record.version), entity: 'change', ...historyEntry(record) }
  await table.put({ ...item, [TTL_ATTRIBUTE]: expiresAt }, absent)
}

function changeBetween(previous: FindingRecord | undefined, record: FindingRecord): readonly FindingChange[] {
  if (previous?.version === record.version) return []
  return [{ kind: record.changeKind, record, ...(previous && { previous }) }]
}
