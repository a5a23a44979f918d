import { describe, expect, it } from 'vitest'
import type { TargetHealth } from '../../../shared/events/target-health-changes.ts'
import type { OpenSubject } from '../../../shared/events/still-open.ts'
import {
  type KnownHealth,
  type WatchDetail,
  type WatchPorts,
  watchTargetHealth,
} from '../../../shared/events/watch.ts'
import { groupArn } from '../findings/checkout.ts'

const well: TargetHealth = { targetId: '10.0.1.15', port: 8000, state: 'healthy' }
const sick: TargetHealth = { ...well, state: 'unhealthy', reason: 'Target.Timeout' }

/** ELBv2 with these groups; asking takes 100 ms, and waiting moves the clock. */
function bakery(answers: Record<string, readonly TargetHealth[] | Error>) {
  const state = {
    clock: Date.parse('2026-11-20T03:00:00Z'),
    asked: [] as string[],
    askedAt: [] as number[],
    published: [] as WatchDetail[],
    open: [] as OpenSubject[] | Error,
    known: new Map<string, KnownHealth>(),
    answers,
    busIsDown: false,
  }
  const ports: WatchPorts = {
    source: {
      groups: async () =>
        Object.keys(state.answers).map((name) => ({
          targetGroupArn: groupArn(name),
          loadBalancerArns: ['arn:alb'],
        })),
      targets: async (arn) => {
        const name = arn.split('/')[1] ?? ''
        state.asked.push(name)
        state.askedAt.push(state.clock)
        state.clock += 100
        const answer = state.answers[name] ?? []
        if (answer instanceof Error) throw answer
        return answer
      },
    },
    openSubjects: async () => {
      if (state.open instanceof Error) throw state.open
      return state.open
    },
    known: { all: async () => state.known, keep: async (arn, known) => void state.known.set(arn, known) },
    bus: {
      publish: async (events) => {
        if (state.busIsDown) return events
        state.published.push(...events)
        return []
      },
    },
    now: () => new Date(state.clock),
    wait: async (milliseconds) => {
      state.clock += milliseconds
    },
  }
  /** Of which group, service or task each event spoke, and how many changes it told. */
  const told = () =>
    state.published.map((event) =>
      'subjectArn' in event
        ? event.subjectArn
        : `${event.targetGroupArn.split('/')[1]} ${event.changes.length}`,
    )
  return { state, ports, told }
}

