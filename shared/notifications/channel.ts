/** A way to reach people. */
import type { Message } from './message.ts'

export interface Channel {
  /** Names the delivery record: it must stay the same for as long as the channel reaches the same people. */
  readonly name: string
  /**
   * @param deduplicationId the same for every attempt to tell the same version; a channel that can refuse
   * duplicates passes it on
   */
  readonly publish: (message: Message, deduplicationId: string) => Promise<void>
}
