import { fromItem, type StoredRecord } from './item.ts'
import type { ItemTable } from './item-table.ts'
import type { ItemKey } from './keys.ts'
import type { ObjectStore } from './object-store.ts'

export interface RecordPorts {
  readonly table: ItemTable
  readonly now: () => Date
  /** How long the history of a finding is kept. */
  readonly historyDays: number
  /** Where large findings are whole; without it what does not fit into an item is left out. */
  readonly objects?: ObjectStore | undefined
  /** Larger findings are large, bytes of JSON. */
  readonly maxItemBytes?: number | undefined
  /** The object store refused something that the next audit makes good. */
  readonly onProblem?: ((problem: Error) => void) | undefined
}

export async function readRecord(table: ItemTable, key: ItemKey): Promise<StoredRecord | undefined> {
  const item = await table.get(key)
  return item && fromItem(item)
}
