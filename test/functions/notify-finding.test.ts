import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createHandler } from '../../functions/notify-finding.ts'
import { dynamodbDeliveryLog } from '../../shared/findings/dynamodb-delivery-log.ts'
import { toItem } from '../../shared/findings/item.ts'
import type { FindingRecord } from '../../shared/findings/record.ts'
import { checkoutFinding, targetGroup } from '../shared/findings/checkout.ts'
import { embeddedTables } from '../shared/findings/embedded-table.ts'
import { recordOf } from '../shared/notifications/records.ts'
import { captureMetrics, context, streamEvent } from './lambda.ts'

const newTable = embeddedTables()
let printed: () => Record<string, unknown>[]

beforeEach(() => {
  printed = captureMetrics()
})
afterEach(() => {
  vi.restoreAllMocks()
})

async function notifier() {
  const told: string[] = []
  const digests: number[] = []
  const broken = new Set<string>()
  const notify = createHandler({
    channels: [
      {
        name: 'pager',
        publish: async ({ kind, subject }) => {
          if (broken.has(subject.name)) throw new Error('503 Service Unavailable')
          told.push(`${subject.name} ${kind}`)
          return undefined
        },
        publishDigest: async ({ count }) => {
          digests.push(count)
          return undefined
        },
      },
    ],
    log: dynamodbDeliveryLog(await newTable()),
    now: () => new Date('2026-11-20T05:00:00Z'),
    newId: () => 'run-1',
  })
  return { notify, told, broken, digests }
}

const item = (record: FindingRecord) => toItem({ record, revision: record.version })
const opened = (name: string) => recordOf(checkoutFinding({ subject: targetGroup(name) }))
const resolved = (name: string): FindingRecord => ({
  ...opened(name),
  status: 'resolved',
  changeKind: 'resolved',
  resolvedAt: '2026-11-20T04:00:00.000Z',
  version: 2,
})

describe('notify-finding', () => {
  it('tells the versions of a finding in order, and items of other kinds to nobody', async () => {
    const { notify, told } = await notifier()
    const audit = { pk: 'SUBJECT#x', sk: 'AUDIT', entity: 'audit', order: 'o' }
    const removed = { eventName: 'REMOVE' as const, dynamodb: { SequenceNumber: '9' } }
    const event = streamEvent([audit, item(opened('oven')), item(resolved('oven'))])
    const response = await notify({ Records: [...event.Records, removed] }, context)
    expect(response).toEqual({ batchItemFailures: [] })
    expect(told).toEqual(['oven opened', 'oven resolved'])
  })

  it('the record that failed comes back by its sequence number, the others are told', async () => {
    const { notify, told, broken } = await notifier()
    broken.add('till')
    const event = streamEvent([item(opened('oven')), item(opened('till')), item(opened('shelf'))])
    expect(await notify(event, context)).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] })
    broken.clear()
    expect(await notify(event, context)).toEqual({ batchItemFailures: [] })
    expect(told).toEqual(['oven opened', 'shelf opened', 'till opened'])
  })

  it('an item that says to be a finding and is none fails alone', async () => {
    const { notify, told } = await notifier()
    const event = streamEvent([{ pk: 'a', sk: 'b', entity: 'finding' }, item(opened('oven'))])
    expect(await notify(event, context)).toEqual({ batchItemFailures: [{ itemIdentifier: '0' }] })
    expect(told).toEqual(['oven opened'])
  })

  it('a burst is ten messages and a digest, and each record is accounted for', async () => {
    const { notify, told, digests } = await notifier()
    const event = streamEvent(Array.from({ length: 40 }, (_, n) => item(opened(`oven-${n}`))))
    expect(await notify(event, context)).toEqual({ batchItemFailures: [] })
    expect([told.length, digests]).toEqual([10, [30]])
    expect(printed()).toMatchObject([{ Changes: 40, NotificationsSent: 40 }])
  })

  it('what there is no time left for comes back', async () => {
    const { notify, told } = await notifier()
    const event = streamEvent([item(opened('oven')), item(opened('till'))])
    const late = { ...context, getRemainingTimeInMillis: () => 2_000 }
    const response = await notify(event, late)
    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: '0' }, { itemIdentifier: '1' }] })
    expect(told).toEqual([])
  })

  it('counts what was sent and what failed', async () => {
    const { notify, broken } = await notifier()
    broken.add('till')
    await notify(streamEvent([item(opened('oven')), item(opened('till'))]), context)
    expect(printed()).toMatchObject([
      { Changes: 2, NotificationsSent: 1, NotificationsFailed: 1, service: 'notify-finding' },
    ])
  })
})
