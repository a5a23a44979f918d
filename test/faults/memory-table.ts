/**
 * The findings table in memory, with DynamoDB's conditions, indexes and pages: ten thousand events are too many for
 * dynalite. `test/shared/findings/item-table.test.ts` holds both to the same laws.
 */
import type { Item } from '../../shared/findings/item.ts'
import type { Expression, ItemTable, QueryResult } from '../../shared/findings/item-table.ts'
import { findingsTable } from '../../shared/findings/table.ts'
import { conditionOf } from './expression.ts'

type Query = Parameters<ItemTable['query']>[0]
type Write = (item: Item, before: Item | undefined) => void

interface Index {
  readonly name: string
  readonly partitionKey: string
  readonly sortKey: string | undefined
  /** Undefined: all of them. */
  readonly attributes: readonly string[] | undefined
}

const base: Index = { name: 'table', partitionKey: 'pk', sortKey: 'sk', attributes: undefined }
const indexes: readonly Index[] = [
  base,
  ...(findingsTable('findings').GlobalSecondaryIndexes ?? []).map(
    ({ IndexName = '', KeySchema, Projection }) => {
      const keys = (KeySchema ?? []).map(({ AttributeName = '' }) => AttributeName)
      const [partitionKey = '', sortKey] = keys
      const attributes = ['pk', 'sk', ...keys, ...(Projection?.NonKeyAttributes ?? [])]
      return { name: IndexName, partitionKey, sortKey, attributes }
    },
  ),
]

/** @param onWrite hears of each item that was written, as the table's stream does */
export function memoryTable(onWrite: Write = () => {}): ItemTable {
  const partitions = new Map<string, Map<string, Item>>()
  const partition = ({ name }: Index, value: unknown): Map<string, Item> => {
    const key = `${name}#${value}`
    const known = partitions.get(key) ?? new Map<string, Item>()
    partitions.set(key, known)
    return known
  }
  const stored = ({ pk, sk }: Item) => partition(base, pk).get(identity({ pk, sk }))

  return {
    async get(key) {
      return copyOf(stored({ ...key }))
    },

    async put(given, condition) {
      const before = stored(given)
      if (condition && !holds(condition, before)) return false
      const item = copyOf(given)
      for (const index of indexes) {
        if (before) partition(index, before[index.partitionKey]).delete(identity(before))
        if (isIn(index, item)) partition(index, item[index.partitionKey]).set(identity(item), item)
      }
      onWrite(item, before)
      return true
    },

    async query(input) {
      const index = indexes.find(({ name }) => name === (input.IndexName ?? base.name))
      if (!index) throw new Error(`the table has no index ${input.IndexName}`)
      const [names, values] = [input.ExpressionAttributeNames ?? {}, input.ExpressionAttributeValues ?? {}]
      const text = input.KeyConditionExpression ?? ''
      // The partition's condition stands first.
      const value = values[/= *(:\w+)/.exec(text)?.[1] ?? '']
      const items = [...partition(index, value).values()].filter((item) =>
        conditionOf(text)(item, names, values),
      )
      return pageOf(items.sort(orderOf(index, input)), index, input)
    },
  }
}

const identity = ({ pk, sk }: Item): string => `${pk}\0${sk}`

const holds = ({ text, names = {}, values = {} }: Expression, item: Item = {}): boolean =>
  conditionOf(text)(item, names, values)

/** An item that lacks a key of an index is not in it. */
const isIn = ({ partitionKey, sortKey }: Index, item: Item): boolean =>
  item[partitionKey] !== undefined && (sortKey === undefined || item[sortKey] !== undefined)

/** Undefined attributes are not written. */
const copyOf = <T extends Item | undefined>(item: T): T =>
  item === undefined ? item : (JSON.parse(JSON.stringify(item)) as T)

const positionIn = ({ sortKey }: Index, item: Item): string =>
  [sortKey === undefined ? '' : item[sortKey], item.pk, item.sk].join('\0')

function orderOf(index: Index, { ScanIndexForward = true }: Query) {
  const direction = ScanIndexForward ? 1 : -1
  return (a: Item, b: Item) => (positionIn(index, a) < positionIn(index, b) ? -direction : direction)
}

/** The limit counts what is read, before the filter. */
function pageOf(sorted: readonly Item[], index: Index, input: Query): QueryResult {
  const { ExclusiveStartKey: start, Limit: limit = sorted.length, ScanIndexForward = true } = input
  const isAfter = (item: Item) =>
    start === undefined || positionIn(index, item) > positionIn(index, start) === ScanIndexForward
  const rest = sorted.filter(
    (item) => isAfter(item) && (!start || positionIn(index, item) !== positionIn(index, start)),
  )
  const read = rest.slice(0, limit)
  const filter = input.FilterExpression === undefined ? () => true : conditionOf(input.FilterExpression)
  const [names, values] = [input.ExpressionAttributeNames ?? {}, input.ExpressionAttributeValues ?? {}]
  const items = read.filter((item) => filter(item, names, values)).map((item) => projected(index, item))
  const last = read.at(-1)
  return { items, ...(rest.length > limit && last && { lastKey: keyOf(index, last) }) }
}

const projected = ({ attributes }: Index, item: Item): Item =>
  attributes === undefined
    ? copyOf(item)
    : Object.fromEntries(Object.entries(copyOf(item)).filter(([name]) => attributes.includes(name)))

const keyOf = ({ partitionKey, sortKey }: Index, item: Item): Item =>
  Object.fromEntries(
    ['pk', 'sk', partitionKey, ...(sortKey === undefined ? [] : [sortKey])].map((name) => [name, item[name]]),
  )
