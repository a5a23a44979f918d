/** Whatever field of ELBv2's answers is cut off, a way to a load balancer never looks better than it is. */
import { describe, expect, it } from 'vitest'
import { compileSnapshot, explainQuery, type Query } from '../../shared/explain.ts'
import { InputError } from '../../shared/input-error.ts'
import { parseSnapshot } from '../../shared/snapshot/parse.ts'
import * as aws from '../fixtures/index.ts'
import { bakeryShop } from '../fixtures/themes/bakery-shop.ts'
import { teaHouse } from '../fixtures/themes/tea-house.ts'
import { holderOf, type Json, type Path, placesOf, remove } from '../fuzz/mutants.ts'

interface Scene {
  readonly name: string
  readonly world: aws.World
  readonly query: Query
}

function scenes(): readonly Scene[] {
  const house = (name: string, options: Parameters<typeof teaHouse>[0], change = (_: aws.World) => {}) => {
    const { world, waiter, loadBalancer } = teaHouse(options)
    change(world)
    return { name, world, query: { from: waiter, to: loadBalancer, port: 443 } }
  }
  const shop = (name: string, change: (shop: ReturnType<typeof bakeryShop>) => void) => {
    const made = bakeryShop()
    change(made)
    return { name, world: made.world, query: { from: 'internet', to: made.loadBalancer, port: 80 } }
  }
  return [
    house('a zone without a kettle', { kettles: 1 }),
    house('targets see clients', {}, (world) => {
      const group = world.securityGroups.find(({ GroupName }) => GroupName === 'tea-kettles')
      aws.setIngress(world, group?.GroupId ?? '', aws.tcp(8443).fromCidr('10.80.0.0/23'))
    }),
    shop('a rule to nowhere', ({ world, vpc, listener }) => {
      const targetGroup = aws.targetGroup(world, { name: 'bakery-cakes', vpc, port: 8000 })
      aws.rule(world, { listener, priority: 1, targetGroup })
    }),
    shop('a group with weight 0', ({ world, loadBalancer, targetGroup }) => {
      const ForwardConfig = { TargetGroups: [{ TargetGroupArn: targetGroup, Weight: 0 }] }
      for (const listener of world.listeners[loadBalancer]?.Listeners ?? [])
        listener.DefaultActions = [{ Type: 'forward', ForwardConfig }]
    }),
    shop('everybody leaves', ({ world, targetGroup }) =>
      aws.setHealth(world, targetGroup, aws.health.draining),
    ),
    shop('open', () => {}),
  ]
}

/** Whoever leaves out an item of a list says that there is none; a field is only not told. */
const isField = (place: Path): boolean => typeof place.at(-1) === 'string'

function without(text: string, place: Path): Json {
  const json: Json = JSON.parse(text)
  const found = holderOf(json, place)
  if (found) remove(...found)
  return json
}

const PASSES = { unknown: 0, blocked: 0, partial: 1, reachable: 2 } as const

function passes(json: unknown, query: Query): number {
  try {
    return PASSES[explainQuery(compileSnapshot(parseSnapshot(json)), query).verdict]
  } catch (error) {
    if (error instanceof InputError) return 0
    throw error
  }
}

describe('a field less', () => {
  it.each(scenes())('$name', { timeout: 60_000 }, ({ world, query }) => {
    // Parsed: what the analysis does not read is gone.
    const snapshot = aws.snapshotOf(world)
    const text = JSON.stringify(snapshot)
    const before = passes(snapshot, query)
    const fields = placesOf(JSON.parse(text)).filter(
      (place) => isField(place) && place.some((key) => String(key).startsWith('elasticloadbalancing:')),
    )
    expect(fields.length).toBeGreaterThan(50)
    const better = fields.filter((place) => passes(without(text, place), query) > before)
    expect(better.map((place) => place.slice(3).join(' > '))).toEqual([])
  })
})
