/** What Lambda hands to a function. */
import { marshall } from '@aws-sdk/util-dynamodb'
import type { Context, DynamoDBRecord, DynamoDBStreamEvent, SQSEvent } from 'aws-lambda'
import { vi } from 'vitest'

export const context = {
  functionName: 'under-test',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:ap-northeast-1:111122223333:function:under-test',
  memoryLimitInMB: '512',
  awsRequestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
  getRemainingTimeInMillis: () => 30_000,
} as Context

export const sqsEvent = (bodies: readonly unknown[]): SQSEvent => ({
  Records: bodies.map((body, n) => ({
    messageId: `message-${n}`,
    receiptHandle: 'handle',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '1763608350000',
      SenderId: 'AIDAIENQZJOLO23YVJ4VO',
      ApproximateFirstReceiveTimestamp: '1763608350001',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:ap-northeast-1:111122223333:audit-target-health',
    awsRegion: 'ap-northeast-1',
  })),
})

export const streamEvent = (items: readonly object[]): DynamoDBStreamEvent => ({
  Records: items.map((item, n) => ({
    eventID: `event-${n}`,
    eventName: 'MODIFY',
    eventSource: 'aws:dynamodb',
    dynamodb: {
      NewImage: marshall(item, { removeUndefinedValues: true }),
      SequenceNumber: String(n),
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    } as DynamoDBRecord['dynamodb'],
  })),
})

/** Silences Powertools, and gives what it would have printed: metrics in EMF, one JSON object each. */
export function captureMetrics(): () => Record<string, unknown>[] {
  process.env.POWERTOOLS_DEV = 'true'
  process.env.POWERTOOLS_METRICS_DISABLED = 'false'
  process.env.POWERTOOLS_LOG_LEVEL = 'SILENT'
  const log = vi.spyOn(console, 'log').mockImplementation(() => {})
  vi.spyOn(console, 'error').mockImplementation(() => {})
  return () =>
    log.mock.calls.flatMap(([line]) => {
      const printed = JSON.parse(String(line)) as Record<string, unknown>
      return printed._aws ? [printed] : []
    })
}
