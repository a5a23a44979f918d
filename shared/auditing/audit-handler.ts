/** The Lambda handler behind a queue of events: each is audited, and only those that failed come back. */
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch'
import type { Logger } from '@aws-lambda-powertools/logger'
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware'
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware'
import middy from '@middy/core'
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import { audit, objectsOf } from '../audit.ts'
import { requiredSetting } from '../environment.ts'
import { parseTrigger, type Trigger } from '../events/index.ts'
import { connectTable } from '../findings/connect.ts'
import { dynamodbHandledEvents } from '../findings/dynamodb-events.ts'
import { dynamodbPathObjects } from '../findings/dynamodb-path-objects.ts'
import { InputError } from '../input-error.ts'
import { placesSettings } from '../places-settings.ts'
import { askLastChange, clientsByPlace, collectForSelection } from '../snapshot/collect/index.ts'
import { createTelemetry } from '../telemetry.ts'
import { auditOnTriggers } from './audit-on-trigger.ts'
import type { AuditPorts, SubjectAudit } from './audit-subject.ts'
import { recordingStore } from './recording-store.ts'

/** @param kinds what the function's queue is for: another event in it is a mistake in the deployment */
export function auditHandler(service: string, kinds: readonly Trigger['kind'][], ports: AuditPorts) {
  const { logger, metrics } = createTelemetry(service)
  const processor = new BatchProcessor(EventType.SQS, { logger })
  const safely = { ...ports, lastChange: neverFailing(ports, logger, metrics) }
  return middy<SQSEvent, SQSBatchResponse>()
    .use(injectLambdaContext(logger))
    .use(logMetrics(metrics))
    .handler((event, context) => {
      const auditFor = auditOnTriggers(safely, (done) => report(logger, metrics, done))
      metrics.addMetric('Events', MetricUnit.Count, event.Records.length)
      const auditRecord = async ({ body, messageId }: SQSRecord) => {
        try {
          const trigger = parseTrigger(JSON.parse(body))
          if (!kinds.includes(trigger.kind))
            throw new InputError(`trigger ${trigger.kind}: ${service} audits ${kinds.join(' and ')}`)
          await auditFor(trigger)
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

/** Who did it comes on top: that CloudTrail does not tell must not keep a finding from being told. */
const neverFailing =
  ({ lastChange }: AuditPorts, logger: Logger, metrics: Metrics): AuditPorts['lastChange'] =>
  async (object, before, place) => {
    try {
      return await lastChange(object, before, place)
    } catch (error) {
      logger.warn('CloudTrail did not tell who changed it', { object, error: error as Error })
      metrics.addMetric('AttributionFailures', MetricUnit.Count, 1)
      return undefined
    }
  }

function report(logger: Logger, metrics: Metrics, done: SubjectAudit): void {
  const { audited, findings } = done.result
  const undecided = audited.filter(({ decided }) => !decided).length
  metrics.addMetric('Audits', MetricUnit.Count, 1)
  metrics.addMetric('AuditDuration', MetricUnit.Milliseconds, done.milliseconds)
  metrics.addMetric('UnknownShare', MetricUnit.Percent, (100 * undecided) / Math.max(1, audited.length))
  metrics.addMetric('FindingChanges', MetricUnit.Count, done.changes.length)
  metrics.addMetric('Attributed', MetricUnit.Count, done.attributed)
  logger.info('audited', {
    selection: done.selection,
    findingIds: findings.map(({ id }) => id),
    changes: done.changes.map(({ kind, record }) => ({ kind, findingId: record.finding.id })),
    milliseconds: done.milliseconds,
  })
}

/** The live ones, from the function's environment. */
export function auditPorts(): AuditPorts {
  const now = () => new Date()
  const table = connectTable(requiredSetting('FINDINGS_TABLE'))
  const clients = clientsByPlace(placesSettings())
  return {
    collect: (selection, place) => collectForSelection(clients(place), selection),
    audit,
    objectsOf,
    store: recordingStore(table, now),
    pathObjects: dynamodbPathObjects(table, now),
    lastChange: (object, before, place) => askLastChange(clients(place), object, before),
    handled: dynamodbHandledEvents(table, now),
    now,
  }
}
