/** SQS (target-health changes, CloudWatch alarms) -> audit of the target group -> findings. */
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch'
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware'
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware'
import middy from '@middy/core'
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import { audit } from '../shared/audit.ts'
import { type AuditPorts, auditOnTriggers, type GroupAudit } from '../shared/audit-on-trigger.ts'
import { lazily, numberSetting, requiredSetting } from '../shared/environment.ts'
import { parseTrigger } from '../shared/events/index.ts'
import { connectTable } from '../shared/findings/connect.ts'
import { dynamodbHandledEvents } from '../shared/findings/dynamodb-events.ts'
import { dynamodbStore } from '../shared/findings/dynamodb-store.ts'
import { collectForTargetGroups, createClients } from '../shared/snapshot/collect/index.ts'
import { createTelemetry } from '../shared/telemetry.ts'

export function createHandler(ports: AuditPorts) {
  const { logger, metrics } = createTelemetry('audit-target-health')
  const processor = new BatchProcessor(EventType.SQS, { logger })
  return middy<SQSEvent, SQSBatchResponse>()
    .use(injectLambdaContext(logger))
    .use(logMetrics(metrics))
    .handler((event, context) => {
      const auditFor = auditOnTriggers(ports, (done) => addMetrics(metrics, done))
      metrics.addMetric('Events', MetricUnit.Count, event.Records.length)
      const auditRecord = async ({ body, messageId }: SQSRecord) => {
        try {
          await auditFor(parseTrigger(JSON.parse(body)))
        } catch (error) {
          logger.error('event was not audited', { messageId, error: error as Error })
          throw error
        }
      }
      return processPartialResponse(event, auditRecord, processor, {
        context,
        throwOnFullBatchFailure: false,
      })
    })
}

function addMetrics(metrics: Metrics, { result, changes, milliseconds }: GroupAudit): void {
  const undecided = result.audited.filter(({ decided }) => !decided).length
  metrics.addMetric('Audits', MetricUnit.Count, 1)
  metrics.addMetric('AuditDuration', MetricUnit.Milliseconds, milliseconds)
  metrics.addMetric(
    'UnknownShare',
    MetricUnit.Percent,
    (100 * undecided) / Math.max(1, result.audited.length),
  )
  metrics.addMetric('FindingChanges', MetricUnit.Count, changes.length)
}

export const handler = lazily(() => {
  const now = () => new Date()
  const table = connectTable(requiredSetting('FINDINGS_TABLE'))
  const clients = createClients()
  return createHandler({
    collect: (arns) => collectForTargetGroups(clients, arns),
    audit,
    store: dynamodbStore(table, { now, historyDays: numberSetting('HISTORY_DAYS', 90) }),
    handled: dynamodbHandledEvents(table, now),
    now,
  })
})
