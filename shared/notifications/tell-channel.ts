/** What one channel is told of a batch of changes: one by one, and what is too many in one digest. */
import { severities } from '../findings/finding.ts'
import type { FindingRecord } from '../findings/record.ts'
import { claim } from './claim.ts'
import { messageFor } from './message.ts'
import { type News, newsOf } from './news.ts'
import type { Outcome } from './ports.ts'
import { tellDigest } from './tell-digest.ts'
import { channelError, mustHaveTime, type Telling, type TellResult } from './telling.ts'

const MAX_SINGLY = 10

type Results = ReadonlyMap<string, TellResult>

/** @returns a result per record */
export async function tellChannel(
  telling: Telling,
  records: readonly FindingRecord[],
): Promise<readonly TellResult[]> {
  const newest = new Map(records.map((record) => [record.finding.id, record]))
  const { maxSingly = MAX_SINGLY } = telling.ports
  if (!telling.channel.publishDigest || newest.size <= maxSingly) return tellSingly(telling, records)
  // Of so many findings only the newest version is told: what came in between would be told late anyway.
  const results = await tellBurst(telling, [...newest.values()], maxSingly)
  return records.map(({ finding }) => results.get(finding.id) ?? 'nothing-to-tell')
}

/** In order: of one finding, the older version first. */
async function tellSingly(
  telling: Telling,
  records: readonly FindingRecord[],
): Promise<readonly TellResult[]> {
  const results: TellResult[] = []
  for (const record of records) results.push(await tellOrFail(telling, record))
  return results
}

/** @param records one per finding */
async function tellBurst(
  telling: Telling,
  records: readonly FindingRecord[],
  maxSingly: number,
): Promise<Results> {
  const together = await newBeyond(telling, records, maxSingly)
  const inDigest = new Set(together.map(({ record }) => record))
  const others = records.filter((record) => !inDigest.has(record))
  const singly = await tellSingly(telling, others)
  const results = others.map(
    ({ finding }, index) => [finding.id, singly[index] ?? 'nothing-to-tell'] as const,
  )
  return new Map([...results, ...(await tellDigest(telling, together))])
}

/** The new findings beyond the number that is told one by one; the worst are told so. */
async function newBeyond(
  { ports, channel }: Telling,
  records: readonly FindingRecord[],
  maxSingly: number,
): Promise<readonly News[]> {
  // What cannot be read now fails for itself, when it is its turn.
  const read = (record: FindingRecord) => newsOf(ports, channel, record).catch(() => undefined)
  const news = await Promise.all(records.map(read))
  const beyond = news
    .filter((one) => one !== undefined)
    .filter(({ kind }) => kind === 'opened' || kind === 'reopened')
    .sort((a, b) => rank(a) - rank(b))
    .slice(maxSingly)
  // A digest of one would say less and spare nothing.
  return beyond.length > 1 ? beyond : []
}

const rank = ({ record }: News): number => severities.indexOf(record.finding.severity)

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
