/**
 * Sets of whole numbers as sorted, disjoint, non-adjacent closed intervals: the canonical form, so that
 * two equal sets are structurally equal. IPv4 addresses and ports are numbers, IPv6 addresses bigints.
 */
export interface Interval<A extends number | bigint> {
  readonly from: A
  readonly to: A
}

export type IntervalSet<A extends number | bigint> = readonly Interval<A>[]

export function next<A extends number | bigint>(value: A): A {
  return (typeof value === 'number' ? value + 1 : (value as bigint) + 1n) as A
}

export function previous<A extends number | bigint>(value: A): A {
  return (typeof value === 'number' ? value - 1 : (value as bigint) - 1n) as A
}

const byStart = <A extends number | bigint>(a: Interval<A>, b: Interval<A>) =>
  a.from < b.from ? -1 : a.from > b.from ? 1 : 0

/** Canonical form of any intervals, overlapping or not, in any order. Empty ones (from > to) vanish. */
export function intervalSet<A extends number | bigint>(intervals: Iterable<Interval<A>>): IntervalSet<A> {
  const sorted = [...intervals].filter(({ from, to }) => from <= to).sort(byStart)
  const result: { from: A; to: A }[] = []
  for (const { from, to } of sorted) {
    const last = result.at(-1)
    if (last && from <= next(last.to)) {
      if (to > last.to) last.to = to
    } else result.push({ from, to })
  }
  return result
}

export const union = <A extends number | bigint>(a: IntervalSet<A>, b: IntervalSet<A>): IntervalSet<A> =>
  a.length === 0 ? b : b.length === 0 ? a : intervalSet([...a, ...b])

export function intersect<A extends number | bigint>(a: IntervalSet<A>, b: IntervalSet<A>): IntervalSet<A> {
  const result: Interval<A>[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const left = a[i] as Interval<A>
    const right = b[j] as Interval<A>
    const from = left.from > right.from ? left.from : right.from
    const to = left.to < right.to ? left.to : right.to
    if (from <= to) result.push({ from, to })
    if (left.to < right.to) i++
    else j++
  }
  return result
}

export function subtract<A extends number | bigint>(a: IntervalSet<A>, b: IntervalSet<A>): IntervalSet<A> {
  const result: Interval<A>[] = []
  for (const { from, to } of a) {
    let start = from
    for (const cut of b) {
      if (cut.to < start || cut.from > to) continue
      if (cut.from > start) result.push({ from: start, to: previous(cut.from) })
      start = next(cut.to)
    }
    if (start <= to) result.push({ from: start, to })
  }
  return result
}

export const contains = <A extends number | bigint>(set: IntervalSet<A>, value: A): boolean =>
  set.some(({ from, to }) => from <= value && value <= to)

/** Whether an interval has any value of a set. */
export const meets = <A extends number | bigint>(set: IntervalSet<A>, other: Interval<A>): boolean =>
  other.from <= other.to && set.some(({ from, to }) => from <= other.to && other.from <= to)

export const covers = <A extends number | bigint>(set: IntervalSet<A>, other: IntervalSet<A>): boolean =>
  subtract(other, set).length === 0

/** How many values a set of numbers holds. */
export const size = (set: IntervalSet<number>): number =>
  set.reduce((total, { from, to }) => total + to - from + 1, 0)
