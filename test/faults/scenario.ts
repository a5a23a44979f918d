/** What happens to the shops, and the events that tell of it: duplicates, late ones, and what nobody can use. */
import type { Random } from '../bench/random.ts'
import { alarm, apiCall, deploymentCompleted, type Event, serviceAction, taskStopped } from './events.ts'
import type { Shop } from './market.ts'
import { type Poison, poisons } from './poison.ts'
import { broken, type State } from './shops.ts'

const MINUTE = 60_000
const DUPLICATES = 0.2
const LATE = 0.1
const POISON = 0.015

interface Turn {
  readonly at: number
  readonly shop: Shop
  readonly state: State
  /** What was changed, and by which event: CloudTrail knows. */
  readonly call: { readonly object: string; readonly event: Event }
}

interface Telling {
  readonly shop: Shop
  readonly at: number
  readonly event: Event
}

export interface Scenario {
  readonly turns: readonly Turn[]
  readonly deliveries: readonly { readonly at: number; readonly event: Event }[]
  readonly poison: readonly (Poison & { readonly at: number })[]
  readonly duplicates: number
  readonly late: number
  readonly ends: number
}

export function scenarioOf(shops: readonly Shop[], events: number, start: number, random: Random): Scenario {
  const singly = Math.round(events * (1 - POISON) * (1 - DUPLICATES))
  const lives = shops.map((shop) => lifeOf(shop, start + random.between(90, 150) * MINUTE, random))
  const turns: Turn[] = []
  const told: Telling[] = []
  for (let round = 0; told.length < singly; round += 1) {
    const incident = lives[round % lives.length]?.()
    turns.push(...(incident?.turns ?? []))
    told.push(...(incident?.told ?? []))
  }
  leaveBroken(turns, told)
  const ends = Math.max(...turns.map(({ at }) => at), ...told.map(({ at }) => at))
  const poison = Array.from({ length: Math.round(events * POISON) }, (_, number) => ({
    ...(poisons[number % poisons.length] ?? poisons[0]),
    at: random.between(start, ends),
  }))
  const again = Array.from({ length: events - told.length - poison.length }, () => {
    const { at, event } = random.pick(told)
    return { at: at + random.between(0, 20 * MINUTE), event }
  })
  let late = 0
  const deliveries = [...told, ...again].map(({ at, event }) => {
    const isLate = random.below(1000) < LATE * 1000
    late += isLate ? 1 : 0
    return { at: at + random.between(200, 3000) + (isLate ? random.between(5, 30) * MINUTE : 0), event }
  })
  return { turns, deliveries, poison, duplicates: again.length, late, ends }
}

/** Every third shop is still broken in the end. */
function leaveBroken(turns: Turn[], told: Telling[]): void {
  const last = new Map(turns.map((turn) => [turn.shop, turn]))
  for (const { shop, at } of last.values()) {
    if (shop.number % 3 !== 0) continue
    turns.splice(0, turns.length, ...turns.filter((turn) => turn.shop !== shop || turn.at < at))
    told.splice(0, told.length, ...told.filter((one) => one.shop !== shop || one.at < at))
  }
}

/** One incident after the other: most of them last, some are over before anybody can look. */
function lifeOf(shop: Shop, from: number, random: Random) {
  let at = from
  let version = 0
  /** What no health check tells is told by one event, which may be late and tried again. */
  const minutesOf = (state: State) =>
    state === 'no-ingress-yet-healthy' ? random.between(140, 180) : random.between(60, 110)
  return () => {
    const turns: Turn[] = []
    const told: Telling[] = []
    const state = random.pick(broken)
    const lasts = random.below(10) < 7 ? minutesOf(state) : random.between(1, 4)
    turn(state, true)
    told.push(...whileBroken(state, lasts))
    at += lasts * MINUTE
    if (random.below(5) === 0) {
      // Somebody tries something, and breaks it otherwise.
      const other = random.pick(broken.filter((one) => one !== state))
      turn(other, true)
      const longer = minutesOf(other)
      told.push(...whileBroken(other, longer))
      at += longer * MINUTE
      turn('healthy', false, other)
    } else turn('healthy', false, state)
    told.push({ shop, at: at + 90_000, event: serviceAction(shop, at, 'SERVICE_STEADY_STATE') })
    told.push({ shop, at: at + 95_000, event: deploymentCompleted(shop, at) })
    at += random.between(15, 50) * MINUTE
    return { turns, told }

    function turn(to: State, breaks: boolean, of: State = to): void {
      const { object, event } = callFor(shop, at, of, breaks)
      turns.push({ at, shop, state: to, call: { object, event } })
      told.push({ shop, at: at + random.between(1, 5) * MINUTE, event })
      if (of === 'no-ingress-yet-healthy') return
      const rung = at + random.between(60, 150) * 1000
      told.push({ shop, at: rung, event: alarm(shop, rung, breaks ? 'ALARM' : 'OK') })
    }
  }

  function whileBroken(state: State, minutes: number): Telling[] {
    const events: Telling[] = []
    for (let minute = 3; minute < minutes; minute += random.between(3, 8)) {
      version += 1
      const moment = at + minute * MINUTE
      events.push({
        shop,
        at: moment,
        event:
          state === 'no-ingress-yet-healthy'
            ? apiCall(shop, moment, {
                eventName: 'CreateRoute',
                requestParameters: { routeTableId: unrelated(version) },
              })
            : version % 4 === 0
              ? serviceAction(shop, moment, 'SERVICE_TASK_START_IMPAIRED')
              : taskStopped(shop, moment, version),
      })
    }
    return events
  }
}

const unrelated = (number: number) => `rtb-${String(number).padStart(17, '0')}`

/** The API call with which somebody breaks a shop, or puts it right. */
function callFor(shop: Shop, at: number, state: State, breaks: boolean) {
  const groups = (object: string, direction: 'Egress' | 'Ingress') => ({
    object,
    event: apiCall(shop, at, {
      eventName: `${breaks ? 'Revoke' : 'Authorize'}SecurityGroup${direction}`,
      requestParameters: { groupId: object },
    }),
  })
  if (state === 'no-egress') return groups(shop.albGroup, 'Egress')
  if (state.startsWith('no-ingress')) return groups(shop.appGroup, 'Ingress')
  if (state === 'wrong-path') {
    const requestParameters = {
      targetGroupArn: shop.targetGroup,
      healthCheckPath: breaks ? '/healthz' : '/health',
    }
    const call = {
      service: 'elasticloadbalancing',
      eventName: 'ModifyTargetGroup',
      requestParameters,
    } as const
    return { object: shop.targetGroup, event: apiCall(shop, at, call) }
  }
  const call = {
    service: 'ecs',
    eventName: 'UpdateService',
    requestParameters: { service: shop.service },
  } as const
  return { object: shop.service, event: apiCall(shop, at, call) }
}
