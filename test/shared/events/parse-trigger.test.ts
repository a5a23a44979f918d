import { describe, expect, it } from 'vitest'
import { parseTrigger, triggerSelection } from '../../../shared/events/index.ts'
import { InputError } from '../../../shared/input-error.ts'
import {
  alarmEvent,
  contributorEvent,
  ovenArn,
  scheduledTick,
  targetHealthEvent,
  taskStopped,
} from './bakery-events.ts'

const nothing = { targetGroups: [], services: [], tasks: [] }

describe('events that are audited', () => {
  it('our own: the group, its changes, and when they were observed', () => {
    const trigger = parseTrigger(targetHealthEvent('2026-11-20T12:12:30+09:00'))
    expect(trigger).toMatchObject({
      kind: 'target-health',
      targetGroupArn: ovenArn,
      observedAt: '2026-11-20T03:12:30.000Z',
      accountId: '111122223333',
      replayed: false,
    })
    expect(triggerSelection(trigger)).toEqual({ ...nothing, targetGroups: [ovenArn] })
  })

  it('an alarm on UnHealthyHostCount: the group is rebuilt from its dimension', () => {
    const trigger = parseTrigger(alarmEvent)
    expect(trigger).toMatchObject({ kind: 'alarm', state: 'ALARM', targetGroupArns: [ovenArn] })
    expect(triggerSelection(trigger)).toEqual({ ...nothing, targetGroups: [ovenArn] })
  })

  it('an alarm in a monitoring account: the account is that of the metric', () => {
    const metrics = alarmEvent.detail.configuration.metrics.map((metric) => ({
      ...metric,
      accountId: '444455556666',
    }))
    const event = { ...alarmEvent, detail: { ...alarmEvent.detail, configuration: { metrics } } }
    expect(parseTrigger(event)).toMatchObject({
      targetGroupArns: [ovenArn.replace('111122223333', '444455556666')],
    })
  })

  it('an alarm in China keeps its partition', () => {
    const resources = ['arn:aws-cn:cloudwatch:cn-north-1:111122223333:alarm:oven']
    expect(parseTrigger({ ...alarmEvent, region: 'cn-north-1', resources })).toMatchObject({
      targetGroupArns: [
        'arn:aws-cn:elasticloadbalancing:cn-north-1:111122223333:targetgroup/oven/b2c22dab4145cb90',
      ],
    })
  })

  it("an alarm's contributor", () => {
    expect(parseTrigger(contributorEvent)).toMatchObject({
      kind: 'alarm',
      targetGroupArns: [ovenArn],
      key: expect.stringContaining('6d442278dba546f6'),
    })
  })

  it('a schedule asks for everything', () => {
    expect(triggerSelection(parseTrigger(scheduledTick))).toEqual(nothing)
  })

  it('a task: its ARN and its service', () => {
    const trigger = parseTrigger(taskStopped)
    expect(trigger).toMatchObject({
      kind: 'ecs-task',
      serviceName: 'oven',
      key: expect.stringMatching(/0b69d5c0#7$/),
    })
    expect(triggerSelection(trigger)).toEqual({ ...nothing, services: ['bakery/oven'] })
    const alone = { ...taskStopped, detail: { ...taskStopped.detail, group: 'family:batch' } }
    expect(parseTrigger(alone)).not.toHaveProperty('serviceName')
  })
})

describe('the natural key', () => {
  it('is the same for the same fact in another envelope, and another for a later one', () => {
    const key = (event: unknown) => parseTrigger(event).key
    expect(key({ ...targetHealthEvent(), id: 'another' })).toBe(key(targetHealthEvent()))
    expect(key(targetHealthEvent('2026-11-20T03:13:30Z'))).not.toBe(key(targetHealthEvent()))
  })

  it('a replayed event is marked', () => {
    expect(parseTrigger({ ...targetHealthEvent(), 'replay-name': 'november' }).replayed).toBe(true)
  })
})

describe('events that are not', () => {
  const message = (json: unknown): string => {
    try {
      parseTrigger(json)
    } catch (error) {
      expect(error).toBeInstanceOf(InputError)
      return (error as Error).message
    }
    throw new Error('it was accepted')
  }

  it('another kind: what was given, what is allowed, in one line', () => {
    const text = message({ ...alarmEvent, 'detail-type': 'CloudWatch Alarm Configuration Change' })
    expect(text).toContain('"CloudWatch Alarm Configuration Change" from aws.cloudwatch')
    expect(text).toContain('"Target Health Changed" from health-check-auditor')
    expect(text).not.toContain('\n')
  })

  it('an alarm on something else', () => {
    const metrics = [
      { metricStat: { metric: { namespace: 'AWS/EC2', name: 'CPUUtilization', dimensions: {} } } },
    ]
    const event = { ...alarmEvent, detail: { ...alarmEvent.detail, configuration: { metrics } } }
    expect(message(event)).toBe(
      'alarm oven-unhealthy names no target group: only alarms on UnHealthyHostCount (AWS/ApplicationELB, AWS/NetworkELB, AWS/GatewayELB) with the dimension TargetGroup are audited',
    )
  })

  it('a broken detail names the place', () => {
    const event = targetHealthEvent()
    expect(message({ ...event, detail: { ...event.detail, account: '42' } })).toBe(
      'event "Target Health Changed" from health-check-auditor: detail.account: not a 12-digit account id',
    )
  })

  it.each([[null], ['hello'], [[]], [{ source: 'aws.ecs' }]])('not an event at all: %j', (json) => {
    expect(message(json)).toMatch(/^not an EventBridge event: /)
  })
})
