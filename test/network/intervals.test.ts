/** Interval sets obey the laws of sets, and their form is canonical: equal sets are structurally equal. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  contains,
  covers,
  type IntervalSet,
  intersect,
  intervalSet,
  meets,
  size,
  subtract,
  union,
} from '../../shared/network/intervals.ts'

const SPACE = 40

const raw = fc.array(
  fc.tuple(fc.nat(SPACE - 1), fc.nat(SPACE - 1)).map(([from, to]) => ({ from, to })),
  { maxLength: 8 },
)
const set = raw.map((intervals) => intervalSet(intervals))

const members = (of: IntervalSet<number>) =>
  Array.from({ length: SPACE }, (_, i) => i).filter((i) => contains(of, i))
const of = (values: readonly number[]) => intervalSet(values.map((value) => ({ from: value, to: value })))

describe('interval sets', () => {
  it('are sorted, disjoint and never adjacent', () => {
    fc.assert(
      fc.property(set, (canonical) => {
        canonical.forEach(({ from, to }, i) => {
          expect(from).toBeLessThanOrEqual(to)
          expect(from).toBeGreaterThan((canonical[i - 1]?.to ?? -2) + 1)
        })
      }),
    )
  })

  it('hold what was put in, in any order, and nothing else', () => {
    fc.assert(
      fc.property(raw, (intervals) => {
        const inside = (value: number) => intervals.some(({ from, to }) => from <= value && value <= to)
        expect(members(intervalSet(intervals))).toEqual(
          Array.from({ length: SPACE }, (_, i) => i).filter(inside),
        )
        expect(intervalSet([...intervals].reverse())).toEqual(intervalSet(intervals))
      }),
    )
  })

  it('meet an interval when they share a value with it', () => {
    fc.assert(
      fc.property(set, fc.nat(SPACE - 1), fc.nat(SPACE - 1), (some, from, to) => {
        const shared = members(some).some((value) => from <= value && value <= to)
        expect(meets(some, { from, to })).toBe(shared)
      }),
    )
  })

  it('unite, intersect and subtract like sets of their members', () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        const [left, right] = [new Set(members(a)), new Set(members(b))]
        expect(union(a, b)).toEqual(of([...left, ...right]))
        expect(intersect(a, b)).toEqual(of([...left].filter((value) => right.has(value))))
        expect(subtract(a, b)).toEqual(of([...left].filter((value) => !right.has(value))))
        expect(covers(a, b)).toBe([...right].every((value) => left.has(value)))
        expect(size(a)).toBe(left.size)
      }),
    )
  })

  it('take IPv6 addresses as bigints', () => {
    const top = (1n << 128n) - 1n
    expect(subtract([{ from: 0n, to: top }], [{ from: 1n, to: top }])).toEqual([{ from: 0n, to: 0n }])
    expect(union([{ from: 0n, to: 4n }], [{ from: 5n, to: 9n }])).toEqual([{ from: 0n, to: 9n }])
  })
})
