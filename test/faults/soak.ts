/** The event side as it is deployed, from events to messages, while everything goes wrong; then a last repair. */

import { unmarshall } from '@aws-sdk/util-dynamodb'
import type { DynamoDBRecord } from 'aws-lambda'
import { localBus, type RuleTarget } from '../../cli/local/bus.ts'
import { createHandler as auditConfigChange } from '../../functions/audit-config-change.ts'
import { createHandler as auditEcsTask } from '../../functions/audit-ecs-task.ts'
import { createHandler as auditTargetHealth } from '../../functions/audit-target-health.ts'
import { createHandler as notifyFinding } from '../../functions/notify-finding.ts'
import { createHandler as watchTargetHealth } from '../../functions/watch-target-health.ts'
import type { AuditPorts } from '../../shared/auditing/audit-subject.ts'
import type { Change } from '../../shared/events/change.ts'
import { parseTrigger } from '../../shared/events/index.ts'
import { fromItem } from '../../shared/findings/item.ts'
import { randomOf } from '../bench/random.ts'
import { virtualClock } from './clock.ts'
import { diceOf } from './dice.ts'
import type { Event } from './events.ts'
import { type LambdaFunction, lambdaFunction } from './lambda.ts'
import { market as marketOf, type Shop } from './market.ts'
import { memoryObjects } from './memory-objects.ts'
import { memoryTable } from './memory-table.ts'
import { auditPorts, notifyPorts, type Place, watchPorts } from './ports.ts'
import { faultQueue } from './queue.ts'
import { type Scenario, scenarioOf } from './scenario.ts'
import { faultStream } from './stream.ts'
import { audience as audienceOf } from './told.ts'
import { witnessOf } from './witness.ts'

const START = '2026-11-20T00:00:00.000Z'
const MINUTE = 60_000
const WATCH = 4 * MINUTE
const SHOPS = 24
const EVENTS_PER_SHOP = 250

export async function soak(events: number, seed: number) {
  const clock = virtualClock(START)
  const random = randomOf(seed)
  const market = marketOf(Math.min(SHOPS, Math.max(3, Math.ceil(events / EVENTS_PER_SHOP))), clock)
  const scenario = scenarioOf(market.shops, events, clock.now(), random)
  const dice = diceOf(seed + 1, clock, (scenario.ends - clock.now()) / (60 * MINUTE))
  const witness = witnessOf(market)
  const batch = new Map<string, number>()
  const place: Place = {
    ...{ clock, dice, market },
    table: memoryTable((item, before) => stream.push(item, before)),
    objects: memoryObjects(),
    audience: audienceOf({ clock, dice }, (findingId) => batch.get(findingId) ?? 0),
    throttles: new Map(),
    put: (detail) => void bus.publish([detail as Parameters<typeof bus.publish>[0][number]]),
  }

  const notify = lambdaFunction(place, { name: 'notify-finding', seconds: 50 }, (life) =>
    notifyFinding(notifyPorts(place, life)),
  )
  const stream = faultStream(clock, notify.invoke)
  stream.onBatch((records) => {
    const versions = records.flatMap(versionIn)
    batch.clear()
    for (const [id, version] of versions) batch.set(id, version)
    witness.batch(versions)
  })
  const auditor = (name: RuleTarget, create: (ports: AuditPorts) => ReturnType<typeof auditEcsTask>) =>
    lambdaFunction(place, { name, seconds: 120 }, (life) => create(witness.watching(auditPorts(place, life))))
  const auditors = {
    'audit-target-health': auditor('audit-target-health', auditTargetHealth),
    'audit-ecs-task': auditor('audit-ecs-task', auditEcsTask),
    'audit-config-change': auditor('audit-config-change', auditConfigChange),
  }
  const queues = {
    'audit-target-health': faultQueue(clock, 'audit-target-health', auditors['audit-target-health'].invoke),
    'audit-ecs-task': faultQueue(clock, 'audit-ecs-task', auditors['audit-ecs-task'].invoke),
    'audit-config-change': faultQueue(clock, 'audit-config-change', auditors['audit-config-change'].invoke),
  } satisfies Record<RuleTarget, unknown>
  const bus = localBus((target, event) => {
    witness.sent()
    queues[target].send(JSON.stringify(event))
  })
  const watchers = market.shops.map((shop) =>
    lambdaFunction(place, { name: 'watch-target-health', seconds: 58 }, (life) =>
      watchTargetHealth(() => watchPorts(place, life, shop)),
    ),
  )

  schedule(place, scenario, (event) => {
    if (bus.put(event) === 0) throw new Error(`no rule takes ${JSON.stringify(event)}`)
  })
  for (const { at, queue, body } of scenario.poison) clock.at(at, () => queues[queue].send(body))
  for (const [index, watcher] of watchers.entries()) tick(watcher, market.shops[index], index)
  await clock.runUntil(scenario.ends + 60 * MINUTE)

  dice.calm()
  const all = Object.values(queues)
  const isQuiet = () => all.every((queue) => queue.isEmpty()) && stream.isEmpty()
  const poison = new Set(scenario.poison.map(({ body }) => body))
  await clock.runUntil(clock.now() + 120 * MINUTE)
  const redriven = all.flatMap((queue) =>
    queue.redrive(({ body }) => !poison.has(body)).map(({ body }) => body),
  )
  await clock.runUntil(clock.now() + 120 * MINUTE)
  const deaths = [notify, ...Object.values(auditors), ...watchers].reduce((sum, one) => sum + one.deaths(), 0)
  return { ...place, scenario, queues, redriven, witness, deaths, isQuiet: isQuiet() }

  function tick(watcher: LambdaFunction<unknown, unknown>, shop: Shop | undefined, index: number): void {
    clock.at(clock.now() + (index === -1 ? WATCH : index * 1700), () => {
      // A run that fails is not made up for: the next one does its work.
      watcher.invoke(tickEvent(shop, clock.iso())).catch(() => {})
      tick(watcher, shop, -1)
    })
  }
}

export type Outcome = Awaited<ReturnType<typeof soak>>

const tickEvent = (shop: Shop | undefined, time: string) => ({
  ...{ id: 'tick', account: shop?.accountId, region: shop?.region, time, detail: {} },
  ...{ source: 'aws.events', 'detail-type': 'Scheduled Event', resources: [] },
})

function schedule({ clock, market }: Place, { turns, deliveries }: Scenario, put: (event: unknown) => void) {
  for (const { at, shop, state, call } of turns)
    clock.at(at, () => {
      market.become(shop, state)
      market.remember(call.object, changeIn(call.event))
    })
  for (const { at, event } of deliveries) clock.at(at, () => put(event))
}

function changeIn(event: Event): Change {
  const trigger = parseTrigger(event)
  if (trigger.kind !== 'configuration-change') throw new Error('no API call')
  return trigger.change
}

function versionIn({ dynamodb }: DynamoDBRecord): readonly (readonly [string, number])[] {
  const image = dynamodb?.NewImage as Parameters<typeof unmarshall>[0] | undefined
  const record = image && fromItem(unmarshall(image))?.record
  return record ? [[record.finding.id, record.version]] : []
}
