/** What one channel is told of a batch of changes: one by one, and what is too many in one digest. */
import type { FindingRecord } from '../findings/record.ts'
import { claim } from './claim.ts'
import type { Outcome } from './deliver.ts'
import { messageFor } from './message.ts'
import { type News, newsOf } from './news.ts'
import { tellDigest } from './tell-digest.ts'
import { channelError, mustHaveTime, type Telling, type TellResult } from './telling.ts'

const MAX_SINGLY = 10

/** @returns a result per record */
export async function tellChannel(
  telling: Telling,
  records: readonly FindingRecord[],
): Promise<readonly TellResult[]> {
  const tooMany = await tooManyToTellSingly(telling, records)
  const inDigest = new Set(tooMany.map(({ record }) => record.finding.id))
  const singly = new Map<FindingRecord, TellResult>()
  // In order: two versions of one finding may stand in one batch.
  for (const record of records)
    if (!inDigest.has(record.finding.id)) singly.set(record, await tellOrFail(telling, record))
  const together = await tellDigest(telling, tooMany)
  return records.map((record) => singly.get(record) ?? together.get(record.finding.id) ?? 'nothing-to-tell')
}

/** @returns the newest version of each new finding beyond the number that is told one by one */
async function tooManyToTellSingly(
  { ports, channel }: Telling,
  records: readonly FindingRecord[],
): Promise<readonly News[]> {
  const newest = new Map(records.map((record) => [record.finding.id, record]))
  const { maxSingly = MAX_SINGLY } = ports
  if (!channel.publishDigest || newest.size <= maxSingly) return []
  const news = await Promise.all([...newest.values()].map((record) => newsOf(ports, channel, record)))
  return news
    .filter((one) => one !== undefined)
    .filter(({ kind }) => kind === 'opened' || kind === 'reopened')
    .slice(maxSingly)
}

const tellOrFail = (telling: Telling, record: FindingRecord): Promise<TellResult> =>
  tell(telling, record).catch((error: Error) => error)

async function tell(telling: Telling, record: FindingRecord): Promise<Outcome> {
  const { ports, channel, deadline } = telling
  const news = await newsOf(ports, channel, record)
  if (!news) return 'nothing-to-tell'
  mustHaveTime(telling)
  const claimed = await claim(ports, channel, news)
  let reference: string | undefined
  try {
    reference = await channel.publish(messageFor(record, news.kind, ports.pageUrl), {
      deduplicationId: `${record.finding.id}-${record.version}`,
      reference: news.known.reference,
      deadline,
    })
  } catch (error) {
    await claimed.giveBack()
    throw channelError(channel, error)
  }
  await claimed.told(reference)
  return 'told'
}
