import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createHandler } from '../../functions/watch-target-health.ts'
import type { TargetHealthChangedDetail } from '../../shared/events/target-health-changed.ts'
import type { WatchPorts } from '../../shared/events/watch.ts'
import { dynamodbKnownHealth } from '../../shared/findings/dynamodb-events.ts'
import type { Place } from '../../shared/snapshot/types.ts'
import { ovenArn, scheduledTick, taskStopped } from '../shared/events/bakery-events.ts'
import { embeddedTables } from '../shared/findings/embedded-table.ts'
import { captureMetrics, context } from './lambda.ts'

const newTable = embeddedTables()
let printed: () => Record<string, unknown>[]

beforeEach(() => {
  printed = captureMetrics()
})
afterEach(() => {
  vi.restoreAllMocks()
})

async function watcher() {
  const table = await newTable()
  const published: TargetHealthChangedDetail[] = []
  const state = { health: 'healthy', clock: Date.parse('2026-11-20T03:00:00Z') }
  const now = () => new Date(state.clock)
  const places: Place[] = []
  const ports: WatchPorts = {
    source: {
      groups: async () => [{ targetGroupArn: ovenArn, loadBalancerArns: ['arn:alb'] }],
      targets: async () => [{ targetId: '10.0.1.15', port: 8000, state: state.health, reason: undefined }],
    },
    known: dynamodbKnownHealth(table, now),
    bus: {
      publish: async (events) => {
        published.push(...events)
        return []
      },
    },
    now,
    wait: async () => {},
  }
  const watch = createHandler((place) => {
    places.push(place)
    return ports
  })
  return { watch, published, state, places }
}

describe('watch-target-health', () => {
  it('remembers from one run to the next, and tells what changed in between', async () => {
    const { watch, published, state } = await watcher()
    await watch(scheduledTick, context)
    state.clock += 60_000
    state.health = 'unhealthy'
    await watch(scheduledTick, context)
    state.clock += 60_000
    await watch(scheduledTick, context)
    expect(published).toMatchObject([
      {
        targetGroupArn: ovenArn,
        observedAt: '2026-11-20T03:01:00.000Z',
        changes: [
          { targetId: '10.0.1.15', port: 8000, from: { state: 'healthy' }, to: { state: 'unhealthy' } },
        ],
      },
    ])
  })

  it('asks in the account and Region of the event: a hub has a schedule for each of its members', async () => {
    const { watch, places } = await watcher()
    await watch({ ...scheduledTick, account: '999988887777', region: 'eu-west-3' }, context)
    expect(places).toEqual([{ accountId: '999988887777', region: 'eu-west-3' }])
  })

  it('says in a metric how old its oldest answer is', async () => {
    const { watch } = await watcher()
    await watch(scheduledTick, context)
    expect(printed()).toMatchObject([
      {
        OldestAnswerAge: 0,
        TargetGroupsAsked: 1,
        Events: 0,
        WatchFailures: 0,
        service: 'watch-target-health',
      },
    ])
  })

  it('refuses what is not an event that it knows', async () => {
    const { watch } = await watcher()
    await expect(
      watch({ ...taskStopped, 'detail-type': 'ECS Container Instance State Change' }, context),
    ).rejects.toThrow('not a kind')
  })
})
