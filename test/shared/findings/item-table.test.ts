/** What we rely on in DynamoDB: laws that the embedded one keeps, and the one in memory that `test:faults` uses. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { absent, type ItemTable } from '../../../shared/findings/item-table.ts'
import { queryAll } from '../../../shared/findings/query-all.ts'
import { ID_INDEX, SORT_BY_TIME } from '../../../shared/findings/table.ts'
import { memoryTable } from '../../faults/memory-table.ts'
import { embeddedTables } from './embedded-table.ts'

const newEmbedded = embeddedTables()
const tables: Readonly<Record<string, () => Promise<ItemTable>>> = {
  dynalite: newEmbedded,
  'the table in memory': async () => memoryTable(),
}

const key = { pk: 'SUBJECT#oven', sk: 'FINDING#1' }

describe.each(Object.keys(tables))('%s', (name) => {
  const newTable = () => (tables[name] ?? newEmbedded)()

  it('gives what was put, without what is undefined, and nothing of what was not', async () => {
    const table = await newTable()
    await table.put({ ...key, size: 3, open: true, list: ['a'], inner: { b: 1 }, none: undefined })
    expect(await table.get(key)).toEqual({ ...key, size: 3, open: true, list: ['a'], inner: { b: 1 } })
    expect(await table.get({ ...key, sk: 'FINDING#2' })).toBeUndefined()
  })

  it('what was read or put can be changed without changing what is stored', async () => {
    const table = await newTable()
    const item = { ...key, list: ['a'] }
    await table.put(item)
    item.list.push('b')
    const read = await table.get(key)
    const list = read?.list as string[]
    list.push('c')
    expect(await table.get(key)).toEqual({ ...key, list: ['a'] })
  })

  it('puts only what was absent, when asked so', async () => {
    const table = await newTable()
    expect(await table.put({ ...key, n: 1 }, absent)).toBe(true)
    expect(await table.put({ ...key, n: 2 }, absent)).toBe(false)
    expect(await table.put({ ...key, sk: 'FINDING#2', n: 2 }, absent)).toBe(true)
    expect((await table.get(key))?.n).toBe(1)
  })

  const conditions: Readonly<Record<string, readonly number[]>> = {
    'revision = :v': [5],
    'revision <> :v': [4, 6],
    '#r < :v': [6],
    '#r <= :v': [5, 6],
    '#r > :v': [4],
    '#r >= :v': [4, 5],
    'nothing = :v': [],
    'nothing < :v': [],
    'attribute_not_exists(pk) OR #r < :v': [6],
    'attribute_exists(revision) AND (attribute_not_exists(pk) OR #r <= :v)': [5, 6],
    'leaseOwner = :v OR (#r = :v AND (attribute_not_exists(leaseOwner) OR #r > :v))': [5],
  }

  it.each(Object.entries(conditions))('writes under the condition %s', async (text, holding) => {
    for (const value of [4, 5, 6]) {
      const table = await newTable()
      await table.put({ ...key, revision: 5 })
      const names = text.includes('#r') ? { names: { '#r': 'revision' } } : {}
      const written = await table.put({ ...key, revision: 9 }, { text, ...names, values: { ':v': value } })
      expect([value, written]).toEqual([value, holding.includes(value)])
      expect((await table.get(key))?.revision).toBe(written ? 9 : 5)
    }
  })

  it('a number is not a text', async () => {
    const table = await newTable()
    await table.put({ ...key, order: '5' })
    expect(await table.put({ ...key }, { text: 'revision = :v', values: { ':v': 5 } })).toBe(false)
    expect(await table.put({ ...key }, { text: 'revision < :v', values: { ':v': 9 } })).toBe(false)
  })

  it('of writers at once under one condition, one succeeds', async () => {
    const table = await newTable()
    await table.put({ ...key, revision: 1 })
    const once = { text: 'revision = :v', values: { ':v': 1 } }
    const written = await Promise.all([2, 3, 4, 5].map((revision) => table.put({ ...key, revision }, once)))
    expect(written.filter(Boolean)).toHaveLength(1)
    expect((await table.get(key))?.revision).toBe(2 + written.indexOf(true))
  })

  it('queries in the order of the sort key, page by page, either way, and filters what was read', async () => {
    const table = await newTable()
    for (const n of [3, 1, 4, 2, 5]) await table.put({ ...key, sk: `FINDING#${n}`, even: n % 2 === 0 })
    await table.put({ ...key, sk: 'AUDIT' })
    await table.put({ pk: 'SUBJECT#shelf', sk: 'FINDING#9', even: true })
    const query = {
      KeyConditionExpression: '#pk = :pk AND begins_with(#sk, :prefix)',
      ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' },
      ExpressionAttributeValues: { ':pk': key.pk, ':prefix': 'FINDING#' },
    }
    const sorted = (await queryAll(table, { ...query, Limit: 2 })).map(({ sk }) => sk)
    expect(sorted).toEqual([1, 2, 3, 4, 5].map((n) => `FINDING#${n}`))
    const backwards = await queryAll(table, { ...query, Limit: 2, ScanIndexForward: false })
    expect(backwards.map(({ sk }) => sk)).toEqual([...sorted].reverse())
    const even = { ...query, FilterExpression: 'even = :even', Limit: 1 }
    const filtered = {
      ...even,
      ExpressionAttributeValues: { ...query.ExpressionAttributeValues, ':even': true },
    }
    expect(await table.query(filtered)).toEqual({ items: [], lastKey: { ...key } })
    expect((await queryAll(table, filtered)).map(({ sk }) => sk)).toEqual(['FINDING#2', 'FINDING#4'])
  })

  it('indexes hold what has their keys, as it is now, with the attributes that they carry', async () => {
    const table = await newTable()
    const item = { ...key, id: 'one', status: 'open', lastSeen: '2026-11-20', title: 't', finding: '{}' }
    await table.put(item)
    await table.put({ ...key, sk: 'DELIVERY#1' })
    const byStatus = (status: string) =>
      queryAll(table, {
        IndexName: 'byStatus',
        KeyConditionExpression: '#pk = :pk AND #sk >= :since',
        ExpressionAttributeNames: { '#pk': 'status', '#sk': SORT_BY_TIME },
        ExpressionAttributeValues: { ':pk': status, ':since': '2026-11-01' },
      })
    const { finding: _left, ...listed } = item
    expect(await byStatus('open')).toEqual([listed])
    await table.put({ ...item, status: 'resolved' })
    expect(await byStatus('open')).toEqual([])
    expect(await byStatus('resolved')).toEqual([{ ...listed, status: 'resolved' }])
    const byId = { KeyConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': 'one' } }
    expect((await table.query({ IndexName: ID_INDEX, ...byId })).items).toEqual([{ ...key, id: 'one' }])
  })
})

describe('both tables', () => {
  it('answer any sequence of conditional writes in the same way', async () => {
    const step = fc.record({
      sk: fc.constantFrom('a', 'b', 'c'),
      n: fc.integer({ min: 0, max: 4 }),
      condition: fc.constantFrom(
        undefined,
        absent,
        { text: 'n = :v', values: { ':v': 2 } },
        { text: `${absent.text} OR (n < :v AND attribute_not_exists(leaseOwner))`, values: { ':v': 3 } },
        { text: 'leaseOwner = :v', values: { ':v': 'anna' } },
      ),
      leaseOwner: fc.constantFrom(undefined, 'anna', 'ben'),
    })
    let count = 0
    const embedded = await newEmbedded()
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        count += 1
        const memory = memoryTable()
        for (const { condition, ...item } of steps) {
          const given = { ...item, pk: `run-${count}` }
          expect(await memory.put(given, condition)).toBe(await embedded.put(given, condition))
        }
        const query = {
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': `run-${count}` },
        }
        expect(await memory.query(query)).toEqual(await embedded.query(query))
      }),
      { numRuns: 40 },
    )
  }, 60_000)
})
