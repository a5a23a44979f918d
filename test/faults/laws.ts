/** What must hold in the end. Each law gives what breaks it, in words. */

import { type Episode, episodesOf, isWorthTelling, type Life } from './lives.ts'
import type { Outcome } from './soak.ts'
import type { Told } from './told.ts'

const MINUTE = 60_000
/** What lasts so long cannot be missed. */
const LASTING = 55 * MINUTE
const LOOKING = 5_000

/** Open is what the shops have now; everything else that was ever found is over. */
export function wrongStates({ market }: Outcome, lives: readonly Life[]): readonly string[] {
  const expected = new Set(
    market.shops.flatMap((shop) =>
      market.findingsOf(market.keyOf(shop, market.stateAt(shop))).map(({ id }) => id),
    ),
  )
  const open = lives.filter(({ record }) => record.status === 'open').map(({ record }) => record.finding)
  const ids = new Set(open.map(({ id }) => id))
  return [
    ...open
      .filter(({ id }) => !expected.has(id))
      .map(({ rootCause, subject }) => `${rootCause.code} of ${subject.arn} is open, and is over`),
    ...[...expected].filter((id) => !ids.has(id)).map((id) => `${id} is there, and is not open`),
  ]
}

/** Whatever lasted was found, and nothing was found that was never there. */
export function wrongIncidents(
  { market, clock, witness, redriven }: Outcome,
  lives: readonly Life[],
): readonly string[] {
  const byId = new Map(lives.map((life) => [life.record.finding.id, life]))
  const possible = new Set<string>()
  const missed: string[] = []
  for (const shop of market.shops)
    market.lifeOf(shop).forEach(({ state, from }, index, all) => {
      const to = all[index + 1]?.from ?? clock.now()
      for (const code of market.codesOf(shop, state))
        possible.add(`${shop.targetGroup} ${code}`).add(`${shop.service} ${code}`)
      for (const { id } of market.findingsOf(market.keyOf(shop, state))) {
        // Of this one event tells: if AWS denied what its audit needed, if it was given up, or came back so often that it
        // was audited when all was over, the health check will tell.
        const byOneEvent = state === 'no-ingress-yet-healthy'
        const isGivenUp = redriven.some((body) => body.includes(shop.appGroup))
        const mayBeMissed =
          byOneEvent &&
          (isGivenUp ||
            witness.wasBlind(shop.targetGroup, from, to) ||
            witness.wasLate(shop.targetGroup, from, to))
        if (to - from >= LASTING && !mayBeMissed && !wasOpen(byId.get(id), from, to))
          missed.push(`${state} of ${shop.targetGroup}, ${(to - from) / MINUTE} minutes`)
      }
    })
  const invented = lives
    .map(({ record }) => record.finding)
    .filter(({ rootCause: { code } }) => code !== 'undetermined')
    .filter(({ subject, rootCause: { code } }) => !possible.has(`${subject.arn} ${code}`))
  return [...missed, ...invented.map(({ rootCause, subject }) => `${rootCause.code} of ${subject.arn}`)]
}

/** What is open can be read whole, also when everything that nobody needs has gone; and nothing else stays. */
export function wrongObjects({ objects }: Outcome, lives: readonly Life[]): readonly string[] {
  const pointers = lives.flatMap(({ record: { whole, status } }) => (whole ? [{ ...whole, status }] : []))
  // The next audit of the subject gets rid of what is due.
  const due = lives.flatMap(({ record }) => record.toRetire ?? [])
  const known = new Set([...pointers.map(({ key }) => key), ...due])
  const kept = new Set(objects.kept())
  return [
    ...lives
      .filter(
        ({ record: { status, truncated, incomplete } }) => status === 'open' && (truncated || incomplete),
      )
      .map(({ record }) => `${record.finding.id} is open, and not whole: ${record.incomplete}`),
    ...pointers
      .filter(({ key, status }) => status === 'open' && !kept.has(key))
      .map(({ key }) => `${key} is needed, and will go`),
    ...[...kept].filter((key) => !known.has(key)).map((key) => `${key} stays, and nobody knows of it`),
  ]
}

