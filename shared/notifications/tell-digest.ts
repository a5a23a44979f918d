/** Many new findings in one message: each is claimed and settled for itself, so that its end is told too. */
import { type Claim, claim } from './claim.ts'
import { digestOf } from './digest.ts'
import { messageFor } from './message.ts'
import type { News } from './news.ts'
import { channelError, mustHaveTime, type Telling, type TellResult } from './telling.ts'

type Settle = (claim: Claim) => Promise<TellResult>

/** @returns a result per finding */
export async function tellDigest(
  telling: Telling,
  news: readonly News[],
): Promise<ReadonlyMap<string, TellResult>> {
  const { ports, channel } = telling
  const orError = (error: Error) => error
  const claims = await Promise.all(news.map((one) => claim(ports, channel, one).catch(orError)))
  const held = claims.flatMap((claimed) => (claimed instanceof Error ? [] : [claimed]))
  const settle = await publish(telling, held)
  const results = await Promise.all(
    claims.map((claimed) => (claimed instanceof Error ? claimed : settle(claimed).catch(orError))),
  )
  return new Map(news.map(({ record }, index) => [record.finding.id, results[index] ?? 'nothing-to-tell']))
}

/** @returns what remains to be done for each finding */
async function publish(telling: Telling, claims: readonly Claim[]): Promise<Settle> {
  const { ports, channel, deadline } = telling
  if (claims.length === 0) return async () => 'nothing-to-tell'
  const digest = digestOf(claims.map(({ news: { record, kind } }) => messageFor(record, kind, ports.pageUrl)))
  try {
    mustHaveTime(telling)
    const reference = await channel.publishDigest?.(digest, { deduplicationId: digest.id, deadline })
    return async (claimed) => {
      await claimed.told(reference)
      return 'told'
    }
  } catch (error) {
    return async (claimed) => {
      await claimed.giveBack()
      return channelError(channel, error)
    }
  }
}
