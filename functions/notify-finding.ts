/** The findings table's stream -> people. */
import { randomUUID } from 'node:crypto'
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch'
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware'
import { MetricUnit } from '@aws-lambda-powertools/metrics'
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware'
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import middy from '@middy/core'
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import { lazily, requiredSetting } from '../shared/environment.ts'
import { connectTable } from '../shared/findings/connect.ts'
import { dynamodbDeliveryLog } from '../shared/findings/dynamodb-delivery-log.ts'
import { fromItem } from '../shared/findings/item.ts'
import type { FindingRecord } from '../shared/findings/record.ts'
import { configuredChannels } from '../shared/notifications/channels.ts'
import { LEASE_MILLISECONDS } from '../shared/notifications/claim.ts'
import { type DeliverPorts, deliver } from '../shared/notifications/deliver.ts'
import { pageUrlOf } from '../shared/notifications/links.ts'
import { createTelemetry } from '../shared/telemetry.ts'

/** What remains for settling what was told, and for the answer. */
const MARGIN_MILLISECONDS = 3_000

export function createHandler(ports: DeliverPorts) {
  const { logger, metrics } = createTelemetry('notify-finding')
  const processor = new BatchProcessor(EventType.DynamoDBStreams, { logger })
  const count = (name: string, value: number) => metrics.addMetric(name, MetricUnit.Count, value)
  return middy<DynamoDBStreamEvent, DynamoDBBatchResponse>()
    .use(injectLambdaContext(logger))
    .use(logMetrics(metrics))
    .handler(async (event, context) => {
      count('Changes', event.Records.length)
      const changes = event.Records.map(changeIn)
      const records = changes.flatMap((change) => (change && !(change instanceof Error) ? [change] : []))
      const results = await deliver(ports, records, ports.now().getTime() + timeFor(context))
      const report = (record: DynamoDBRecord) => {
        const change = changes[event.Records.indexOf(record)]
        if (!change) return
        const result = change instanceof Error ? change : results[records.indexOf(change)]
        if (!(result instanceof Error))
          return count('NotificationsSent', result?.filter((outcome) => outcome === 'told').length ?? 0)
        count('NotificationsFailed', 1)
        logger.error('not everybody was told', result)
        throw result
      }
      // In order, so that the first that failed is where the stream goes on.
      const options = { context, processInParallel: false, throwOnFullBatchFailure: false }
      return processPartialResponse(
        event,
        async (record: DynamoDBRecord) => report(record),
        processor,
        options,
      )
    })
}

/** @returns undefined for what is no news: an item of another kind, or a finding that was deleted */
function changeIn({ dynamodb }: DynamoDBRecord): FindingRecord | Error | undefined {
  try {
    const image = dynamodb?.NewImage as Record<string, AttributeValue> | undefined
    return image && fromItem(unmarshall(image))?.record
  } catch (error) {
    return error as Error
  }
}

/** A lease must not run out while its holder may still be telling. */
const timeFor = (context: Context): number =>
  Math.min(context.getRemainingTimeInMillis(), LEASE_MILLISECONDS) - MARGIN_MILLISECONDS

export const handler = lazily(() =>
  createHandler({
    channels: configuredChannels(process.env),
    log: dynamodbDeliveryLog(connectTable(requiredSetting('FINDINGS_TABLE'))),
    now: () => new Date(),
    newId: randomUUID,
    pageUrl: pageUrlOf(process.env.FINDINGS_URL),
  }),
)
