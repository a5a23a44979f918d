/** A way to reach people. */
import type { Digest } from './digest.ts'
import type { Message } from './message.ts'

export interface Channel {
  /** Names the delivery record: it must stay the same for as long as the channel reaches the same people. */
  readonly name: string
  /** @returns what the delivery log keeps and hands back with the next message about the same finding */
  readonly publish: (message: Message, delivery: DeliveryOptions) => Promise<string | undefined>
  /**
   * Many new findings in one message. A channel without this is told one by one.
   * @returns the reference that all of them get
   */
  readonly publishDigest?: (digest: Digest, delivery: DeliveryOptions) => Promise<string | undefined>
}

export interface DeliveryOptions {
  /**
   * The same for every attempt to tell the same version; a channel that can refuse duplicates passes it on.
   */
  readonly deduplicationId: string
  /** What this channel answered when it was last told of the finding. */
  readonly reference?: string | undefined
  /** Milliseconds since 1970: a channel that would have to wait longer fails, to be tried again. */
  readonly deadline: number
}
