/** Schedule -> asks ELBv2, and tells our own bus what changed. ELBv2 itself publishes no such event. */
import { setTimeout as wait } from 'node:timers/promises'
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware'
import { MetricUnit } from '@aws-lambda-powertools/metrics'
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware'
import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import middy from '@middy/core'
import { lazily, requiredSetting } from '../shared/environment.ts'
import { eventBridgeBus } from '../shared/events/eventbridge-bus.ts'
import { parseTrigger } from '../shared/events/index.ts'
import { type WatchPorts, type WatchSummary, watchTargetHealth } from '../shared/events/watch.ts'
import { connectTable } from '../shared/findings/connect.ts'
import { dynamodbKnownHealth } from '../shared/findings/dynamodb-events.ts'
import { dynamodbStore } from '../shared/findings/dynamodb-store.ts'
import { openSubjectsIn } from '../shared/findings/open-subjects.ts'
import { placesSettings } from '../shared/places-settings.ts'
import { configByPlace } from '../shared/snapshot/collect/places.ts'
import { createElbClient, targetHealthSource } from '../shared/snapshot/collect/target-health.ts'
import type { Place } from '../shared/snapshot/types.ts'
import { createTelemetry } from '../shared/telemetry.ts'

/** @param portsFor the account and Region that the event speaks of: a hub watches its members too */
export function createHandler(portsFor: (place: Place) => WatchPorts) {
  const { logger, metrics } = createTelemetry('watch-target-health')
  return middy<unknown, WatchSummary>()
    .use(injectLambdaContext(logger))
    .use(logMetrics(metrics))
    .handler(async (event) => {
      const { accountId, region } = parseTrigger(event)
      const summary = await watchTargetHealth(portsFor({ accountId, region }))
      metrics.addMetric('OldestAnswerAge', MetricUnit.Seconds, summary.oldestAnswerSeconds)
      metrics.addMetric('TargetGroupsAsked', MetricUnit.Count, summary.asked)
      metrics.addMetric('Events', MetricUnit.Count, summary.events)
      metrics.addMetric('WatchFailures', MetricUnit.Count, summary.failures.length)
      if (summary.failures.length > 0) logger.warn('not all target groups answered', { ...summary })
      return summary
    })
}

export const handler = lazily(() => {
  const now = () => new Date()
  const configOf = configByPlace(placesSettings())
  const table = connectTable(requiredSetting('FINDINGS_TABLE'))
  const known = dynamodbKnownHealth(table, now)
  const openSubjects = openSubjectsIn(dynamodbStore(table, { now }))
  const bus = eventBridgeBus(new EventBridgeClient({}), requiredSetting('EVENT_BUS'))
  return createHandler((place) => ({
    source: targetHealthSource(createElbClient(configOf(place))),
    known,
    openSubjects,
    bus,
    now,
    wait: (milliseconds) => wait(milliseconds),
  }))
})
