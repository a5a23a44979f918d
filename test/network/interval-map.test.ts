import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { find, segment } from '../../shared/network/interval-map.ts'

const item = fc
  .tuple(fc.nat(60), fc.nat(20), fc.nat(5))
  .map(([from, length, name]) => ({ from, to: from + length, item: `item ${name}` }))

describe('an interval map', () => {
  it('answers for every key with the items that cover it, in the order given', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 12 }), fc.nat(90), (items, key) => {
        const map = segment(items, (list) => list)
        const covering = items.filter(({ from, to }) => from <= key && key <= to).map((one) => one.item)
        expect(find(map, key) ?? []).toEqual(covering)
      }),
    )
  })

  it('knows nothing between its intervals', () => {
    const map = segment(
      [
        { from: 5n, to: 6n, item: 'a' },
        { from: 9n, to: 9n, item: 'b' },
      ],
      ([first]) => first,
    )
    expect([4n, 5n, 6n, 7n, 8n, 9n, 10n].map((key) => find(map, key))).toEqual([
      undefined,
      'a',
      'a',
      undefined,
      undefined,
      'b',
      undefined,
    ])
  })
})
