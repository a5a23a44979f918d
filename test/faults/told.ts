/** The channels, and who was told what: Slack, which takes the same twice, and an SNS FIFO topic, which does not. */
import type { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import type { ChangeKind } from '../../shared/findings/record.ts'
import type { Channel } from '../../shared/notifications/channel.ts'
import { snsChannel } from '../../shared/notifications/sns.ts'
import type { Clock } from './clock.ts'
import type { Dice } from './dice.ts'
import type { Life } from './lambda.ts'

export interface Told {
  readonly channel: string
  readonly findingId: string
  readonly version: number
  readonly kind: ChangeKind
  readonly at: number
}

/** Why the same was published again: the first is the documented gap, the second its twin, the third must not be. */
export type Gap = 'died before settling' | 'answer lost' | 'not settled by a living run'

/** https://docs.aws.amazon.com/sns/latest/dg/fifo-message-dedup.html */
export const DEDUPLICATION = 5 * 60_000

interface Repetition {
  readonly told: Told
  readonly gap: Gap | undefined
  /** Milliseconds since it was told before. */
  readonly after: number
}

interface Publication {
  readonly life: Life
  readonly told: Told
  answered: boolean
  settled: boolean
}

type News = Omit<Told, 'channel' | 'at'>

/** @param versionOf of a finding in the batch that is told now: a digest speaks of new findings, without versions */
export function audience(
  { clock, dice }: { readonly clock: Clock; readonly dice: Dice },
  versionOf: (findingId: string) => number,
) {
  const told: Told[] = []
  const repeated: Repetition[] = []
  /** The last of each finding on each channel. */
  const publications = new Map<string, Publication>()
  const taken = new Map<string, number>()
  let refusedDuplicates = 0

  const keyOf = ({ channel, findingId }: Pick<Told, 'channel' | 'findingId'>) => `${channel} ${findingId}`

  function hear(life: Life, news: Told): Publication {
    const before = publications.get(keyOf(news))
    if (before && saysAgain(before, news))
      repeated.push({ told: news, gap: gapOf(before), after: news.at - before.told.at })
    else told.push(news)
    const publication = { life, told: news, answered: false, settled: false }
    // After a digest that was not settled, what it had left out is told, and it is still not known to be told.
    if (!before || news.version >= before.told.version) publications.set(keyOf(news), publication)
    return publication
  }

  const newsIn = (findingId: string): News => ({ findingId, version: versionOf(findingId), kind: 'opened' })

  async function slack(life: Life, news: readonly News[]): Promise<undefined> {
    const down = () => (dice.refused('Slack is down') ? new Error('503 Service Unavailable') : undefined)
    const heard = await life.act(
      'slack publish',
      async () => news.map((one) => hear(life, { ...one, channel: 'slack', at: clock.now() })),
      down,
    )
    for (const publication of heard) publication.answered = true
  }

  const topicOf = (life: Life) =>
    ({
      send: ({ input }: PublishCommand) =>
        life.act('sns publish', async () => {
          const id = input.MessageDeduplicationId ?? ''
          const known = taken.get(id)
          if (known !== undefined && clock.now() - known < DEDUPLICATION) {
            refusedDuplicates += 1
            return {}
          }
          taken.set(id, clock.now())
          const [findingId = '', version] = id.split('-')
          const kind = input.MessageAttributes?.kind?.StringValue as ChangeKind
          hear(life, { channel: 'sns', findingId, version: Number(version), kind, at: clock.now() })
          return {}
        }),
    }) as unknown as SNSClient

  return {
    told: told as readonly Told[],
    repeated: repeated as readonly Repetition[],
    refusedDuplicates: () => refusedDuplicates,
    settled(of: Pick<Told, 'channel' | 'findingId' | 'version'>) {
      const publication = publications.get(keyOf(of))
      if (publication && publication.told.version <= of.version) publication.settled = true
    },
    channelsOf: (life: Life): readonly Channel[] => [
      {
        name: 'slack',
        publish: ({ findingId, version, kind }) => slack(life, [{ findingId, version, kind }]),
        publishDigest: ({ causes }) =>
          slack(
            life,
            causes.flatMap(({ findings }) => findings.map(({ findingId }) => newsIn(findingId))),
          ),
      },
      snsChannel(topicOf(life), 'arn:aws:sns:us-west-2:100000000000:findings.fifo'),
    ],
  }
}

export type Audience = ReturnType<typeof audience>

/** The same version; or, where it is not known that it was told, what came before it or is the same news. */
const saysAgain = ({ told, settled }: Publication, news: Told): boolean =>
  told.version === news.version ||
  (!settled && (news.version < told.version || newsOf(told) === newsOf(news)))

const newsOf = ({ kind }: Told): Told['kind'] => (kind === 'reopened' ? 'opened' : kind)

function gapOf({ life, answered, settled }: Publication): Gap | undefined {
  if (settled) return undefined
  if (life.isOver()) return 'died before settling'
  return answered ? 'not settled by a living run' : 'answer lost'
}
