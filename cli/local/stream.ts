/**
 * The table's stream, which dynalite lacks: every item that this client writes is handed on as a stream record,
 * with the image before and after, to the function behind it.
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import type { Item } from '../../shared/findings/item.ts'

export interface LocalStream {
  /** As if the item had just been written: what was written by a process that died before it was handed on. */
  readonly push: (item: Item, before?: Item) => void
  readonly drain: () => Promise<void>
}

export interface StreamOptions {
  readonly invoke: (event: DynamoDBStreamEvent, context: Context) => Promise<DynamoDBBatchResponse>
  readonly context: Context
  readonly onGivenUp: (count: number) => void
}

const BATCH_SIZE = 100
const MAX_ATTEMPTS = 3

export function localStream(
  client: DynamoDBClient,
  { invoke, context, onGivenUp }: StreamOptions,
): LocalStream {
  let waiting: DynamoDBRecord[] = []
  let sequence = 0

  const push = (item: Item, before?: Item) => {
    sequence += 1
    waiting.push(streamRecord(item, before, sequence))
  }
  captureWrites(client, push)

  const attempt = async (records: readonly DynamoDBRecord[]): Promise<readonly DynamoDBRecord[]> => {
    const { batchItemFailures } = await invoke({ Records: [...records] }, context)
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier))
    return records.filter(({ dynamodb }) => failed.has(dynamodb?.SequenceNumber ?? ''))
  }

  return {
    push,
    async drain() {
      while (waiting.length > 0) {
        let batch: readonly DynamoDBRecord[] = waiting.slice(0, BATCH_SIZE)
        waiting = waiting.slice(BATCH_SIZE)
        for (let attempts = 0; attempts < MAX_ATTEMPTS && batch.length > 0; attempts += 1)
          batch = await attempt(batch)
        if (batch.length > 0) onGivenUp(batch.length)
      }
    },
  }
}

/** At this step the document client's input and output are still plain items. */
function captureWrites(client: DynamoDBClient, push: (item: Item, before?: Item) => void): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const input = args.input as { readonly Item?: Item }
      if (!input.Item) return next(args)
      const result = await next({
        ...args,
        input: { ...args.input, ReturnValues: 'ALL_OLD' } as typeof args.input,
      })
      push(input.Item, (result.output as { readonly Attributes?: Item }).Attributes)
      return result
    },
    { step: 'serialize', name: 'localStream', priority: 'high' },
  )
}

export function streamRecord(item: Item, before: Item | undefined, sequence: number): DynamoDBRecord {
  // The SDK's and the event's type of an attribute value differ only in how they spell binary data.
  const images = {
    NewImage: image(item),
    ...(before && { OldImage: image(before) }),
  } as DynamoDBRecord['dynamodb']
  return {
    eventID: String(sequence),
    eventName: before ? 'MODIFY' : 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'local',
    dynamodb: { ...images, SequenceNumber: String(sequence), StreamViewType: 'NEW_AND_OLD_IMAGES' },
  }
}

const image = (item: Item) => marshall(item, { removeUndefinedValues: true })