function wasOpen(life: Life | undefined, from: number, to: number): boolean {
  return (life ? episodesOf(life) : []).some(
    ({ opened, resolved }) =>
      Date.parse(opened.at) <= to + LOOKING && (resolved === undefined || Date.parse(resolved.at) >= from),
  )
}

/** Each opening and each end, once per channel. */
export function wrongTellings({ audience, witness }: Outcome, lives: readonly Life[]): readonly string[] {
  const byFinding = heardOf(audience.told)
  return ['slack', 'sns'].flatMap((channel) =>
    lives.flatMap(episodesOf).flatMap((episode) => {
      const heard = byFinding.get(`${channel} ${episode.findingId}`) ?? []
      const skipped = (version: number) =>
        channel === 'slack' && witness.overtaken.has(`${episode.findingId} ${version}`)
      return wrongEpisode(episode, heard, skipped).map((what) => `${channel}, ${episode.findingId}: ${what}`)
    }),
  )
}

function heardOf(told: readonly Told[]): ReadonlyMap<string, readonly Told[]> {
  const heard = new Map<string, Told[]>()
  for (const one of told) {
    const key = `${one.channel} ${one.findingId}`
    heard.set(key, [...(heard.get(key) ?? []), one])
  }
  return heard
}

function wrongEpisode(
  episode: Episode,
  heard: readonly Told[],
  isSkipped: (version: number) => boolean,
): readonly string[] {
  const { opened, resolved, versions } = episode
  const last = versions.at(-1)?.version ?? opened.version
  const of = heard.filter(({ version }) => version >= opened.version && version <= last)
  const openings = of.filter(({ kind }) => kind === 'opened' || kind === 'reopened').length
  const ends = of.filter(({ kind }) => kind === 'resolved').length
  const span = `versions ${opened.version} to ${last}`
  const wanted = isWorthTelling(episode) ? 1 : 0
  // A digest speaks of the newest: what was over and is there again meanwhile was never over for its readers.
  const opens = openings === wanted || (openings === 0 && isSkipped(opened.version))
  const over = resolved ? wanted : 0
  const endsAnother = openings === 0 && ends === 1 && isSkipped(opened.version - 1)
  const isLeftOut = ends === 0 && (openings === 0 || (resolved !== undefined && isSkipped(resolved.version)))
  const closes = ends === over || isLeftOut || endsAnother
  return [
    ...(opens ? [] : [`${span} opened ${openings} times`]),
    ...(closes ? [] : [`${span} over ${ends} times`]),
  ]
}

/** The dead letters of each queue are what was poison, each with the reason that its function logged. */
export function wrongDeadLetters(
  { scenario, queues }: Outcome,
  reasons: ReadonlyMap<string, string>,
): readonly string[] {
  return Object.entries(queues).flatMap(([name, queue]) => {
    const expected = scenario.poison.filter((poison) => poison.queue === name)
    const left = queue.dead().map(({ body }) => body)
    const bodies = expected.map(({ body }) => body)
    const unexplained = queue.dead().filter(({ id, body }) => {
      const poison = expected.find((one) => one.body === body)
      return poison && !poison.reason.test(reasons.get(id) ?? '')
    })
    return [
      ...left
        .filter((body) => !bodies.includes(body))
        .map((body) => `${name}: not poison: ${body.slice(0, 200)}`),
      ...(left.length === bodies.length
        ? []
        : [`${name}: ${left.length} dead letters, ${bodies.length} poison events`]),
      ...unexplained.map(
        ({ id, body }) => `${name}: ${body.slice(0, 100)}: reason "${reasons.get(id)?.slice(0, 200)}"`,
      ),
    ]
  })
}
