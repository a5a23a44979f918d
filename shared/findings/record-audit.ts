/**
 * Writing what an audit found. There are no transactions: each step is one conditional write, and a run that
 * was cut off is completed by the next one. Per subject: (1) say that the audit decided, (2) write what it
 * found, (3) resolve what it did not find, (4) look whether a newer audit decided meanwhile. Two audits that
 * run at the same time both write before they read, so at least one of them sees the other.
 */
import pLimit from 'p-limit'
import { announce, type Decision, isOver, newestDecision, overruling } from './decision.ts'
import type { AuditedSubject, Finding } from './finding.ts'
import { fromItem, type StoredRecord } from './item.ts'
import type { ItemTable } from './item-table.ts'
import { FINDING_PREFIX, findingKey } from './keys.ts'
import { type Moment, momentOf, type Observation } from './life-cycle.ts'
import { queryAll } from './query-all.ts'
import type { RecordPorts } from './read-record.ts'
import type { FindingChange } from './record.ts'
import type { ObservedAudit } from './store.ts'
import { sized } from './whole-finding.ts'
import { write } from './write-record.ts'

/** A sweep of a Region has thousands; each takes some calls one after the other. */
const SUBJECTS_AT_ONCE = 10

export async function recordAudit(
  ports: RecordPorts,
  audit: ObservedAudit,
): Promise<readonly FindingChange[]> {
  const moment = momentOf(audit.observedAt, audit.tieBreaker, audit.replayed)
  const limit = pLimit(SUBJECTS_AT_ONCE)
  const found = bySubject(audit.result.findings)
  const changes = await Promise.all(
    subjectsOf(audit).map((audited) =>
      limit(() => recordSubject(ports, audited, found.get(audited.subject.arn) ?? [], moment)),
    ),
  )
  return changes.flat()
}

function bySubject(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const found = new Map<string, Finding[]>()
  for (const finding of findings) {
    const { arn } = finding.subject
    found.set(arn, [...(found.get(arn) ?? []), finding])
  }
  return found
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
  { subject, decided, notRuledOut = [] }: AuditedSubject,
  found: readonly Finding[],
  moment: Moment,
): Promise<readonly FindingChange[]> {
  const decision = { moment, found: found.map(({ id }) => id), notRuledOut }
  if (decided) await announce(ports.table, subject.arn, decision)
  const newest = await newestDecision(ports.table, subject.arn)
  const changes: FindingChange[] = []
  for (const finding of found) {
    const observations = [sighting(ports, finding, moment), ...overruling(newest, finding, moment)]
    changes.push(...(await write(ports, findingKey(subject.arn, finding.id), observations)))
  }
  if (decided) changes.push(...(await resolveOthers(ports, subject.arn, decision)))
  const meanwhile = await newestDecision(ports.table, subject.arn)
  for (const finding of found) {
    const observations = overruling(meanwhile, finding, moment)
    changes.push(...(await write(ports, findingKey(subject.arn, finding.id), observations)))
  }
  return changes
}

const sighting = ({ objects, maxItemBytes }: RecordPorts, finding: Finding, moment: Moment): Observation => ({
  ...moment,
  sees: 'problem',
  ...sized(finding, moment.order, objects?.bucket, maxItemBytes),
})

async function resolveOthers(ports: RecordPorts, subjectArn: string, decision: Decision) {
  const changes: FindingChange[] = []
  for (const { record } of await findingsToResolve(ports.table, subjectArn, decision.moment)) {
    if (!isOver(decision, record.finding)) continue
    const key = findingKey(subjectArn, record.finding.id)
    changes.push(...(await write(ports, key, [{ ...decision.moment, sees: 'nothing' }])))
  }
  return changes
}

/** What is open, what a run of the same audit resolved before it was cut off, and what has objects to get rid of. */
async function findingsToResolve(
  table: ItemTable,
  subjectArn: string,
  { order }: Moment,
): Promise<readonly StoredRecord[]> {
  const { pk } = findingKey(subjectArn, '')
  const items = await queryAll(table, {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    FilterExpression: '#status = :open OR #order = :order OR attribute_exists(toRetire)',
    ExpressionAttributeNames: { '#status': 'status', '#order': 'order' },
    ExpressionAttributeValues: { ':pk': pk, ':prefix': FINDING_PREFIX, ':open': 'open', ':order': order },
    ConsistentRead: true,
  })
  return items.flatMap((item) => fromItem(item) ?? [])
}
