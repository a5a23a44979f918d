import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { mockClient } from 'aws-sdk-client-mock'
import { describe, expect, it } from 'vitest'
import { eventBridgeBus } from '../../../shared/events/eventbridge-bus.ts'
import { parseTrigger } from '../../../shared/events/index.ts'
import { findingStillOpen, targetHealthEvent } from './bakery-events.ts'

const { detail } = targetHealthEvent()

function bus(refuse: (entry: number) => boolean = () => false) {
  const mock = mockClient(EventBridgeClient)
  mock.on(PutEventsCommand).callsFake(({ Entries }) => ({
    Entries: Entries.map((_: unknown, n: number) =>
      refuse(n) ? { ErrorCode: 'ThrottlingException' } : { EventId: `e${n}` },
    ),
  }))
  const requests = () => mock.commandCalls(PutEventsCommand).map(({ args }) => args[0].input.Entries ?? [])
  return { bus: eventBridgeBus(new EventBridgeClient({ region: 'local' }), 'hca'), requests }
}

describe('putting events on our bus', () => {
  it('at most ten entries a request', async () => {
    const { bus: own, requests } = bus()
    expect(await own.publish(Array.from({ length: 23 }, () => detail))).toEqual([])
    expect(requests().map((entries) => entries.length)).toEqual([10, 10, 3])
  })

  it('at most 256 KB a request', async () => {
    const change = detail.changes[0]
    const big = {
      ...detail,
      changes: Array.from({ length: 500 }, () => ({
        ...change,
        targetId: 'x'.repeat(60),
        from: { state: 'healthy' },
        to: { state: 'unhealthy' },
      })),
    }
    const { bus: own, requests } = bus()
    await own.publish(Array.from({ length: 8 }, () => big))
    expect(requests().length).toBeGreaterThan(1)
    for (const entries of requests())
      expect(Buffer.byteLength(JSON.stringify(entries))).toBeLessThan(256 * 1024)
  })

  it('says which entries were not taken', async () => {
    const other = { ...detail, observedAt: '2026-11-20T04:00:00Z' }
    const { bus: own } = bus((entry) => entry === 1)
    expect(await own.publish([detail, other])).toEqual([other])
  })

  it('what is put can be read as a trigger', async () => {
    const { bus: own, requests } = bus()
    await own.publish([detail])
    const entry = requests()[0]?.[0]
    expect(entry).toMatchObject({ EventBusName: 'hca', Resources: [detail.targetGroupArn] })
    const event = {
      ...targetHealthEvent(),
      source: entry?.Source,
      'detail-type': entry?.DetailType,
      detail: JSON.parse(entry?.Detail ?? ''),
    }
    expect(parseTrigger(event)).toMatchObject({
      kind: 'target-health',
      targetGroupArn: detail.targetGroupArn,
    })
  })

  it('a finding that stays open is another kind of event', async () => {
    const { bus: own, requests } = bus()
    const still = findingStillOpen('arn:aws:ecs:ap-northeast-1:111122223333:service/bakery/oven')
    await own.publish([still.detail])
    const entry = requests()[0]?.[0]
    expect(entry).toMatchObject({ DetailType: 'Finding Still Open', Resources: still.resources })
    expect(parseTrigger({ ...still, detail: JSON.parse(entry?.Detail ?? '') })).toMatchObject({
      kind: 'ecs-service',
      serviceArn: still.detail.subjectArn,
    })
  })
})
