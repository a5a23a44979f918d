/** A map from disjoint intervals to values: the compiled form of rules and routes, found by binary search. */
import { type Interval, next, previous } from './intervals.ts'

export interface IntervalMap<A extends number | bigint, V> {
  readonly starts: readonly A[]
  readonly ends: readonly A[]
  readonly values: readonly V[]
}

export function find<A extends number | bigint, V>(map: IntervalMap<A, V>, key: A): V | undefined {
  const { starts } = map
  let low = 0
  let high = starts.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    if ((starts[middle] as A) <= key) low = middle + 1
    else high = middle - 1
  }
  return high >= 0 && key <= (map.ends[high] as A) ? map.values[high] : undefined
}

/**
 * Cuts overlapping intervals into disjoint segments and combines what lies on each.
 * `combine` gets the items of a segment in the order in which they were given.
 */
export function segment<A extends number | bigint, T, V>(
  items: readonly (Interval<A> & { readonly item: T })[],
  combine: (items: readonly T[]) => V,
): IntervalMap<A, V> {
  const [only, ...others] = items
  if (!only) return { starts: [], ends: [], values: [] }
  if (others.length === 0) return { starts: [only.from], ends: [only.to], values: [combine([only.item])] }
  const cuts = [...new Set(items.flatMap(({ from, to }) => [from, next(to)]))].sort(ascending)
  const byStart = items.map((item, order) => ({ ...item, order })).sort((a, b) => ascending(a.from, b.from))
  const starts: A[] = []
  const ends: A[] = []
  const values: V[] = []
  let active: typeof byStart = []
  let pending = 0
  for (let i = 0; i + 1 < cuts.length; i++) {
    const from = cuts[i] as A
    active = active.filter(({ to }) => to >= from)
    while (pending < byStart.length && (byStart[pending] as (typeof byStart)[number]).from === from) {
      active.push(byStart[pending++] as (typeof byStart)[number])
    }
    if (active.length === 0) continue
    active.sort((a, b) => a.order - b.order)
    starts.push(from)
    ends.push(previous(cuts[i + 1] as A))
    values.push(combine(active.map(({ item }) => item)))
  }
  return { starts, ends, values }
}

const ascending = (a: number | bigint, b: number | bigint) => (a < b ? -1 : a > b ? 1 : 0)
