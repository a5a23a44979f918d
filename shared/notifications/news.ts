/** A change together with what its channel knows: what there is to tell. */
import { type ChangeKind, type FindingRecord, isSuppressed } from '../findings/record.ts'
import type { Channel } from './channel.ts'
import type { Delivery, DeliveryRef } from './delivery-log.ts'
import type { DeliverPorts } from './ports.ts'

export interface News {
  readonly record: FindingRecord
  /** What the channel was told so far. */
  readonly known: Delivery
  /** What the reader is told has happened. */
  readonly kind: ChangeKind
}

/** @returns undefined when there is nothing to tell */
export async function newsOf(
  { log, now }: DeliverPorts,
  channel: Channel,
  record: FindingRecord,
): Promise<News | undefined> {
  const known = await log.read(deliveryRef(record, channel))
  const kind = kindToTell(record, known, now().toISOString())
  return kind && { record, known, kind }
}

export const deliveryRef = ({ finding }: FindingRecord, channel: Channel): DeliveryRef => ({
  subject: finding.subject,
  findingId: finding.id,
  channel: channel.name,
})

function kindToTell(record: FindingRecord, known: Delivery, now: string): ChangeKind | undefined {
  if (known.version >= record.version || record.replayed || isSuppressed(record, now)) return undefined
  const believedOpen = known.told === 'open'
  if (record.status === 'resolved') return believedOpen ? 'resolved' : undefined
  if (record.finding.severity === 'info') return undefined
  if (['changed', 'attributed'].includes(record.changeKind) && !believedOpen) return 'opened'
  return record.changeKind
}
