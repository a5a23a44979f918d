/** The findings table's stream -> people. */
import { randomUUID } from 'node:crypto'
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
import { type DeliveryResult, deliver } from '../shared/notifications/deliver.ts'
import { pageUrlOf } from '../shared/notifications/links.ts'
import type { DeliverPorts, Outcome } from '../shared/notifications/ports.ts'
import { createTelemetry } from '../shared/telemetry.ts'

/** What remains for settling what was told, and for the answer. */
const MARGIN_MILLISECONDS = 3_000

export function createHandler(ports: DeliverPorts) {
  const { logger, metrics } = createTelemetry('notify-finding')
  const count = (name: string, value: number) => metrics.addMetric(name, MetricUnit.Count, value)
  return middy<DynamoDBStreamEvent, DynamoDBBatchResponse>()
    .use(injectLambdaContext(logger))
    .use(logMetrics(metrics))
    .handler(async ({ Records }, context) => {
      const results = await tell(ports, Records, ports.now().getTime() + timeFor(context))
      const failures = results.filter((result) => result instanceof Error)
      for (const failure of failures) logger.error('not everybody was told', failure)
      count('Changes', Records.length)
      count('NotificationsSent', results.flatMap(outcomesIn).filter((outcome) => outcome === 'told').length)
      count('NotificationsFailed', failures.length)
      // The stream goes on from the first that failed; what was told since is known to the delivery log.
      const failed = Records.filter((_record, index) => results[index] instanceof Error)
      return {
        batchItemFailures: failed.map(({ dynamodb }) => ({ itemIdentifier: dynamodb?.SequenceNumber ?? '' })),
      }
    })
}

/** The whole batch at once: whether there are many new findings shows only there. */
async function tell(
  ports: DeliverPorts,
  batch: readonly DynamoDBRecord[],
  deadline: number,
): Promise<readonly (DeliveryResult | undefined)[]> {
  const changes = batch.map(changeIn)
  const records = changes.flatMap((change) =>
    change === undefined || change instanceof Error ? [] : [change],
  )
  const told = await deliver(ports, records, deadline)
  return changes.map((change) =>
    change === undefined || change instanceof Error ? change : told[records.indexOf(change)],
  )
}

const outcomesIn = (result: DeliveryResult | undefined): readonly Outcome[] =>
  result === undefined || result instanceof Error ? [] : result

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
