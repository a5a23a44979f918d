import { gzipSync } from 'node:zlib'
import { beforeEach, describe, expect, it } from 'vitest'
import { dynamodbStore, type StoreOptions } from '../../../shared/findings/dynamodb-store.ts'
import type { Finding } from '../../../shared/findings/finding.ts'
import type { ItemTable } from '../../../shared/findings/item-table.ts'
import { type MemoryObjects, memoryObjects } from '../../faults/memory-objects.ts'
import { memoryTable } from '../../faults/memory-table.ts'
import { auditOf, blockedPath, checkoutFinding } from './checkout.ts'

const now = () => new Date('2026-11-20T09:00:00Z')
const hour = (n: number) => `2026-11-20T0${n}:00:00.000Z`

/** More than an item may hold of a finding. */
const large = checkoutFinding({ paths: Array.from({ length: 900 }, () => blockedPath) })
const larger = checkoutFinding({ paths: Array.from({ length: 2000 }, () => blockedPath) })
const small = checkoutFinding()

let table: ItemTable
let items: number
let objects: MemoryObjects
let problems: string[]
beforeEach(() => {
  items = 0
  table = memoryTable((item) => {
    items = Math.max(items, Buffer.byteLength(JSON.stringify(item)))
  })
  objects = memoryObjects()
  problems = []
})

const storeWith = (options: Partial<StoreOptions> = {}) =>
  dynamodbStore(table, { now, objects, onProblem: ({ message }) => problems.push(message), ...options })

const record = (n: number, findings: readonly Finding[], options: Partial<StoreOptions> = {}) =>
  storeWith(options).recordAudit({
    result: auditOf(findings),
    observedAt: hour(n),
    tieBreaker: 'audit',
    replayed: false,
  })

const read = (options: Partial<StoreOptions> = {}) => storeWith(options).get(small.id)

describe('a finding past 350 KB', () => {
  it('comes back whole, and its item is small', async () => {
    await record(1, [larger])
    const stored = await read()
    expect(stored?.finding).toEqual(larger)
    expect(stored?.truncated).toBeUndefined()
    expect(stored?.incomplete).toBeUndefined()
    expect(items).toBeLessThan(150 * 1024)
    expect(objects.kept()).toHaveLength(1)
  })

  it('its head is what messages need, and asks no object store', async () => {
    await record(1, [large])
    const never = { get: () => Promise.reject(new Error('asked')) }
    const head = await storeWith({ reader: never }).head(large.id)
    expect(head?.truncated?.paths?.total).toBe(900)
    expect(head?.finding.paths.length).toBeGreaterThan(0)
    expect(head?.finding).toMatchObject({ targets: large.targets, remediation: large.remediation })
    const { items: listed } = await storeWith({ reader: never }).list({}, { limit: 5 })
    expect(listed.map(({ id }) => id)).toEqual([large.id])
    expect((await storeWith({ reader: never }).history(large.id, { limit: 5 })).items).toHaveLength(1)
  })

  it('seen again with the same content it needs no other object', async () => {
    await record(1, [large])
    await record(2, [large])
    expect(objects.keys()).toHaveLength(1)
    expect((await read())?.lastSeen).toBe(hour(2))
  })

  it('what it was before goes by itself, and what an open one is never does', async () => {
    await record(1, [large])
    await record(2, [larger])
    expect(objects.keys()).toHaveLength(2)
    objects.expire()
    expect(objects.keys()).toHaveLength(1)
    expect((await read())?.finding).toEqual(larger)
    await record(3, [small])
    objects.expire()
    expect(objects.keys()).toEqual([])
    expect((await read())?.finding).toEqual(small)
  })

  it('resolved, it can be read until its days are over; then it says what is gone', async () => {
    await record(1, [large])
    await record(2, [])
    expect(await read()).toMatchObject({ status: 'resolved', finding: large })
    expect(objects.kept()).toEqual([])
    objects.expire()
    const stored = await read()
    expect(stored?.incomplete).toMatch(
      /^s3:\/\/findings\/findings\/[0-9a-f]{32}\/[0-9a-f]{64}.json.gz is not there$/,
    )
    expect(stored?.truncated?.paths).toMatchObject({ total: 900 })
    await record(3, [large])
    expect((await read())?.finding).toEqual(large)
    expect(objects.kept()).toHaveLength(1)
  })

  it('what an audit that ran at the same time kept in the last moment goes with the next write', async () => {
    await record(1, [large])
    const [former = ''] = objects.keys()
    await record(2, [larger])
    await objects.keep(former)
    await record(3, [larger])
    expect(objects.kept()).toHaveLength(1)
    expect(objects.kept()).not.toContain(former)
  })

  it('suppressed, it is still whole', async () => {
    await record(1, [large])
    const suppressed = await storeWith().suppress(large.id, { until: hour(9), reason: 'known' })
    expect(suppressed?.finding).toEqual(large)
    expect((await storeWith().liftSuppression(large.id))?.finding).toEqual(large)
    expect((await read())?.finding).toEqual(large)
  })
})

