/**
 * Telling people, once. Per channel: claim with a lease -> publish -> settle. A run that dies in between lets
 * the lease run out, and the next run takes over. Only a death after publishing and before settling can tell
 * twice; a channel that refuses duplicates (SNS FIFO) closes that gap too.
 */
import { type ChangeKind, type FindingRecord, isSuppressed } from '../findings/record.ts'
import type { Channel } from './channel.ts'
import type { Delivery, DeliveryLog, DeliveryRef, Lease } from './delivery-log.ts'
import { messageFor } from './message.ts'

export interface DeliverPorts {
  readonly channels: readonly Channel[]
  readonly log: DeliveryLog
  readonly now: () => Date
  readonly newId: () => string
}

export type Outcome = 'told' | 'nothing-to-tell'

/** Longer than a run of the notifier may take. */
const LEASE_MILLISECONDS = 60_000

/**
 * @returns one outcome per channel
 * @throws AggregateError when a channel failed or is busy with this finding: to be tried again; the others are told
 */
export async function deliver(ports: DeliverPorts, record: FindingRecord): Promise<readonly Outcome[]> {
  const results = await Promise.allSettled(ports.channels.map((channel) => tell(ports, channel, record)))
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []))
  if (failures.length > 0)
    throw new AggregateError(
      failures,
      `finding ${record.finding.id}: ${failures.map(({ message }) => message).join('; ')}`,
    )
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
}

async function tell(ports: DeliverPorts, channel: Channel, record: FindingRecord): Promise<Outcome> {
  const { finding, version, status } = record
  const ref: DeliveryRef = { subject: finding.subject, findingId: finding.id, channel: channel.name }
  const now = ports.now()
  const known = await ports.log.read(ref)
  const kind = kindToTell(record, known, now.toISOString())
  if (!kind) return 'nothing-to-tell'
  const lease: Lease = {
    owner: ports.newId(),
    until: new Date(now.getTime() + LEASE_MILLISECONDS).toISOString(),
  }
  if (!(await ports.log.claim(ref, known, lease, now.toISOString())))
    throw new Error(`channel ${channel.name} is being told by another run`)
  try {
    await channel.publish(messageFor(record, kind), `${finding.id}-${version}`)
  } catch (error) {
    await ports.log.settle(ref, known, lease)
    throw new Error(`channel ${channel.name}: ${(error as Error).message}`, { cause: error })
  }
  await ports.log.settle(ref, { version, told: status }, lease)
  return 'told'
}

/** What there is to tell on this channel now, if anything. */
function kindToTell(record: FindingRecord, known: Delivery, now: string): ChangeKind | undefined {
  if (known.version >= record.version || record.replayed || isSuppressed(record, now)) return undefined
  const believedOpen = known.told === 'open'
  if (record.status === 'resolved') return believedOpen ? 'resolved' : undefined
  if (record.finding.severity === 'info') return undefined
  if (record.changeKind === 'changed' && !believedOpen) return 'opened'
  return record.changeKind
}
