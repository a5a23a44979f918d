/** A burst of new findings: some are told one by one, the rest in one message, and each end is told. */
import { describe, expect, it } from 'vitest'
import { dynamodbDeliveryLog } from '../../../shared/findings/dynamodb-delivery-log.ts'
import type { Severity } from '../../../shared/findings/finding.ts'
import type { ItemTable } from '../../../shared/findings/item-table.ts'
import type { FindingRecord } from '../../../shared/findings/record.ts'
import type { Channel } from '../../../shared/notifications/channel.ts'
import { deliver } from '../../../shared/notifications/deliver.ts'
import type { DeliverPorts } from '../../../shared/notifications/ports.ts'
import { checkoutFinding, targetGroup } from '../findings/checkout.ts'
import { embeddedTables } from '../findings/embedded-table.ts'
import { recordOf } from './records.ts'

const newTable = embeddedTables()

class Crash extends Error {}

const bakery = (count: number, severity: Severity = 'high'): readonly FindingRecord[] =>
  Array.from({ length: count }, (_, n) =>
    recordOf(checkoutFinding({ subject: targetGroup(`oven-${n}`), severity })),
  )

const resolved = (record: FindingRecord): FindingRecord => ({
  ...record,
  status: 'resolved',
  changeKind: 'resolved',
  resolvedAt: '2026-11-20T04:00:00.000Z',
  version: record.version + 1,
})

async function office({ maxSingly = 3, digests = true } = {}) {
  const table = await newTable()
  const told: string[] = []
  const digested: string[][] = []
  const clock = { now: Date.parse('2026-11-20T05:00:00Z') }
  const state = { stepsLeft: Number.POSITIVE_INFINITY, broken: false, owners: 0 }
  const step = () => {
    if (state.stepsLeft <= 0) throw new Crash('the process died')
    state.stepsLeft -= 1
  }
  const mortal: ItemTable = {
    ...table,
    put: async (item, condition) => {
      step()
      return table.put(item, condition)
    },
  }
  const channel: Channel = {
    name: 'chat',
    publish: async ({ kind, subject }, { reference }) => {
      step()
      told.push([kind, subject.name, reference].filter(Boolean).join(' '))
      return `thread of ${subject.name}`
    },
    ...(digests && {
      publishDigest: async ({ causes }) => {
        step()
        if (state.broken) throw new Error('503 Service Unavailable')
        digested.push(causes.flatMap(({ findings }) => findings.map(({ findingId }) => findingId)))
        return 'thread of the digest'
      },
    }),
  }
  const ports: DeliverPorts = {
    channels: [channel],
    log: dynamodbDeliveryLog(mortal),
    now: () => new Date(clock.now),
    newId: () => {
      state.owners += 1
      return `run-${state.owners}`
    },
    maxSingly,
  }
  return { ports, told, digested, clock, state }
}

const ids = (records: readonly FindingRecord[]) => records.map(({ finding }) => finding.id)
const all = (count: number, result: unknown) => Array.from({ length: count }, () => result)

