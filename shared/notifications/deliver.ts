/**
 * Telling people, once. Per channel: claim with a lease -> publish -> settle. A run that dies in between lets
 * the lease run out, and the next run takes over. Only a death after publishing and before settling can tell
 * twice, or an answer of the channel that got lost; a channel that refuses duplicates (SNS FIFO, for
 * five minutes) closes that gap for a run that comes back within this time.
 */
import type { FindingRecord } from '../findings/record.ts'
import { LEASE_MILLISECONDS } from './claim.ts'
import type { DeliverPorts, Outcome } from './ports.ts'
import { tellChannel } from './tell-channel.ts'
import type { TellResult } from './telling.ts'

/** Per record: an outcome per channel, or an Error when a channel failed or is busy: to be tried again. */
export type DeliveryResult = readonly Outcome[] | Error

/**
 * @param records changes in the order in which they happened; of one finding there may be several
 * @param deadline milliseconds since 1970: what is not told by then fails
 * @returns a result per record; channels and records do not keep each other from being told
 */
export async function deliver(
  ports: DeliverPorts,
  records: readonly FindingRecord[],
  deadline: number = ports.now().getTime() + LEASE_MILLISECONDS,
): Promise<readonly DeliveryResult[]> {
  const told = await Promise.all(
    ports.channels.map((channel) => tellChannel({ ports, channel, deadline }, records)),
  )
  return records.map((record, index) =>
    resultOf(
      record,
      told.flatMap((results) => results[index] ?? []),
    ),
  )
}

function resultOf({ finding }: FindingRecord, results: readonly TellResult[]): DeliveryResult {
  const failures = results.flatMap((result) => (result instanceof Error ? [result] : []))
  if (failures.length === 0) return results.flatMap((result) => (result instanceof Error ? [] : [result]))
  const reasons = failures.map(({ message }) => message).join('; ')
  return new AggregateError(failures, `finding ${finding.id}: ${reasons}`)
}
