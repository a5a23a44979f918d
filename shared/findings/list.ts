/** Listing findings: which index answers a filter, and paging over one or more of its partitions. */
import { InputError } from '../input-error.ts'
import { type Cursor, decodeCursor, encodeCursor, queryFingerprint } from './cursor.ts'
import type { Item } from './item.ts'
import type { Expression, ItemTable, QueryResult } from './item-table.ts'
import { FINDING_PREFIX, findingKey } from './keys.ts'
import type { FindingFilter, Page, PageRequest } from './store.ts'
import { type ListIndex, listIndexes, SORT_BY_TIME } from './table.ts'

/** One query per partition, one after the other. */
export interface ListPlan {
  readonly index?: ListIndex
  readonly partitionKey: string
  readonly partitions: readonly string[]
  readonly sortKey: string
  /** A condition on the sort key, named `#sk`. */
  readonly sort?: Expression
  readonly filter?: Expression
}

const PAGE_SIZE = 100
const MAX_LIMIT = 1000

/** A plan for all items of a partition of the table itself whose sort key begins so. */
export const planPrefix = (partition: string, prefix: string): ListPlan => ({
  partitionKey: 'pk',
  partitions: [partition],
  sortKey: 'sk',
  sort: { text: 'begins_with(#sk, :prefix)', values: { ':prefix': prefix } },
})

/** The most selective index that the filter allows. */
export function planList(filter: FindingFilter, now: string): ListPlan {
  const { subject, accountId, region, code, since } = filter
  const filtered = (plan: ListPlan): ListPlan => {
    // DynamoDB refuses a filter on a key of the index: what the key already decides is left out.
    const rest = conditionsOf(filter, now).filter(
      ({ attribute }) => ![plan.partitionKey, plan.sortKey].includes(attribute),
    )
    return rest.length === 0 ? plan : { ...plan, filter: allOf(rest) }
  }
  if (subject?.startsWith('arn:')) return filtered(planPrefix(findingKey(subject, '').pk, FINDING_PREFIX))
  const indexed = (index: ListIndex, partitions: readonly string[]): ListPlan =>
    filtered({
      index,
      partitionKey: listIndexes[index],
      partitions,
      sortKey: SORT_BY_TIME,
      ...(since !== undefined && { sort: { text: '#sk >= :since', values: { ':since': since } } }),
    })
  if (accountId !== undefined && region !== undefined) return indexed('byScope', [`${accountId}#${region}`])
  if (code !== undefined) return indexed('byCode', [code])
  return indexed(
    'byStatus',
    filter.status === undefined ? ['open', 'resolved'] : [storedStatus(filter.status)],
  )
}

/** Suppressed is what is open and not told. */
const storedStatus = (status: NonNullable<FindingFilter['status']>) =>
  status === 'resolved' ? 'resolved' : 'open'

interface Condition {
  readonly attribute: string
  readonly text: string
  readonly values: Readonly<Record<string, string>>
}

const equals = (attribute: string, value: string | undefined): readonly Condition[] =>
  value === undefined
    ? []
    : [{ attribute, text: `#${attribute} = :${attribute}`, values: { [`:${attribute}`]: value } }]

function conditionsOf(filter: FindingFilter, now: string): readonly Condition[] {
  const { status, subject, since } = filter
  return [
    ...equals('status', status && storedStatus(status)),
    ...equals('code', filter.code),
    ...equals('severity', filter.severity),
    ...equals('accountId', filter.accountId),
    ...equals('region', filter.region),
    ...equals('subjectName', subject?.startsWith('arn:') ? undefined : subject),
    ...(since === undefined
      ? []
      : [{ attribute: 'lastSeen', text: '#lastSeen >= :since', values: { ':since': since } }]),
    ...suppression(status, now),
  ]
}

function suppression(status: FindingFilter['status'], now: string): readonly Condition[] {
  const condition = { attribute: 'suppressedUntil', values: { ':now': now } }
  if (status === 'suppressed') return [{ ...condition, text: '#suppressedUntil > :now' }]
  if (status !== 'open') return []
  return [{ ...condition, text: '(attribute_not_exists(#suppressedUntil) OR #suppressedUntil <= :now)' }]
}

const allOf = (conditions: readonly Condition[]): Expression => ({
  text: conditions.map(({ text }) => text).join(' AND '),
  names: Object.fromEntries(conditions.map(({ attribute }) => [`#${attribute}`, attribute])),
  values: Object.assign({}, ...conditions.map(({ values }) => values)),
})

/** @throws InputError for a bad limit or cursor */
export async function queryPage(
  table: ItemTable,
  plan: ListPlan,
  { limit, cursor }: PageRequest,
  query: unknown,
): Promise<Page<Item>> {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    throw new InputError(`limit ${limit}: give a whole number from 1 to ${MAX_LIMIT}`)
  const fingerprint = queryFingerprint(query)
  let at: { readonly partition: number; readonly key?: Cursor['key'] } | undefined =
    cursor === undefined ? { partition: 0 } : checked(decodeCursor(cursor, fingerprint), plan)
  const items: Item[] = []
  while (at && items.length <= limit) {
    const page: QueryResult = await queryPartition(table, plan, at)
    items.push(...page.items)
    at = nextPosition(plan, at.partition, page.lastKey)
  }
  const last = items[limit - 1]
  if (items.length <= limit || last === undefined) return { items }
  return { items: items.slice(0, limit), cursor: encodeCursor(positionOf(plan, last), fingerprint) }
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
  throw new InputError('cursor: does not fit the query; give the one that the previous page ended with')
}
