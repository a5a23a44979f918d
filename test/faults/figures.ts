/** The figures of a run as a table. */
import Table from 'cli-table3'
import { episodesOf, isWorthTelling, type Life } from './lives.ts'
import type { Outcome } from './soak.ts'

export function figuresOf(outcome: Outcome, lives: readonly Life[]): string {
  const { scenario, audience, witness, throttles, queues, dice, deaths, market, redriven } = outcome
  const { audits, undecided, sent } = witness.counts()
  const episodes = lives.flatMap(episodesOf)
  const large = lives.filter(({ record }) => record.whole).length
  const dead = Object.values(queues).reduce((sum, queue) => sum + queue.dead().length, 0)
  const gaps = (name: string) => audience.repeated.filter(({ gap }) => gap === name).length
  const told = (channel: string) => audience.told.filter((one) => one.channel === channel).length
  const sum = {
    'events delivered': scenario.deliveries.length + scenario.poison.length,
    'of them duplicates / late / poison': `${scenario.duplicates} / ${scenario.late} / ${scenario.poison.length}`,
    'events of the watcher beside them': sent - scenario.deliveries.length,
    'shops / turns of their fate': `${market.shops.length} / ${scenario.turns.length}`,
    'processes that died': deaths,
    throttled: [...throttles].map(([what, count]) => `${what} ${count}`).join(', '),
    'audits / not decided': `${audits} / ${undecided}`,
    'findings / openings': `${lives.length} / ${episodes.length} (${episodes.filter(isWorthTelling).length} worth telling)`,
    'of them large / objects / kept': `${large} / ${outcome.objects.keys().length} / ${outcome.objects.kept().length}`,
    'messages: Slack / SNS FIFO': `${told('slack')} / ${told('sns')}`,
    'told twice on Slack: died / answer lost': `${gaps('died before settling')} / ${gaps('answer lost')}`,
    'duplicates that SNS FIFO refused': audience.refusedDuplicates(),
    'dead letters / redriven': `${dead} / ${redriven.length}`,
    ...latencies(outcome, lives),
  }
  const table = new Table({ style: { head: [], border: [] } })
  for (const [name, value] of Object.entries(sum)) table.push([name, String(value)])
  return `${table.toString()}\n${crashes(dice.tally)}`
}

/** From when it happened to when it was told, in virtual time. */
function latencies({ market, audience }: Outcome, lives: readonly Life[]) {
  const shops = new Map(market.shops.map((shop) => [shop.targetGroup, shop]))
  const subjects = new Map(lives.map(({ record: { finding } }) => [finding.id, finding.subject.arn]))
  const secondsOf = (channel: string) =>
    audience.told.flatMap(({ findingId, kind, at, ...one }) => {
      const shop = shops.get(subjects.get(findingId) ?? '')
      if (!shop || one.channel !== channel || kind === 'changed' || kind === 'attributed') return []
      const has = kind !== 'resolved'
      const turn = market
        .lifeOf(shop)
        .findLast(
          ({ state, from }) =>
            from > 0 &&
            from <= at &&
            market.findingsOf(market.keyOf(shop, state)).some(({ id }) => id === findingId) === has,
        )
      return turn ? [(at - turn.from) / 1000] : []
    })
  return Object.fromEntries(
    ['slack', 'sns'].map((channel) => {
      const sorted = secondsOf(channel).sort((a, b) => a - b)
      const at = (share: number) => Math.round(sorted[Math.floor(sorted.length * share)] ?? 0)
      return [`${channel}: p50 / p99 from the world to people, seconds`, `${at(0.5)} / ${at(0.99)}`]
    }),
  )
}

function crashes(tally: Outcome['dice']['tally']): string {
  const faults = ['dies before', 'dies after', 'hangs', 'fails', 'answer lost', 'sent twice'] as const
  const table = new Table({ head: ['step', ...faults], style: { head: [], border: [] } })
  for (const [step, counts] of [...tally].sort(([a], [b]) => (a < b ? -1 : 1)))
    table.push([step, ...faults.map((fault) => String(counts.get(fault) ?? 0))])
  return table.toString()
}
