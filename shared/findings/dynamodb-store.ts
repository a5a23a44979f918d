/** The findings store on DynamoDB. */
import { decodeCursor, queryFingerprint } from './cursor.ts'
import { historyEntry, toHistoryEntry, toSummary } from './item.ts'
import type { ItemTable } from './item-table.ts'
import { changePrefix, type ItemKey } from './keys.ts'
import { attribute } from './life-cycle.ts'
import { planList, planPrefix } from './list-plan.ts'
import type { ObjectReader, ObjectStore } from './object-store.ts'
import { queryPage } from './query-page.ts'
import { type RecordPorts, readRecord } from './read-record.ts'
import type { FindingRecord } from './record.ts'
import { recordAudit } from './record-audit.ts'
import { HISTORY_DAYS } from './retention.ts'
import type { FindingFilter, FindingStore, PageRequest } from './store.ts'
import { ID_INDEX } from './table.ts'
import { readWhole } from './whole-finding.ts'
import { keepHistory, replace } from './write-record.ts'

export interface StoreOptions {
  readonly now: () => Date
  /** How long the history of a finding is kept. @default 90 */
  readonly historyDays?: number
  /** Where audits put findings that are too large for an item. @default nowhere: what does not fit is left out */
  readonly objects?: ObjectStore | undefined
  /** Where they are read. @default objects */
  readonly reader?: ObjectReader | undefined
  /** The largest finding that is read whole, bytes of JSON. @default any */
  readonly mostBytes?: number
  /** The largest finding that an item holds, bytes of JSON. @default 350 KB */
  readonly maxItemBytes?: number | undefined
  /** The object store refused something that the next audit makes good. */
  readonly onProblem?: ((problem: Error) => void) | undefined
}

export function dynamodbStore(table: ItemTable, options: StoreOptions): FindingStore {
  const {
    now,
    historyDays = HISTORY_DAYS,
    objects,
    reader = objects,
    mostBytes,
    maxItemBytes,
    onProblem,
  } = options
  const nowText = () => now().toISOString()
  const ports: RecordPorts = { table, now, historyDays, objects, maxItemBytes, onProblem }
  const wholeOf = (record: FindingRecord | undefined) => record && readWhole(record, reader, mostBytes)
  const head: FindingStore['head'] = async (id) => {
    const key = await keyOf(table, id)
    return key && (await readRecord(table, key))?.record
  }
  return {
    recordAudit: (audit) => recordAudit(ports, audit),
    get: async (id) => wholeOf(await head(id)),
    head,

    async list(filter, page) {
      const { query, window } = asked(filter, page)
      const plan = planList({ ...filter, ...window }, nowText())
      const { items, ...rest } = await queryPage(table, plan, page, query, window)
      return { ...rest, items: items.map((item) => toSummary(item, nowText())) }
    },

    async history(id, page) {
      const key = await keyOf(table, id)
      if (!key) return { items: [] }
      const plan = planPrefix(key.pk, changePrefix(id))
      const { items, ...rest } = await queryPage(table, plan, page, ['history', id])
      const entries = items.map(toHistoryEntry)
      if (page.cursor !== undefined) return { ...rest, items: entries }
      const current = (await readRecord(table, key))?.record
      // A run that was cut off may have written the finding and not yet its history.
      const missing = current && entries[0]?.version !== current.version ? [historyEntry(current)] : []
      return { ...rest, items: [...missing, ...entries] }
    },

    async suppress(id, suppression) {
      const key = await keyOf(table, id)
      return key && wholeOf(await changeAt(ports, key, (record) => ({ ...record, suppression })))
    },

    async attribute(id, change) {
      const key = await keyOf(table, id)
      return key && changeAt(ports, key, (record) => attribute(record, change, nowText()))
    },

    async liftSuppression(id) {
      const key = await keyOf(table, id)
      return key && wholeOf(await changeAt(ports, key, withoutSuppression))
    },
  }
}

/** A later page is of the times that the first one was asked for, whatever "12 hours ago" means by now. */
function asked({ since, until, ...same }: FindingFilter, { cursor }: PageRequest) {
  const query = [same, since !== undefined, until !== undefined]
  if (cursor === undefined) return { query, window: { since, until } }
  return { query, window: decodeCursor(cursor, queryFingerprint(query)).window ?? {} }
}

/** From the id that people know to where the finding stands. */
async function keyOf(table: ItemTable, id: string): Promise<ItemKey | undefined> {
  const { items } = await table.query({
    IndexName: ID_INDEX,
    KeyConditionExpression: 'id = :id',
    ExpressionAttributeValues: { ':id': id },
  })
  const found = items[0]
  return found && { pk: String(found.pk), sk: String(found.sk) }
}

/** Changes what is stored under the condition that nobody wrote in between; else once more. */
async function changeAt(
  ports: RecordPorts,
  key: ItemKey,
  change: (record: FindingRecord) => FindingRecord,
): Promise<FindingRecord | undefined> {
  for (;;) {
    const stored = await readRecord(ports.table, key)
    if (!stored) return undefined
    const record = change(stored.record)
    if (record === stored.record) return record
    if (record.version !== stored.record.version) await keepHistory(ports, stored.record)
    if (await replace(ports.table, { record, revision: stored.revision })) {
      if (record.version !== stored.record.version) await keepHistory(ports, record)
      return record
    }
  }
}

function withoutSuppression(record: FindingRecord): FindingRecord {
  const { suppression, ...rest } = record
  return suppression ? rest : record
}
