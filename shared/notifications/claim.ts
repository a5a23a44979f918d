/** The lease on a finding and a channel, around the act of telling. */
import type { Channel } from './channel.ts'
import type { Lease } from './delivery-log.ts'
import { deliveryRef, type News } from './news.ts'
import type { DeliverPorts } from './ports.ts'

/** Longer than a run of the notifier may take. */
export const LEASE_MILLISECONDS = 60_000

export interface Claim {
  readonly news: News
  /** It was told: the reference is what the channel answered, else the one it had. */
  readonly told: (reference: string | undefined) => Promise<void>
  /** It was not: the next run need not wait for the lease to run out. */
  readonly giveBack: () => Promise<void>
}

/** @throws Error when another run holds the lease, or told something since the news was read */
export async function claim({ log, now, newId }: DeliverPorts, channel: Channel, news: News): Promise<Claim> {
  const { record, known } = news
  const ref = deliveryRef(record, channel)
  const at = now()
  const until = new Date(at.getTime() + LEASE_MILLISECONDS).toISOString()
  const lease: Lease = { owner: newId(), until }
  if (!(await log.claim(ref, known, lease, at.toISOString())))
    throw new Error(`channel ${channel.name} is being told by another run`)
  const { version, status } = record
  return {
    news,
    told: (reference = known.reference) => log.settle(ref, { version, told: status, reference }, lease),
    giveBack: () => log.settle(ref, known, lease),
  }
}
