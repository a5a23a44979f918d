/**
 * The table's stream on a virtual clock, as Lambda reads it: in order, what failed again from the first failure on, and
 * nothing behind it before. https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import { streamRecord } from '../../cli/local/stream.ts'
import type { Item } from '../../shared/findings/item.ts'
import type { Clock } from './clock.ts'

export interface FaultStream {
  readonly push: (item: Item, before: Item | undefined) => void
  readonly isEmpty: () => boolean
  readonly onBatch: (hear: (batch: readonly DynamoDBRecord[]) => void) => void
}

const BATCH_SIZE = 100
const WINDOW = 1000
const SLOWEST_RETRY = 60_000

export function faultStream(
  clock: Clock,
  invoke: (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse | undefined>,
): FaultStream {
  const waiting: DynamoDBRecord[] = []
  let [sequence, busy] = [0, false]
  let hear = (_batch: readonly DynamoDBRecord[]) => {}

  function poll(): void {
    if (busy) return
    busy = true
    clock.at(clock.now() + WINDOW, () => void read())
  }

  async function read(): Promise<void> {
    while (waiting.length > 0) await deliver(waiting.splice(0, BATCH_SIZE))
    busy = false
  }

  /** Until it succeeds; a function that throws gets half of the batch. */
  async function deliver(records: readonly DynamoDBRecord[], failures = 0): Promise<void> {
    if (failures > 0) await clock.wait(Math.min(SLOWEST_RETRY, 1000 * 2 ** (failures - 1)))
    const from = await firstFailure(records)
    if (from === undefined) return
    const half = Math.ceil(records.length / 2)
    if (from !== 'all') return deliver(records.slice(from), from === 0 ? failures + 1 : 1)
    if (records.length === 1) return deliver(records, failures + 1)
    await deliver(records.slice(0, half), failures + 1)
    await deliver(records.slice(half))
  }

  async function firstFailure(records: readonly DynamoDBRecord[]): Promise<number | 'all' | undefined> {
    hear(records)
    try {
      const response = await invoke({ Records: [...records] })
      const failed = (response?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier)
      const first = records.findIndex(({ dynamodb }) => failed.includes(dynamodb?.SequenceNumber ?? ''))
      return first < 0 ? undefined : first
    } catch {
      return 'all'
    }
  }

  return {
    push(item, before) {
      // The event source mapping's filter.
      if (item.entity !== 'finding') return
      sequence += 1
      waiting.push(streamRecord(item, before, sequence))
      poll()
    },
    isEmpty: () => waiting.length === 0 && !busy,
    onBatch: (listener) => {
      hear = listener
    },
  }
}
