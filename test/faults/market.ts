/** All shops, what is the matter with each at a moment, and what AWS and the engine say of it. */

import { recordedHealth } from '../../cli/local/recorded-health.ts'
import { audit, objectsOf } from '../../shared/audit.ts'
import type { Change } from '../../shared/events/change.ts'
import { canBreak } from '../../shared/events/configuration-calls.ts'
import type { TargetHealthSource } from '../../shared/events/watch.ts'
import type { AuditResult } from '../../shared/findings/finding.ts'
import { everything, type Selection } from '../../shared/selection.ts'
import type { Operation } from '../../shared/snapshot/operations.ts'
import type { Scope, Snapshot } from '../../shared/snapshot/types.ts'
import { snapshotOf } from '../fixtures/index.ts'
import { alsoTrue, type Parts, type State, shopIn } from './shops.ts'

export interface Shop extends Omit<Parts, 'world'> {
  readonly number: number
  readonly accountId: string
  readonly region: string
}

/** An operation that AWS does not answer: for good, or for now. */
export interface Refusal {
  readonly operation: Operation
  readonly name: 'AccessDenied' | 'RequestLimitExceeded'
}

interface Since {
  readonly state: State
  readonly from: number
}

export function market(size: number, clock: { readonly now: () => number }) {
  const shops = Array.from({ length: size }, (_, number): Shop => {
    const { world, ...parts } = shopIn(number, 'healthy')
    return { number, accountId: world.accountId, region: world.region, ...parts }
  })
  const lives = shops.map((): Since[] => [{ state: 'healthy', from: 0 }])
  const changes: { readonly object: string; readonly change: Change }[] = []
  const recorded = memory((key: string) => {
    const [number, state] = JSON.parse(key) as [number, State]
    return snapshotOf(shopIn(number, state).world)
  })
  const keyOf = ({ number }: Shop, state: State) => JSON.stringify([number, state])
  const stateAt = ({ number }: Shop, moment = clock.now()): State =>
    lives[number]?.findLast(({ from }) => from <= moment)?.state ?? 'healthy'
  const whose = ({ targetGroups, services }: Selection) =>
    shops.find(
      ({ targetGroup, service }) =>
        targetGroups.includes(targetGroup) ||
        services.some((name) => name === service || service.endsWith(`:service/${name}`)),
    )
  const engine = engineWithMemory()
  const findingsOf = memory((key: string) => {
    const number = Number((JSON.parse(key) as [number, State])[0])
    const group = shops[number]?.targetGroup ?? ''
    return audit(recorded(key), { ...everything, targetGroups: [group] }).findings.map(
      ({ id, rootCause: { code } }) => ({ id, code }),
    )
  })

  return {
    shops,
    stateAt,
    /** The states of a shop, in order. */
    lifeOf: ({ number }: Shop): readonly Since[] => lives[number] ?? [],
    become({ number }: Shop, state: State) {
      lives[number]?.push({ state, from: clock.now() })
    },
    remember: (object: string, change: Change) => changes.push({ object, change }),
    lastChange: (object: string, before: string): Change | undefined =>
      changes
        .filter((one) => one.object === object && one.change.at <= before && canBreak(one.change.eventName))
        .map(({ change }) => change)
        .sort((a, b) => (a.at < b.at ? 1 : -1))[0],

    /** What AWS says of the selected shop now. */
    look(selection: Selection, refused: Refusal | undefined, collectedAt: string): Snapshot {
      const shop = whose(selection)
      if (!shop) throw Object.assign(new Error('not found'), { name: 'TargetGroupNotFoundException' })
      const state = stateAt(shop)
      const snapshot = recorded(keyOf(shop, state))
      const seen = {
        ...snapshot,
        collectedAt,
        scopes: snapshot.scopes.map((scope) => (refused ? without(scope, refused) : scope)),
      }
      engine.know(seen, JSON.stringify([keyOf(shop, state), refused?.operation]), snapshot.collectedAt)
      return seen
    },
    health: (shop: Shop): TargetHealthSource => recordedHealth(() => recorded(keyOf(shop, stateAt(shop)))),
    audit: engine.audit,
    objectsOf: engine.objectsOf,
    engineRuns: engine.runs,
    /** Root causes that may be told of a shop in a state. */
    codesOf: (shop: Shop, state: State): readonly string[] => [
      ...findingsOf(keyOf(shop, state)).map(({ code }) => code),
      ...(alsoTrue[state] ?? []),
    ],
    /** The findings that a shop in a state has, when everything is told. */
    findingsOf,
    keyOf,
  }
}

export type Market = ReturnType<typeof market>

const without = (scope: Scope, { operation, name }: Refusal): Scope => {
  const { [operation]: _left, ...responses } = scope.responses
  return { ...scope, responses, errors: { [operation]: { name, message: `${operation} was refused` } } }
}

/** The engine is pure: of the same world it says the same, and need not be asked twice. */
function engineWithMemory() {
  const keys = new WeakMap<Snapshot, { readonly key: string; readonly collectedAt: string }>()
  const results = new Map<string, AuditResult | readonly string[]>()
  let runs = 0
  const remembered =
    <T extends AuditResult | readonly string[]>(
      name: string,
      run: (snapshot: Snapshot, selection: Selection) => T,
    ) =>
    (snapshot: Snapshot, selection: Selection): T => {
      const known = keys.get(snapshot)
      if (!known) throw new Error('a snapshot of no world')
      const key = JSON.stringify([name, known.key, selection])
      const result =
        (results.get(key) as T | undefined) ?? run({ ...snapshot, collectedAt: known.collectedAt }, selection)
      if (!results.has(key)) runs += 1
      results.set(key, result)
      return result
    }
  return {
    know: (snapshot: Snapshot, key: string, collectedAt: string) => keys.set(snapshot, { key, collectedAt }),
    audit: remembered('audit', audit),
    objectsOf: remembered('objects', objectsOf),
    runs: () => runs,
  }
}

function memory<T>(make: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>()
  return (key) => {
    const value = known.get(key) ?? make(key)
    known.set(key, value)
    return value
  }
}
