/** The port of what was told to whom: a version of a finding is told once per channel. */
import type { Subject } from '../findings/finding.ts'

/** One finding on one channel. */
export interface DeliveryRef {
  readonly subject: Subject
  readonly findingId: string
  readonly channel: string
}

export interface Delivery {
  /** The newest version that was told; 0 for none. */
  readonly version: number
  /** What people believe since then. */
  readonly told?: 'open' | 'resolved'
  /** Whatever the channel needs to come back to what it told, such as a Slack message's `ts`. */
  readonly reference?: string | undefined
}

export interface Lease {
  readonly owner: string
  /** ISO 8601: after this, whoever claimed it is taken for dead. */
  readonly until: string
}

export interface DeliveryLog {
  readonly read: (ref: DeliveryRef) => Promise<Delivery>
  /** @returns false when somebody else holds the lease, or told something since `known` was read */
  readonly claim: (ref: DeliveryRef, known: Delivery, lease: Lease, now: string) => Promise<boolean>
  /** Gives the lease back with what is now told; without effect when the lease has passed to another. */
  readonly settle: (ref: DeliveryRef, delivery: Delivery, lease: Lease) => Promise<void>
}
