import { describe, expect, it } from 'vitest'
import { dynamodbDeliveryLog } from '../../../shared/findings/dynamodb-delivery-log.ts'
import type { ItemTable } from '../../../shared/findings/item-table.ts'
import type { FindingRecord } from '../../../shared/findings/record.ts'
import type { Channel } from '../../../shared/notifications/channel.ts'
import { deliver as deliverAll } from '../../../shared/notifications/deliver.ts'
import type { DeliverPorts } from '../../../shared/notifications/ports.ts'
import { checkout, checkoutFinding, targetGroup } from '../findings/checkout.ts'
import { embeddedTables } from '../findings/embedded-table.ts'
import { recordOf } from './records.ts'

const newTable = embeddedTables()
let groups = 0

/** One change; its failure is thrown. */
async function deliver(ports: DeliverPorts, record: FindingRecord) {
  const [result] = await deliverAll(ports, [record])
  if (result instanceof Error) throw result
  return result
}

/** A finding of its own for each test, so that they can share a table. */
function newRecord(changes: Partial<FindingRecord> = {}): FindingRecord {
  groups += 1
  return { ...recordOf(checkoutFinding({ subject: targetGroup(`${checkout.name}-${groups}`) })), ...changes }
}

const resolved = (record: FindingRecord): FindingRecord => ({
  ...record,
  status: 'resolved',
  changeKind: 'resolved',
  resolvedAt: '2026-11-20T04:00:00.000Z',
  version: record.version + 1,
})

class Crash extends Error {}

/** Channels that remember what they were told, and a process that dies at its nth step. */
async function office(channelNames: readonly string[] = ['pager']) {
  const table = await newTable()
  const told: string[] = []
  const ids: string[] = []
  const clock = { now: Date.parse('2026-11-20T05:00:00Z') }
  let stepsLeft = Number.POSITIVE_INFINITY
  let owners = 0
  const dieAfter = (steps: number) => {
    stepsLeft = steps
  }
  const step = () => {
    if (stepsLeft <= 0) throw new Crash('the process died')
    stepsLeft -= 1
  }
  const mortal: ItemTable = {
    ...table,
    get: async (key) => {
      step()
      return table.get(key)
    },
    put: async (item, condition) => {
      step()
      return table.put(item, condition)
    },
  }
  const channel = (name: string): Channel => ({
    name,
    publish: async ({ kind }, { deduplicationId }) => {
      step()
      told.push(`${name}: ${kind}`)
      ids.push(deduplicationId)
      return undefined
    },
  })
  const ports: DeliverPorts = {
    channels: channelNames.map(channel),
    log: dynamodbDeliveryLog(mortal),
    now: () => new Date(clock.now),
    newId: () => {
      owners += 1
      return `run-${owners}`
    },
  }
  return { ports, told, ids, clock, dieAfter }
}

describe('telling people', () => {
  it('each version once per channel, however often it is delivered', async () => {
    const { ports, told } = await office(['pager', 'chat'])
    const record = newRecord()
    expect(await deliver(ports, record)).toEqual(['told', 'told'])
    expect(await deliver(ports, record)).toEqual(['nothing-to-tell', 'nothing-to-tell'])
    await deliver(ports, resolved(record))
    await deliver(ports, record)
    expect(told).toEqual(['pager: opened', 'chat: opened', 'pager: resolved', 'chat: resolved'])
  })

  it('ten runs at once tell once; those that come in between try again', async () => {
    const { ports, told } = await office()
    const record = newRecord()
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => deliver(ports, record)))
    expect(told).toEqual(['pager: opened'])
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason.message).toContain('being told by another run')
    expect(await deliver(ports, record)).toEqual(['nothing-to-tell'])
  })

  it('nothing while it is suppressed, and then what is still open', async () => {
    const { ports, told, clock } = await office()
    const suppression = { until: '2026-11-20T06:00:00.000Z', reason: 'moves on Monday' }
    const record = newRecord({ suppression })
    await deliver(ports, record)
    expect(told).toEqual([])
    clock.now = Date.parse('2026-11-20T06:00:01Z')
    await deliver(ports, { ...record, changeKind: 'changed', version: 2 })
    expect(told).toEqual(['pager: opened'])
  })

  it('nothing of a replayed event; the live one after it is told', async () => {
    const { ports, told } = await office()
    const record = newRecord({ replayed: true })
    await deliver(ports, record)
    expect(told).toEqual([])
    await deliver(ports, { ...record, replayed: false })
    expect(told).toEqual(['pager: opened'])
  })

  it('an end is told only to those who heard of the beginning', async () => {
    const { ports, told } = await office()
    await deliver(ports, resolved(newRecord()))
    expect(told).toEqual([])
  })

  it('mere information is not told, what is undetermined is', async () => {
    const { ports, told } = await office()
    const quiet = newRecord()
    await deliver(ports, { ...quiet, finding: { ...quiet.finding, severity: 'info' } })
    expect(told).toEqual([])
    const open = newRecord()
    const rootCause = { ...open.finding.rootCause, code: 'undetermined' }
    await deliver(ports, { ...open, finding: { ...open.finding, severity: 'medium', rootCause } })
    expect(told).toEqual(['pager: opened'])
  })

  it('a channel that fails is tried again at once, and does not keep the others from being told', async () => {
    const { ports, told } = await office(['pager'])
    let down = true
    const chat: Channel = {
      name: 'chat',
      publish: async () => {
        if (down) throw new Error('503 Service Unavailable')
        told.push('chat: opened')
        return undefined
      },
    }
    const both = { ...ports, channels: [chat, ...ports.channels] }
    const record = newRecord()
    await expect(deliver(both, record)).rejects.toThrow('channel chat: 503 Service Unavailable')
    expect(told).toEqual(['pager: opened'])
    down = false
    expect(await deliver(both, record)).toEqual(['told', 'nothing-to-tell'])
    expect(told).toEqual(['pager: opened', 'chat: opened'])
  })
})

describe('a process that dies between two steps', () => {
  // read, claim, publish, settle
  it.each([0, 1, 2, 3, 4])('after step %d: the next run tells what was not told', async (steps) => {
    const { ports, told, ids, clock, dieAfter } = await office()
    const record = newRecord()
    dieAfter(steps)
    const died = await deliver(ports, record).then(
      () => false,
      () => true,
    )
    expect(died).toBe(steps < 4)
    dieAfter(Number.POSITIVE_INFINITY)
    clock.now += 61_000
    await deliver(ports, record)
    await deliver(ports, record)
    // Only a death between publishing and settling can tell twice, and then under the same deduplication id.
    expect(told).toHaveLength(steps === 3 ? 2 : 1)
    expect(new Set(ids).size).toBe(1)
  })

  it('while its lease runs, nobody else tells', async () => {
    const { ports, told, dieAfter } = await office()
    const record = newRecord()
    dieAfter(2)
    await expect(deliver(ports, record)).rejects.toThrow('the process died')
    dieAfter(Number.POSITIVE_INFINITY)
    await expect(deliver(ports, record)).rejects.toThrow('being told by another run')
    expect(told).toEqual([])
  })
})
