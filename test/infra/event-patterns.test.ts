import { describe, expect, it } from 'vitest'
import { matchesPattern } from '../../cli/local/event-pattern.ts'
import { eventRules } from '../../infra/event-patterns.ts'
import { parseTrigger } from '../../shared/events/index.ts'
import {
  alarmEvent,
  apiCall,
  contributorEvent,
  deploymentFailed,
  findingStillOpen,
  scheduledTick,
  targetHealthEvent,
  taskStartImpaired,
  taskStopped,
} from '../shared/events/bakery-events.ts'

const stoppedBy = (stoppedReason: string) => ({
  ...taskStopped,
  detail: { ...taskStopped.detail, stopCode: 'ServiceSchedulerInitiated', stoppedReason },
})

const rulesFor = (event: unknown) =>
  Object.entries(eventRules).flatMap(([name, { pattern }]) => (matchesPattern(pattern, event) ? [name] : []))

describe('the rules', () => {
  it.each([
    ['our own event', targetHealthEvent(), ['target-health-changed']],
    ['a finding that stays open', findingStillOpen('arn:aws:ecs:r:1:service/a/b'), ['finding-still-open']],
    ['an alarm', alarmEvent, ['unhealthy-hosts-alarm']],
    ['a contributor', contributorEvent, ['unhealthy-hosts-contributor']],
    ['a tick', scheduledTick, []],
    ['a stopped task', taskStopped, ['ecs-task-stopped']],
    [
      'a task that fails its checks',
      stoppedBy('Task failed ELB health checks in (target-group web)'),
      ['ecs-task-stopped'],
    ],
    ['a task that scaling stopped', stoppedBy('Scaling activity initiated by deployment ecs-svc/1'), []],
    ['a task that runs', { ...taskStopped, detail: { ...taskStopped.detail, lastStatus: 'RUNNING' } }, []],
    ['tasks that cannot start', taskStartImpaired, ['ecs-service-action']],
    ['a failed deployment', deploymentFailed, ['ecs-deployment']],
    [
      'a changed security group',
      apiCall('RevokeSecurityGroupEgress', { groupId: 'sg-1' }),
      ['network-change'],
    ],
    [
      'a changed listener',
      apiCall('ModifyListener', {}, { service: 'elasticloadbalancing' }),
      ['load-balancer-change'],
    ],
    ['a changed service', apiCall('UpdateService', {}, { service: 'ecs' }), ['service-change']],
    ['a changed role', apiCall('DetachRolePolicy', {}, { service: 'iam' }), ['role-change']],
    [
      'a call that AWS refused',
      apiCall('DeleteRoute', {}, { errorCode: 'Client.UnauthorizedOperation' }),
      [],
    ],
    ['a call that only reads', apiCall('DescribeVpcs', {}), []],
  ])('%s', (_name, event, expected) => {
    expect(rulesFor(event)).toEqual(expected)
    if (expected.length > 0) expect(parseTrigger(event).kind).not.toBe('schedule')
  })

  it('an alarm on another metric, or of a load balancer as a whole, does not pass', () => {
    const withMetric = (metric: object) => ({
      ...alarmEvent,
      detail: { ...alarmEvent.detail, configuration: { metrics: [{ metricStat: { metric } }] } },
    })
    const { metric } = alarmEvent.detail.configuration.metrics[0]?.metricStat ?? {}
    expect(rulesFor(withMetric({ ...metric, name: 'HealthyHostCount' }))).toEqual([])
    expect(rulesFor(withMetric({ ...metric, dimensions: { LoadBalancer: 'app/bakery/1' } }))).toEqual([])
  })

  it('no pattern is longer than EventBridge takes', () => {
    for (const { pattern } of Object.values(eventRules))
      expect(JSON.stringify(pattern).length).toBeLessThanOrEqual(2048)
  })
})
