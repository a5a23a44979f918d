/** Small worlds that break and are put right again: each a shop in an account and Region of its own. */
import * as aws from '../fixtures/index.ts'
import { bakeryShop } from '../fixtures/themes/bakery-shop.ts'
import { orchardOrders } from '../fixtures/themes/orchard-orders.ts'
import { printShop } from '../fixtures/themes/print-shop.ts'

export interface Parts {
  readonly world: aws.World
  readonly albGroup: string
  readonly appGroup: string
  readonly loadBalancer: string
  readonly targetGroup: string
  readonly listener: string
  readonly service: string
  readonly tasks: readonly string[]
}

/** What can be the matter with a shop; each is made from the healthy one. */
const states = {
  healthy: () => {},
  'no-egress': ({ world, albGroup, targetGroup }) => {
    aws.setEgress(world, albGroup)
    aws.setHealth(world, targetGroup, aws.health.timeout)
  },
  'no-ingress': ({ world, appGroup, targetGroup }) => {
    aws.setIngress(world, appGroup)
    aws.setHealth(world, targetGroup, aws.health.timeout)
  },
  /** The rule is gone; the next health checks have not failed yet. */
  'no-ingress-yet-healthy': ({ world, appGroup }) => aws.setIngress(world, appGroup),
  'wrong-path': ({ world, targetGroup }) => aws.setHealth(world, targetGroup, aws.wrongCode(404)),
  'tasks-exit': ({ world, tasks }) => {
    for (const task of tasks) {
      const names = (aws.taskOf(world, task).containers ?? []).map(({ name = '' }) => name)
      const containers = Object.fromEntries(names.map((name) => [name, { exitCode: 1 }]))
      aws.stopTask(world, task, { ...aws.stops.essentialExited, containers })
    }
  },
} as const satisfies Readonly<Record<string, (parts: Parts) => void>>

export type State = keyof typeof states

/** What is true as well, and told while AWS denies what would tell more: a service's group without tasks is empty. */
export const alsoTrue: Partial<Record<State, readonly string[]>> = { 'tasks-exit': ['tg.no-targets'] }
export const broken = Object.keys(states).filter((state) => state !== 'healthy') as State[]

const makers: readonly ((place: Parameters<typeof bakeryShop>[0]) => Parts)[] = [
  (place) => named(bakeryShop(place), ({ webGroup }) => webGroup),
  (place) => named(orchardOrders(place), ({ ordersGroup }) => ordersGroup),
  (place) => named(printShop(place), ({ pressGroup }) => pressGroup),
]

const named = <T extends Omit<Parts, 'appGroup'>>(shop: T, appGroup: (shop: T) => string): Parts => ({
  ...shop,
  appGroup: appGroup(shop),
})

const REGIONS = ['ap-northeast-1', 'eu-central-1', 'us-west-2'] as const

/** @param number from 0: another shop for each, made anew with each call */
export function shopIn(number: number, state: State): Parts {
  const accountId = String(100_000_000_000 + Math.floor(number / REGIONS.length))
  const region = REGIONS[number % REGIONS.length] ?? REGIONS[0]
  const make = makers[Math.floor(number / REGIONS.length) % makers.length] ?? bakeryOf
  const parts = make({ accountId, region, at: '2026-11-20T00:00:00.000Z' })
  states[state](parts)
  return parts
}

const bakeryOf = (place: Parameters<typeof bakeryShop>[0]) =>
  named(bakeryShop(place), ({ webGroup }) => webGroup)