describe('more new findings than are told one by one', () => {
  it('the rest is one digest, and nobody is told again', async () => {
    const { ports, told, digested } = await office()
    const records = bakery(8)
    expect(await deliver(ports, records)).toEqual(all(8, ['told']))
    expect(told).toEqual(['opened oven-0', 'opened oven-1', 'opened oven-2'])
    expect(digested).toEqual([ids(records.slice(3))])
    expect(await deliver(ports, records)).toEqual(all(8, ['nothing-to-tell']))
    expect(digested).toHaveLength(1)
  })

  it.each([3, 4])('%d make no digest: one of a single finding would spare nothing', async (count) => {
    const { ports, told, digested } = await office()
    await deliver(ports, bakery(count))
    expect(told).toHaveLength(count)
    expect(digested).toEqual([])
  })

  it('by default ten are told one by one', async () => {
    const { ports, told, digested } = await office()
    const { maxSingly: _, ...usual } = ports
    await deliver(usual, bakery(14))
    expect([told.length, digested[0]?.length]).toEqual([10, 4])
  })

  it('the end of each is told, with what the channel keeps of the digest or of its own message', async () => {
    const { ports, told } = await office()
    const records = bakery(5)
    await deliver(ports, records)
    told.length = 0
    await deliver(ports, records.map(resolved))
    expect(told).toEqual([
      'resolved oven-0 thread of oven-0',
      'resolved oven-1 thread of oven-1',
      'resolved oven-2 thread of oven-2',
      'resolved oven-3 thread of the digest',
      'resolved oven-4 thread of the digest',
    ])
  })

  it('the worst are told one by one', async () => {
    const { ports, told, digested } = await office({ maxSingly: 1 })
    const [first, second, third] = bakery(3)
    const critical = third && { ...third, finding: { ...third.finding, severity: 'critical' as const } }
    await deliver(
      ports,
      [first, second, critical].flatMap((record) => record ?? []),
    )
    expect(told).toEqual(['opened oven-2'])
    expect(digested[0]).toHaveLength(2)
  })

  it('only what there is to tell counts: nothing replayed, suppressed or known', async () => {
    const { ports, told, digested } = await office()
    const [known, replayed, suppressed, informed, ...news] = bakery(7)
    if (!known || !replayed || !suppressed || !informed) throw new Error('seven were ordered')
    await deliver(ports, [known])
    const suppression = { until: '2026-11-21T00:00:00.000Z', reason: 'moves on Monday' }
    await deliver(ports, [
      known,
      { ...replayed, replayed: true },
      { ...suppressed, suppression },
      { ...informed, finding: { ...informed.finding, severity: 'info' } },
      ...news,
    ])
    expect(told).toEqual(['opened oven-0', 'opened oven-4', 'opened oven-5', 'opened oven-6'])
    expect(digested).toEqual([])
  })

  it('what opened and ended within the batch is not told', async () => {
    const { ports, told, digested } = await office()
    const records = bakery(6)
    const results = await deliver(ports, [...records, ...records.slice(1).map(resolved)])
    expect(told).toEqual(['opened oven-0'])
    expect(digested).toEqual([])
    expect(results).toEqual([['told'], ...all(10, ['nothing-to-tell'])])
  })

  it('a channel without digests is told one by one', async () => {
    const { ports, told } = await office({ digests: false })
    await deliver(ports, bakery(8))
    expect(told).toHaveLength(8)
  })

  it('a digest that fails is tried again at once', async () => {
    const { ports, digested, state } = await office()
    const records = bakery(6)
    state.broken = true
    const results = await deliver(ports, records)
    expect(results.slice(0, 3)).toEqual(all(3, ['told']))
    for (const result of results.slice(3))
      expect((result as Error).message).toContain('channel chat: 503 Service Unavailable')
    state.broken = false
    await deliver(ports, bakery(8))
    expect(digested).toEqual([ids(bakery(8).slice(6))])
  })

  it('two runs at once tell each finding once', async () => {
    const { ports, told, digested } = await office()
    const records = bakery(8)
    await Promise.all([deliver(ports, records), deliver(ports, records)])
    await deliver(ports, records)
    const names = [...told.map((line) => line.split(' ')[1]), ...digested.flat()]
    expect(names).toHaveLength(8)
    expect(new Set(names).size).toBe(8)
  })
})

describe('a process that dies in a digest', () => {
  // One singly: claim, publish, settle. Three together: claim each, publish, settle each.
  it.each(Array.from({ length: 11 }, (_, steps) => steps))(
    'after step %d: everybody is told, and twice only what was told and not yet settled',
    async (steps) => {
      const { ports, told, digested, clock, state } = await office({ maxSingly: 1 })
      const records = bakery(4)
      state.stepsLeft = steps
      const first = await deliver(ports, records)
      expect(first.some((result) => result instanceof Error)).toBe(steps < 10)
      state.stepsLeft = Number.POSITIVE_INFINITY
      clock.now += 61_000
      const second = await deliver(ports, records)
      expect(second.filter((result) => result instanceof Error)).toEqual([])
      expect(await deliver(ports, records)).toEqual(all(4, ['nothing-to-tell']))
      const total = told.length + digested.flat().length
      // The first is told twice after step 2; of the three, those that were not settled between steps 7 and 9.
      expect(total).toBe(4 + ({ 2: 1, 7: 3, 8: 2, 9: 1 }[steps] ?? 0))
    },
  )
})

describe('a run with no time left', () => {
  it('tells nobody, and everything comes again', async () => {
    const { ports, told, digested, clock } = await office()
    const records = bakery(6)
    const results = await deliver(ports, records, clock.now)
    for (const result of results) expect((result as Error).message).toContain('this run has no time left')
    expect([...told, ...digested]).toEqual([])
    await deliver(ports, records, clock.now + 1)
    expect([told.length, digested[0]?.length]).toEqual([3, 3])
  })
})
