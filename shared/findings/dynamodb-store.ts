/** The findings store on DynamoDB. */
import { decodeCursor, queryFingerprint } from './cursor.ts'
import { historyEntry, toHistoryEntry, toSummary } from './item.ts'
import type { ItemTable } from './item-table.ts'
import { changePrefix, type ItemKey } from './keys.ts'
import { planList, planPrefix } from './list-plan.ts'
import { queryPage } from './query-page.ts'
import type { FindingRecord, Suppression } from './record.ts'
import { recordAudit } from './record-audit.ts'
import type { FindingFilter, FindingStore, PageRequest } from './store.ts'
import { ID_INDEX } from './table.ts'
import { readRecord, replace } from './write-record.ts'

export interface StoreOptions {
  readonly now: () => Date
  /** How long the history of a finding is kept. @default 90 */
  readonly historyDays?: number
}

export function dynamodbStore(table: ItemTable, { now, historyDays = 90 }: StoreOptions): FindingStore {
  const nowText = () => now().toISOString()
  return {
    recordAudit: (audit) => recordAudit({ table, now, historyDays }, audit),

    async get(id) {
      const key = await keyOf(table, id)
      return key && (await readRecord(table, key))?.record
    },

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
      return key && suppressAt(table, key, suppression)
    },

    async liftSuppression(id) {
      const key = await keyOf(table, id)
      return key && suppressAt(table, key, undefined)
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

/** @param suppression undefined lifts the one that is there */
async function suppressAt(
  table: ItemTable,
  key: ItemKey,
  suppression: Suppression | undefined,
): Promise<FindingRecord | undefined> {
  for (;;) {
    const stored = await readRecord(table, key)
    if (!stored) return undefined
    const { suppression: _before, ...rest } = stored.record
    const record = { ...rest, ...(suppression && { suppression }) }
    if (await replace(table, { record, revision: stored.revision })) return record
  }
}
