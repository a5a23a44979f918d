import { describe, expect, test } from 'vitest'
import { parseSnapshot } from '../../shared/snapshot/parse.ts'

const header = { schemaVersion: '1', collectedAt: '2026-11-20T03:00:00Z' }
const bakery = { accountId: '111122223333', region: 'ap-northeast-1', responses: {} }

describe('parseSnapshot', () => {
  test('takes one scope for each account and Region', () => {
    const scopes = [bakery, { ...bakery, region: 'eu-west-1' }, { ...bakery, accountId: '444455556666' }]
    expect(parseSnapshot({ ...header, scopes }).scopes).toHaveLength(3)
  })

  test('refuses a second scope of the same account and Region: which of them is right cannot be told', () => {
    expect(() => parseSnapshot({ ...header, scopes: [bakery, bakery] })).toThrow(
      'scopes[1]: account 111122223333 in ap-northeast-1 stands there twice',
    )
  })

  test('refuses a time of collection that is none', () => {
    expect(() => parseSnapshot({ ...header, collectedAt: 'yesterday', scopes: [] })).toThrow(
      'collectedAt: not a point in time',
    )
  })
})
