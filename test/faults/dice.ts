/** What goes wrong, drawn from a seed: at single steps, and for a while. */
import { type Random, randomOf } from '../bench/random.ts'

/** `before` and `after` say whether the real effect took place. */
export type Fault =
  | 'dies before'
  | 'dies after'
  | 'hangs'
  | 'fails'
  | 'answer lost'
  /** The SDK sent it again, after an answer that was lost: a condition does not hold for the second time. */
  | 'sent twice'

export interface Dice {
  /** @returns what happens at this step, most often nothing */
  readonly at: (step: string) => Fault | undefined
  readonly latency: () => number
  /** Whether one of these times is now: so many of what is asked in them are refused. */
  readonly refused: (what: Trouble) => boolean
  readonly chance: (share: number) => boolean
  readonly random: Random
  readonly calm: () => void
  readonly tally: ReadonlyMap<string, ReadonlyMap<Fault, number>>
  /** How often each step was taken. */
  readonly taken: ReadonlyMap<string, number>
}

/** Shares of refused calls while the trouble lasts, and how long that is, minutes. */
const troubles = {
  'DynamoDB throttles': { share: 0.2, minutes: [3, 15], every: 120 },
  'AWS throttles': { share: 0.5, minutes: [5, 20], every: 100 },
  'Slack is down': { share: 1, minutes: [10, 45], every: 240 },
  'AWS denies': { share: 0.5, minutes: [10, 40], every: 150 },
  'S3 throttles': { share: 0.4, minutes: [5, 20], every: 110 },
  'S3 denies': { share: 1, minutes: [10, 40], every: 200 },
} as const
type Trouble = keyof typeof troubles

/** How often in a hundred first calls; the more a step is taken, the less often it goes wrong, and never not. */
const weights: Readonly<Record<Fault, number>> = {
  'dies before': 4,
  'dies after': 4,
  hangs: 1,
  fails: 8,
  'answer lost': 5,
  'sent twice': 5,
}
const FEW = 300
/** A step that is taken so often kills its process before its effect and after it. */
export const SURELY = 30

export function diceOf(seed: number, clock: { readonly now: () => number }, hours: number): Dice {
  const random = randomOf(seed)
  const start = clock.now()
  const times = new Map(
    Object.keys(troubles).map((name) => [name, timesOf(random, troubles[name as Trouble], start, hours)]),
  )
  const taken = new Map<string, number>()
  const planned = new Map<string, readonly [before: number, after: number]>()
  const surely = (step: string, count: number): Fault | undefined => {
    const [before, after] = planned.get(step) ?? [
      random.between(2, SURELY / 2),
      random.between(SURELY / 2 + 1, SURELY),
    ]
    planned.set(step, [before, after])
    return count === before ? 'dies before' : count === after ? 'dies after' : undefined
  }
  const tally = new Map<string, Map<Fault, number>>()
  let calm = false
  const chance = (share: number) => random.below(1_000_000) < share * 1_000_000
  return {
    tally,
    taken,
    random,
    chance: (share) => !calm && chance(share),
    latency: () => random.between(4, 40),
    calm: () => {
      calm = true
    },
    refused(what) {
      const now = clock.now()
      const lasts = times.get(what)?.some(({ from, to }) => from <= now && now < to) ?? false
      return !calm && lasts && chance(troubles[what].share)
    },
    at(step) {
      if (calm) return undefined
      const count = (taken.get(step) ?? 0) + 1
      taken.set(step, count)
      const drawn = (Object.keys(weights) as Fault[]).find(
        (name) => (name !== 'sent twice' || isSentAgain(step)) && chance(weights[name] / (count + FEW)),
      )
      const fault = surely(step, count) ?? drawn
      if (fault === undefined) return undefined
      const faults = tally.get(step) ?? new Map<Fault, number>()
      tally.set(step, faults.set(fault, (faults.get(fault) ?? 0) + 1))
      return fault
    },
  }
}

/** Writes through the AWS SDK. */
const isSentAgain = (step: string) => /^(put|bus|sns|s3 put)/.test(step)

function timesOf(
  random: Random,
  { minutes, every }: (typeof troubles)[Trouble],
  start: number,
  hours: number,
) {
  const times: { readonly from: number; readonly to: number }[] = []
  for (
    let minute = random.between(10, every);
    minute < hours * 60;
    minute += random.between(every / 2, every * 1.5)
  ) {
    const from = start + minute * 60_000
    times.push({ from, to: from + random.between(minutes[0], minutes[1]) * 60_000 })
  }
  return times
}
