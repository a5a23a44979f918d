import type { Channel } from './channel.ts'
import type { DeliveryLog } from './delivery-log.ts'

/** What telling people needs of the world. */
export interface DeliverPorts {
  readonly channels: readonly Channel[]
  readonly log: DeliveryLog
  readonly now: () => Date
  readonly newId: () => string
  /** Where the page is that shows findings. */
  readonly pageUrl?: string | undefined
  /** New findings beyond this number in one run are told in one message per channel. @default 10 */
  readonly maxSingly?: number
}

export type Outcome = 'told' | 'nothing-to-tell'
