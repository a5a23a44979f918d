import type { Item } from './item.ts'
import type { ItemTable } from './item-table.ts'

/** All pages of a query. */
export async function queryAll(
  table: ItemTable,
  query: Parameters<ItemTable['query']>[0],
): Promise<readonly Item[]> {
  const items: Item[] = []
  let lastKey: Readonly<Record<string, unknown>> | undefined
  do {
    const page = await table.query({ ...query, ...(lastKey && { ExclusiveStartKey: lastKey }) })
    items.push(...page.items)
    lastKey = page.lastKey
  } while (lastKey)
  return items
}
