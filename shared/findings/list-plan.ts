/** Which index answers a filter, and what is left to be filtered. */
import type { Expression } from './item-table.ts'
import { FINDING_PREFIX, findingKey } from './keys.ts'
import type { FindingFilter } from './store.ts'
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
  const { status, subject, since, until } = filter
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
    ...(until === undefined
      ? []
      : [{ attribute: 'firstSeen', text: '#firstSeen <= :until', values: { ':until': until } }]),
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
