/** Operations that need one resource as their argument: where the arguments come from, and how one is asked. */
import type { Operation } from '../operations.ts'
import type { Responses } from '../types.ts'
import type { Clients } from './clients.ts'
import type { Json } from './json.ts'

export interface KeySource {
  /** The operations that must have been asked before. */
  readonly from: readonly Operation[]
  readonly keys: (responses: Responses) => readonly string[]
}

export interface Keyed extends KeySource {
  /** @param responses for operations that ask only for what is named there */
  readonly fetch: (clients: Clients, key: string, responses: Responses) => Promise<Json>
}

export type KeyedTable = Readonly<Record<string, Keyed>>

type Untyped = Readonly<Record<string, Json | undefined>>

/** One key for every item of an unkeyed response. */
export function idsOf(operation: Operation, list: string, id: string): KeySource {
  return {
    from: [operation],
    keys: (responses) => idsIn((responses as Untyped)[operation], list, id),
  }
}

/** One key for every item of all responses of a keyed operation. */
export function idsOfEach(operation: Operation, list: string, id: string): KeySource {
  return {
    from: [operation],
    keys: (responses) =>
      Object.values((responses as Untyped)[operation] ?? {}).flatMap((one) => idsIn(one as Json, list, id)),
  }
}

function idsIn(response: Json | undefined, list: string, id: string): string[] {
  const items = (response?.[list] ?? []) as readonly Json[]
  return [...new Set(items.map((item) => item[id]).filter((key) => typeof key === 'string'))]
}
