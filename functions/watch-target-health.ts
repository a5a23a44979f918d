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
import { createClients } from '../shared/snapshot/collect/index.ts'
import { targetHealthSource } from '../shared/snapshot/collect/target-health.ts'
import { createTelemetry } from '../shared/telemetry.ts'

export function createHandler(ports: WatchPorts) {
  const { logger, metrics } = createTelemetry('watch-target-health')
  return middy<unknown, WatchSummary>()
    .use(injectLambdaContext(logger))
    .use(logMetrics(metrics))
    .handler(async (event) => {
      parseTrigger(event)
      const summary = await watchTargetHealth(ports)
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
  const table = connectTable(requiredSetting('FINDINGS_TABLE'))
  return createHandler({
    source: targetHealthSource(createClients().elb),
    known: dynamodbKnownHealth(table, now),
    openSubjects: openSubjectsIn(dynamodbStore(table, { now })),
    bus: eventBridgeBus(new EventBridgeClient({}), requiredSetting('EVENT_BUS')),
    now,
    wait: (milliseconds) => wait(milliseconds),
  })
})
