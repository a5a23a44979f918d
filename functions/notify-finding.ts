/** The findings table's stream -> people. */
import { randomUUID } from 'node:crypto'
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch'
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware'
import { MetricUnit } from '@aws-lambda-powertools/metrics'
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware'
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import middy from '@middy/core'
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import { lazily, requiredSetting } from '../shared/environment.ts'
import { connectTable } from '../shared/findings/connect.ts'
import { dynamodbDeliveryLog } from '../shared/findings/dynamodb-delivery-log.ts'
import { fromItem } from '../shared/findings/item.ts'
import { configuredChannels } from '../shared/notifications/channels.ts'
import { type DeliverPorts, deliver } from '../shared/notifications/deliver.ts'
import { createTelemetry } from '../shared/telemetry.ts'

export function createHandler(ports: DeliverPorts) {
  const { logger, metrics } = createTelemetry('notify-finding')
  const processor = new BatchProcessor(EventType.DynamoDBStreams, { logger })
  const count = (name: string, value: number) => metrics.addMetric(name, MetricUnit.Count, value)
  const notify = async ({ dynamodb }: DynamoDBRecord) => {
    // The table holds other kinds of items too; a deleted finding is no news.
    const stored =
      dynamodb?.NewImage && fromItem(unmarshall(dynamodb.NewImage as Record<string, AttributeValue>))
    if (!stored) return
    try {
      const outcomes = await deliver(ports, stored.record)
      count('NotificationsSent', outcomes.filter((outcome) => outcome === 'told').length)
    } catch (error) {
      count('NotificationsFailed', 1)
      logger.error('not everybody was told', { findingId: stored.record.finding.id, error: error as Error })
      throw error
    }
  }
  return middy<DynamoDBStreamEvent, DynamoDBBatchResponse>()
    .use(injectLambdaContext(logger))
    .use(logMetrics(metrics))
    .handler((event, context) => {
      count('Changes', event.Records.length)
      // In order: two versions of one finding may stand in one batch.
      const options = { context, processInParallel: false, throwOnFullBatchFailure: false }
      return processPartialResponse(event, notify, processor, options)
    })
}

export const handler = lazily(() =>
  createHandler({
    channels: configuredChannels({ snsTopicArn: process.env.SNS_TOPIC_ARN }),
    log: dynamodbDeliveryLog(connectTable(requiredSetting('FINDINGS_TABLE'))),
    now: () => new Date(),
    newId: randomUUID,
  }),
)