describe('what cannot be read', () => {
  const key = () => objects.keys()[0] ?? ''
  const cutReading = async (options: Partial<StoreOptions> = {}) => {
    const stored = await read(options)
    expect(stored?.truncated?.paths?.total).toBe(900)
    expect(stored?.finding.rootCause).toEqual(large.rootCause)
    return stored?.incomplete
  }
  beforeEach(() => record(1, [large]))

  it.each([
    ['not compressed', Buffer.from('not gzip'), /could not be read: .*incorrect header check/],
    ['of another finding', gzipSync(JSON.stringify(small)), /its checksum is not that of what was stored/],
    ['far larger than it was', gzipSync(Buffer.alloc(20_000_000)), /could not be read: RangeError/],
    ['empty', new Uint8Array(), /could not be read/],
  ])('an object that is %s', async (_what, body, reason) => {
    objects.damage(key(), body)
    expect(await cutReading()).toMatch(reason)
  })

  it('an object that is gone is written again by the next audit that sees the same', async () => {
    objects.damage(key(), undefined)
    expect(await cutReading()).toMatch(/is not there$/)
    await record(2, [large])
    expect((await read())?.finding).toEqual(large)
    expect(objects.kept()).toHaveLength(1)
  })

  it('a refusal, no object store at all, and more than can be answered', async () => {
    const denied = Object.assign(new Error('not allowed'), { name: 'AccessDenied' })
    expect(await cutReading({ reader: { get: () => Promise.reject(denied) } })).toMatch(
      /could not be read: AccessDenied: not allowed$/,
    )
    const unconnected = dynamodbStore(table, { now })
    expect((await unconnected.get(large.id))?.incomplete).toMatch(/which cannot be read from here$/)
    expect(await cutReading({ mostBytes: 100_000 })).toMatch(/^all of it has \d+ bytes, at most 100000 can/)
  })
})

describe('what cannot be written', () => {
  const denied = Object.assign(new Error('no'), { name: 'AccessDenied' })
  const refusing = (): StoreOptions['objects'] => ({ ...objects, put: () => Promise.reject(denied) })

  it('is told all the same, says why it is not whole, and the next audit makes it so', async () => {
    const changes = await record(1, [large], { objects: refusing() })
    expect(changes.map(({ kind }) => kind)).toEqual(['opened'])
    expect(problems).toEqual(['no'])
    const stored = await read()
    expect(stored?.incomplete).toBe('it could not be written to s3://findings: AccessDenied: no')
    expect(stored?.truncated?.paths?.total).toBe(900)
    expect(await record(2, [large])).toEqual([])
    expect((await read())?.finding).toEqual(large)
    expect((await read())?.incomplete).toBeUndefined()
  })

  it('an object whose last days could not begin gets them later', async () => {
    await record(1, [large])
    await record(2, [small], { objects: refusing() })
    expect(objects.kept()).toHaveLength(1)
    await record(3, [small])
    expect(objects.kept()).toEqual([])
  })

  it('so does one whose finding was resolved meanwhile', async () => {
    await record(1, [large])
    await record(2, [small], { objects: refusing() })
    await record(3, [], { objects: refusing() })
    expect(objects.kept()).toHaveLength(1)
    expect(await record(4, [])).toEqual([])
    expect(objects.kept()).toEqual([])
    expect(await read()).toMatchObject({ status: 'resolved', resolvedAt: hour(3), version: 2 })
    expect((await read())?.toRetire).toBeUndefined()
  })

  it('an object that cannot be kept keeps nothing from being told, and the next audit keeps it', async () => {
    const failing = { ...objects, keep: () => Promise.reject(denied) }
    expect(await record(1, [large], { objects: failing })).toHaveLength(1)
    expect(problems).toEqual(['no'])
    expect(objects.kept()).toEqual([])
    await record(2, [large])
    expect(objects.kept()).toHaveLength(1)
  })
})
