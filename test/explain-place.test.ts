import { describe, expect, it } from 'vitest'
import { explainPlace, placesIn } from '../shared/explain-place.ts'

const own = { accountId: '111122223333', region: 'eu-central-1' }
const bakery = { accountId: '222233334444', region: 'eu-west-1' }

describe('where a question is asked', () => {
  it('is our own account and Region, if nothing else is said', () => {
    expect(explainPlace({}, own, [bakery])).toEqual(own)
    expect(explainPlace({ region: 'eu-central-1' }, own, [])).toEqual(own)
  })

  it("may be a member's", () => {
    expect(explainPlace(bakery, own, [bakery])).toEqual(bakery)
  })

  it('is nowhere else', () => {
    expect(() => explainPlace({ accountId: bakery.accountId }, own, [bakery])).toThrow(
      'accountId and region 222233334444/eu-central-1: not audited from here; allowed are 111122223333/eu-central-1, 222233334444/eu-west-1',
    )
  })

  it('is told in short of many', () => {
    const members = Array.from({ length: 40 }, (_, index) => ({ ...bakery, region: `eu-west-${index}` }))
    expect(() => explainPlace({ region: 'us-east-1' }, own, members)).toThrow(/, and 31 more$/)
  })
})

describe('the places of a setting', () => {
  it('are accounts with their Regions, none without the setting', () => {
    expect(placesIn('222233334444/eu-west-1,111122223333/us-east-1')).toEqual([
      bakery,
      { accountId: '111122223333', region: 'us-east-1' },
    ])
    expect(placesIn(undefined)).toEqual([])
  })
})
