/** An SQS queue and its dead letters on a virtual clock, with a function behind it as Lambda polls for it. */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda'
import { sqsRecord } from '../../cli/local/queue.ts'
import type { Clock } from './clock.ts'

interface DeadLetter {
  readonly id: string
  readonly body: string
}

export interface FaultQueue {
  readonly send: (body: string) => void
  readonly dead: () => readonly DeadLetter[]
  /** What an operator does, once what was wrong is right again. */
  readonly redrive: (isWanted: (letter: DeadLetter) => boolean) => readonly DeadLetter[]
  readonly isEmpty: () => boolean
}

interface Message extends DeadLetter {
  receives: number
}

/** As deployed: see infra/constructs. */
const BATCH_SIZE = 10
const WINDOW = 1000
const MAX_RECEIVES = 5
const VISIBILITY = 6 * 120 * 1000
const MAX_CONCURRENCY = 5

export function faultQueue(
  clock: Clock,
  name: string,
  invoke: (event: SQSEvent) => Promise<SQSBatchResponse | undefined>,
): FaultQueue {
  const visible: Message[] = []
  let dead: DeadLetter[] = []
  let [sent, running, hidden, polling] = [0, 0, 0, false]

  function appear(message: Message): void {
    visible.push(message)
    poll(visible.length >= BATCH_SIZE ? 0 : WINDOW)
  }

  function poll(delay: number): void {
    if (polling) return
    polling = true
    clock.at(clock.now() + delay, () => {
      polling = false
      while (running < MAX_CONCURRENCY && visible.length > 0) void handle(visible.splice(0, BATCH_SIZE))
    })
  }

  async function handle(batch: readonly Message[]): Promise<void> {
    running += 1
    hidden += batch.length
    const received = clock.now()
    for (const message of batch) message.receives += 1
    const failed = new Set(await failedOf(batch))
    running -= 1
    hidden -= batch.length - failed.size
    for (const message of failed) clock.at(received + VISIBILITY, () => reappear(message))
    if (visible.length > 0) poll(0)
  }

  function reappear(message: Message): void {
    hidden -= 1
    if (message.receives < MAX_RECEIVES) appear(message)
    else dead.push(message)
  }

  /** A function that throws fails the whole batch. */
  async function failedOf(batch: readonly Message[]): Promise<readonly Message[]> {
    try {
      const response = await invoke({ Records: batch.map((message) => sqsRecord(name, message)) })
      const failures = (response?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier)
      return batch.filter(({ id }) => failures.includes(id))
    } catch {
      return batch
    }
  }

  return {
    send(body) {
      sent += 1
      appear({ id: `${name}-${sent}`, body, receives: 0 })
    },
    dead: () => dead,
    redrive(isWanted) {
      const wanted = dead.filter(isWanted)
      dead = dead.filter((letter) => !isWanted(letter))
      for (const { id, body } of wanted) appear({ id, body, receives: 0 })
      return wanted
    },
    isEmpty: () => visible.length + hidden + running === 0,
  }
}
