/** Paging over one or more partitions of a plan, with opaque cursors. */
import { InputError } from '../input-error.ts'
import { type Cursor, decodeCursor, encodeCursor, queryFingerprint, type TimeWindow } from './cursor.ts'
import type { Item } from './item.ts'
import type { ItemTable, QueryResult } from './item-table.ts'
import type { ListPlan } from './list-plan.ts'
import type { Page, PageRequest } from './store.ts'

const PAGE_SIZE = 100
const MAX_LIMIT = 1000

/**
 * @param query what a cursor must belong to
 * @param window what a cursor carries on
 * @throws InputError for a bad limit or cursor
 */
export async function queryPage(
  table: ItemTable,
  plan: ListPlan,
  { limit, cursor }: PageRequest,
  query: unknown,
  window?: TimeWindow,
): Promise<Page<Item>> {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    throw new InputError(`limit ${limit}: give a whole number from 1 to ${MAX_LIMIT}`)
  const fingerprint = queryFingerprint(query)
  let at: { readonly partition: number; readonly key?: Cursor['key'] } | undefined =
    cursor === undefined ? { partition: 0 } : checked(decodeCursor(cursor, fingerprint), plan)
  const items: Item[] = []
  while (at && items.length <= limit) {
    const page: QueryResult = await queryPartition(table, plan, at).catch(refusedOf(cursor))
    items.push(...page.items)
    at = nextPosition(plan, at.partition, page.lastKey)
  }
  const last = items[limit - 1]
  if (items.length <= limit || last === undefined) return { items }
  return {
    items: items.slice(0, limit),
    cursor: encodeCursor({ ...positionOf(plan, last), window }, fingerprint),
  }
}

function queryPartition(
  table: ItemTable,
  { index, partitionKey, partitions, sortKey, sort, filter }: ListPlan,
  { partition, key }: { readonly partition: number; readonly key?: Cursor['key'] },
): Promise<QueryResult> {
  return table.query({
    ...(index && { IndexName: index }),
    KeyConditionExpression: sort ? `#pk = :pk AND ${sort.text}` : '#pk = :pk',
    ExpressionAttributeNames: { '#pk': partitionKey, ...(sort && { '#sk': sortKey }), ...filter?.names },
    ExpressionAttributeValues: { ':pk': partitions[partition], ...sort?.values, ...filter?.values },
    ...(filter && { FilterExpression: filter.text }),
    ...(key && { ExclusiveStartKey: { ...key } }),
    ScanIndexForward: false,
    ConsistentRead: index === undefined,
    Limit: PAGE_SIZE,
  })
}

function nextPosition(plan: ListPlan, partition: number, lastKey: QueryResult['lastKey']) {
  if (lastKey) return { partition, key: lastKey as Cursor['key'] }
  return partition + 1 < plan.partitions.length ? { partition: partition + 1 } : undefined
}

const keyNames = ({ partitionKey, sortKey }: ListPlan) => [...new Set(['pk', 'sk', partitionKey, sortKey])]

/** The last item of a page carries all that its index needs to go on from it. */
const positionOf = (plan: ListPlan, item: Item): Cursor => ({
  partition: plan.partitions.indexOf(String(item[plan.partitionKey])),
  key: Object.fromEntries(keyNames(plan).map((name) => [name, String(item[name])])),
})

function checked(cursor: Cursor, plan: ListPlan): Cursor {
  const complete = keyNames(plan).every((name) => cursor.key[name] !== undefined)
  const exact = Object.keys(cursor.key).length === keyNames(plan).length
  const partition = plan.partitions[cursor.partition]
  if (complete && exact && partition !== undefined && cursor.key[plan.partitionKey] === partition)
    return cursor
  throw new InputError(UNFITTING)
}

const UNFITTING = 'cursor: does not fit the query; give the one that the previous page ended with'

/** DynamoDB takes no position that the query could not have led to: somebody made the cursor up. */
const refusedOf = (cursor: string | undefined) => (error: Error) => {
  throw cursor !== undefined && error.name === 'ValidationException' ? new InputError(UNFITTING) : error
}
