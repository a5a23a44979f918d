import { describe, expect, it } from 'vitest'
import { matchesPattern } from '../../cli/local/event-pattern.ts'
import { eventRules } from '../../infra/event-patterns.ts'
import { parseTrigger } from '../../shared/events/index.ts'
import {
  alarmEvent,
  contributorEvent,
  scheduledTick,
  targetHealthEvent,
  taskStopped,
} from '../shared/events/bakery-events.ts'

const rulesFor = (event: unknown) =>
  Object.entries(eventRules).flatMap(([name, { pattern }]) => (matchesPattern(pattern, event) ? [name] : []))

describe('the rules', () => {
  it.each([
    ['our own event', targetHealthEvent(), ['target-health-changed']],
    ['an alarm', alarmEvent, ['unhealthy-hosts-alarm']],
    ['a contributor', contributorEvent, ['unhealthy-hosts-contributor']],
    ['a tick', scheduledTick, []],
    ['a task', taskStopped, []],
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
      expect(JSON.stringify(pattern).length).toBeLessThan(2048)
  })
})
