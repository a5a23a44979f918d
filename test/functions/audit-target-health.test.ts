import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createHandler, handler } from '../../functions/audit-target-health.ts'
import type { AuditPorts } from '../../shared/auditing/audit-subject.ts'
import { dynamodbHandledEvents } from '../../shared/findings/dynamodb-events.ts'
import { dynamodbPathObjects } from '../../shared/findings/dynamodb-path-objects.ts'
import { dynamodbStore } from '../../shared/findings/dynamodb-store.ts'
import type { Snapshot } from '../../shared/snapshot/types.ts'
import {
  alarmEvent,
  ovenArn,
  scheduledTick,
  targetHealthEvent,
  taskStopped,
} from '../shared/events/bakery-events.ts'
import { auditOf, checkoutFinding, groupArn, targetGroup } from '../shared/findings/checkout.ts'
import { embeddedTables } from '../shared/findings/embedded-table.ts'
import { captureMetrics, context, sqsEvent } from './lambda.ts'

const newTable = embeddedTables()
let printed: () => Record<string, unknown>[]

beforeEach(() => {
  printed = captureMetrics()
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** Every target group has the same trouble; `asked` are the groups that AWS was asked about. */
async function bakery(collectFails: (arn: string) => boolean = () => false) {
  const table = await newTable()
  const now = () => new Date('2026-11-20T03:13:00Z')
  const asked: string[] = []
  let minute = 13
  const ports: AuditPorts = {
    collect: async ({ targetGroups: [arn = ''] }) => {
      asked.push(arn)
      if (collectFails(arn)) throw new Error('Rate exceeded')
      minute += 1
      return { schemaVersion: '1', collectedAt: `2026-11-20T03:${minute}:00Z`, scopes: [] } satisfies Snapshot
    },
    audit: (_snapshot, { targetGroups: [arn = ''] }) => {
      const subject = { ...targetGroup(arn.split('/')[1] ?? ''), arn }
      return auditOf([checkoutFinding({ subject })], true, subject)
    },
    objectsOf: () => [],
    pathObjects: dynamodbPathObjects(table, now),
    lastChange: async () => undefined,
    store: dynamodbStore(table, { now }),
    handled: dynamodbHandledEvents(table, now),
    now,
  }
  const run = (...bodies: unknown[]) => createHandler(ports)(sqsEvent(bodies), context)
  const open = async () => (await ports.store.list({ status: 'open' }, { limit: 50 })).items
  return { run, asked, open, store: ports.store }
}

describe('audit-target-health', () => {
  it('several messages about one group are one audit, told once', async () => {
    const { run, asked, open } = await bakery()
    const events = [
      targetHealthEvent(),
      targetHealthEvent('2026-11-20T03:12:45Z'),
      alarmEvent,
      targetHealthEvent(),
    ]
    expect(await run(...events)).toEqual({ batchItemFailures: [] })
    expect(asked).toEqual([ovenArn])
    expect((await open()).map(({ subjectArn, occurrences }) => [subjectArn, occurrences])).toEqual([
      [ovenArn, 1],
    ])
  })

  it('five hundred targets of twenty groups are twenty audits', async () => {
    const { run, asked } = await bakery()
    const groups = Array.from({ length: 20 }, (_, n) => groupArn(`shop-${n}`))
    const events = Array.from({ length: 500 }, (_, n) =>
      targetHealthEvent(`2026-11-20T03:12:${10 + (n % 50)}Z`, groups[n % 20]),
    )
    expect(await run(...events)).toEqual({ batchItemFailures: [] })
    expect(new Set(asked)).toEqual(new Set(groups))
    expect(asked).toHaveLength(20)
  }, 20_000)

  it('an event that was handled is not audited again', async () => {
    const { run, asked } = await bakery()
    await run(targetHealthEvent())
    expect(await run(targetHealthEvent())).toEqual({ batchItemFailures: [] })
    expect(asked).toHaveLength(1)
  })

  it('only the messages that failed come back; the next attempt takes them up', async () => {
    const till = groupArn('till')
    let down = true
    const { run, open } = await bakery((arn) => down && arn === till)
    const events = [
      targetHealthEvent(),
      targetHealthEvent('2026-11-20T03:12:30Z', till),
      'not JSON',
      scheduledTick,
      taskStopped,
    ]
    const { batchItemFailures } = (await run(...events)) ?? {}
    expect(batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier).sort()).toEqual([
      'message-1',
      'message-2',
      'message-3',
      'message-4',
    ])
    down = false
    expect(await run(events[1])).toEqual({ batchItemFailures: [] })
    expect((await open()).map(({ subjectArn }) => subjectArn).sort()).toEqual([ovenArn, till].sort())
  })

  it('a batch that fails as a whole is reported message by message', async () => {
    const { run } = await bakery(() => true)
    expect(await run(targetHealthEvent())).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-0' }] })
  })

  it('a replayed event is remembered as such and does not share an audit with a live one', async () => {
    const { run, asked, store, open } = await bakery()
    await run({ ...targetHealthEvent(), 'replay-name': 'november' })
    const [finding] = await open()
    expect((await store.get(finding?.id ?? ''))?.replayed).toBe(true)
    await run(
      { ...targetHealthEvent('2026-11-20T03:12:40Z'), 'replay-name': 'november' },
      targetHealthEvent('2026-11-20T03:12:50Z'),
    )
    expect(asked).toHaveLength(3)
  })

  it('counts events, audits, what was not decided, and how long it took', async () => {
    const { run } = await bakery()
    await run(targetHealthEvent(), alarmEvent)
    expect(printed()).toMatchObject([
      {
        Events: 2,
        Audits: 1,
        UnknownShare: 0,
        FindingChanges: 1,
        AuditDuration: 0,
        service: 'audit-target-health',
      },
    ])
  })

  it('a deployment without its settings fails with one clear sentence', () => {
    expect(() => handler(sqsEvent([]), context)).toThrow('environment variable FINDINGS_TABLE is not set')
  })
})