describe('watching target health', () => {
  it('tells a change once, with both states', async () => {
    const { state, ports } = bakery({ oven: [well], till: [well] })
    expect(await watchTargetHealth(ports)).toMatchObject({ groups: 2, asked: 2, events: 2, failures: [] })
    state.answers.oven = [sick]
    await watchTargetHealth(ports)
    await watchTargetHealth(ports)
    expect(state.published).toHaveLength(3)
    expect(state.published[2]).toMatchObject({
      account: '111122223333',
      region: 'ap-northeast-1',
      targetGroupArn: groupArn('oven'),
      changes: [{ from: { state: 'healthy' }, to: { state: 'unhealthy', reason: 'Target.Timeout' } }],
    })
  })

  it('asks at most five times a second', async () => {
    const groups = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`shop-${n}`, [well]]))
    const { state, ports } = bakery(groups)
    await watchTargetHealth(ports)
    for (let n = 5; n < state.askedAt.length; n += 1)
      expect((state.askedAt[n] ?? 0) - (state.askedAt[n - 5] ?? 0)).toBeGreaterThanOrEqual(1000)
  })

  it('a run that has no time left goes on with the oldest answers next time, and says how old they are', async () => {
    const { state, ports } = bakery(
      Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [name, [well]])),
    )
    const first = await watchTargetHealth(ports, { seconds: 0.7 })
    expect(state.asked).toEqual(['a', 'b', 'c'])
    expect(first.oldestAnswerSeconds).toBe(86_400)
    state.clock += 60_000
    const second = await watchTargetHealth(ports, { seconds: 0.7 })
    expect(state.asked.slice(3)).toEqual(['d', 'e', 'a'])
    expect(second.oldestAnswerSeconds).toBeGreaterThan(60)
    expect(second.oldestAnswerSeconds).toBeLessThan(63)
  })

  it('what the bus did not take is told by the next run', async () => {
    const { state, ports } = bakery({ oven: [sick] })
    state.busIsDown = true
    const failed = await watchTargetHealth(ports)
    expect(failed.failures[0]).toContain('did not take 1 of 1 events')
    state.busIsDown = false
    await watchTargetHealth(ports)
    expect(state.published).toHaveLength(1)
  })

  it('a group that does not answer does not keep the others from being asked', async () => {
    const { ports, told } = bakery({ oven: new Error('Rate exceeded'), till: [sick] })
    const summary = await watchTargetHealth(ports)
    expect(summary.failures).toEqual([`${groupArn('oven')}: Rate exceeded`])
    expect(told()).toEqual(['till 1'])
  })

  it('a group that stays in trouble is told again after a quarter of an hour', async () => {
    const { state, ports, told } = bakery({ oven: [sick] })
    await watchTargetHealth(ports)
    state.clock += 14 * 60_000
    await watchTargetHealth(ports)
    expect(state.published).toHaveLength(1)
    state.clock += 60_000
    await watchTargetHealth(ports)
    expect(told()).toEqual(['oven 1', 'oven 0'])
  })

  it('a group that is well is told of when it is first seen, and a week later: what it rests on must be known', async () => {
    const { state, ports, told } = bakery({ oven: [well] })
    await watchTargetHealth(ports)
    state.clock += 6 * 86_400_000
    await watchTargetHealth(ports)
    expect(told()).toEqual(['oven 0'])
    state.clock += 86_400_000
    await watchTargetHealth(ports)
    expect(told()).toEqual(['oven 0', 'oven 0'])
  })

  const service = 'arn:aws:ecs:ap-northeast-1:111122223333:service/bakery/till'
  const task = 'arn:aws:ecs:ap-northeast-1:111122223333:task/bakery/0b69d5c0'

  it('what has an open finding is looked at again every hour, though nothing changes', async () => {
    const { state, ports, told } = bakery({ oven: [well], shelf: [well] })
    await watchTargetHealth(ports)
    state.open = [
      { kind: 'target-group', arn: groupArn('oven') },
      { kind: 'ecs-service', arn: service },
      { kind: 'ecs-task', arn: task },
    ]
    state.clock += 61 * 60_000
    expect(await watchTargetHealth(ports)).toMatchObject({ asked: 2, events: 3, failures: [] })
    expect(told().slice(2)).toEqual([service, task, 'oven 0'])
    state.clock += 55 * 60_000
    expect(await watchTargetHealth(ports)).toMatchObject({ events: 0 })
    state.clock += 6 * 60_000
    expect(await watchTargetHealth(ports)).toMatchObject({ events: 3 })
    const again = state.published.find((event) => 'subjectArn' in event)
    expect(again).toMatchObject({ account: '111122223333', region: 'ap-northeast-1', subjectArn: service })
  })

  it('a load balancer is looked at with its target groups', async () => {
    const { state, ports, told } = bakery({ oven: [well] })
    await watchTargetHealth(ports)
    state.open = [{ kind: 'load-balancer', arn: 'arn:alb' }]
    state.clock += 61 * 60_000
    await watchTargetHealth(ports)
    expect(told()).toEqual(['oven 0', 'oven 0'])
  })

  it('health is watched though it cannot be told what is open, or the bus does not take it', async () => {
    const { state, ports, told } = bakery({ oven: [sick] })
    state.open = new Error('Rate exceeded')
    expect(await watchTargetHealth(ports)).toMatchObject({
      events: 1,
      failures: ['open findings: Rate exceeded'],
    })
    state.open = [{ kind: 'ecs-service', arn: service }]
    state.busIsDown = true
    const { failures } = await watchTargetHealth(ports)
    expect(failures).toEqual([`${service}: the event bus did not take the event`])
    state.busIsDown = false
    await watchTargetHealth(ports)
    expect(told()).toEqual(['oven 1', service])
  })

  it('a thousand targets at once are told in parts', async () => {
    const many = Array.from({ length: 1000 }, (_, n) => ({ ...sick, targetId: `10.0.${n >> 8}.${n & 255}` }))
    const { ports, told } = bakery({ oven: many })
    await watchTargetHealth(ports)
    expect(told()).toEqual(['oven 500', 'oven 500'])
  })

  it('an account without target groups', async () => {
    const { ports } = bakery({})
    expect(await watchTargetHealth(ports)).toEqual({
      groups: 0,
      asked: 0,
      events: 0,
      failures: [],
      oldestAnswerSeconds: 0,
    })
  })
})
