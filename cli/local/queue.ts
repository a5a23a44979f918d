/** An SQS queue in this process, with a Lambda function behind it: batches, partial failures, dead letters. */
import { randomUUID } from 'node:crypto'
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'

export interface LocalQueue {
  readonly send: (body: string) => void
  /** Resolves when the queue is empty. */
  readonly drain: () => Promise<void>
}

export interface QueueOptions {
  readonly name: string
  readonly invoke: (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>
  readonly context: Context
  readonly onDeadLetter: (body: string) => void
}

/** An event source mapping's default batch size, and the redrive policy's maxReceiveCount. */
const BATCH_SIZE = 10
const MAX_RECEIVES = 3

interface QueuedMessage {
  readonly id: string
  readonly body: string
  readonly receives: number
}

export function localQueue({ name, invoke, context, onDeadLetter }: QueueOptions): LocalQueue {
  let waiting: readonly QueuedMessage[] = []
  return {
    send(body) {
      waiting = [...waiting, { id: randomUUID(), body, receives: 0 }]
    },

    async drain() {
      while (waiting.length > 0) {
        const batch = waiting
          .slice(0, BATCH_SIZE)
          .map((message) => ({ ...message, receives: message.receives + 1 }))
        waiting = waiting.slice(BATCH_SIZE)
        const failed = await failedOf(batch)
        waiting = [...waiting, ...failed.filter(({ receives }) => receives < MAX_RECEIVES)]
        for (const { receives, body } of failed) if (receives >= MAX_RECEIVES) onDeadLetter(body)
      }
    },
  }

  /** A function that throws fails the whole batch. */
  async function failedOf(batch: readonly QueuedMessage[]): Promise<readonly QueuedMessage[]> {
    try {
      const event = { Records: batch.map((message) => sqsRecord(name, message)) }
      const { batchItemFailures } = await invoke(event, context)
      return batch.filter(({ id }) => batchItemFailures.some(({ itemIdentifier }) => itemIdentifier === id))
    } catch {
      return batch
    }
  }
}

export const sqsRecord = (queue: string, { id, body, receives }: QueuedMessage): SQSRecord => ({
  messageId: id,
  receiptHandle: id,
  body,
  attributes: {
    ApproximateReceiveCount: String(receives),
    SentTimestamp: '0',
    SenderId: 'local',
    ApproximateFirstReceiveTimestamp: '0',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: `arn:aws:sqs:local:000000000000:${queue}`,
  awsRegion: 'local',
})
