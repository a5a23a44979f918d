/** One collection: what was answered so far, what failed, and how many calls it took. */
import type { Operation } from '../operations.ts'
import type { CollectError, Responses, Scope, Snapshot } from '../types.ts'
import type { Clients } from './clients.ts'
import type { Fetch } from './fetch.ts'
import type { Json } from './json.ts'
import { merge } from './json.ts'
import type { Keyed } from './keyed.ts'
import { meter, type Progress } from './meter.ts'
import { type CollectedKeyed, type CollectedUnkeyed, type InputOf, keyed, unkeyed } from './operations.ts'

export interface CollectOptions {
  /** @default the current time */
  readonly now?: () => Date
  /** @default 8 */
  readonly callsAtOnce?: number
  readonly onProgress?: (progress: Progress) => void
  readonly onDone?: (summary: { readonly calls: number }) => void
}

export interface Session {
  readonly clients: Clients
  readonly responses: Responses
  readonly errors: Scope['errors']
  /** Asks and records; several calls of one operation (other filters) become one response. */
  readonly ask: <O extends CollectedUnkeyed>(operation: O, input: InputOf<O>) => Promise<void>
  readonly askEach: (operation: CollectedKeyed, keys: readonly string[]) => Promise<void>
  /** Records one key of a keyed operation that is asked in a way of its own. */
  readonly keep: (operation: CollectedKeyed, key: string, asking: () => Promise<Json>) => Promise<void>
  /** Runs a step whose failure means that `operation` is not known. */
  readonly attempt: <T>(operation: Operation, step: () => Promise<T>) => Promise<T | undefined>
  readonly finish: (accountId: string, coverage: Scope['coverage']) => Promise<Snapshot>
}

export function startSession(clients: Clients, options: CollectOptions): Session {
  const collectedAt = (options.now ?? (() => new Date()))().toISOString()
  const metered = meter(clients, options.callsAtOnce ?? 8, options.onProgress)
  const responses: Record<string, Json> = {}
  const errors: Partial<Record<Operation, CollectError>> = {}

  const attempt: Session['attempt'] = async (operation, step) => {
    try {
      return await step()
    } catch (error) {
      errors[operation] ??= { name: (error as Error).name, message: (error as Error).message }
      return undefined
    }
  }

  const keep: Session['keep'] = async (operation, key, asking) => {
    responses[operation] ??= {}
    const answer = await attempt(operation, asking)
    if (answer) responses[operation] = { ...responses[operation], [key]: answer }
  }

  return {
    clients: metered.clients,
    responses: responses as Responses,
    errors,
    attempt,
    keep,
    ask: async (operation, input) => {
      const fetch = unkeyed[operation] as Fetch<typeof input>
      const answer = await attempt(operation, () => fetch(metered.clients, input))
      const before = responses[operation]
      if (answer) responses[operation] = before ? distinct(merge([before, answer])) : answer
    },
    askEach: async (operation, keys) => {
      responses[operation] ??= {}
      const { fetch }: Keyed = keyed[operation]
      await Promise.all(
        keys.map((key) => keep(operation, key, () => fetch(metered.clients, key, responses as Responses))),
      )
    },
    finish: async (accountId, coverage) => {
      options.onDone?.({ calls: metered.calls() })
      const region = await clients.ec2.config.region()
      const scope = { accountId, region, coverage, responses: responses as Responses, errors }
      return { schemaVersion: '1', collectedAt, scopes: [scope] }
    },
  }
}

/** Two filters may have found the same resource. */
function distinct(response: Json): Json {
  const lists = Object.entries(response).map(([key, value]) => [
    key,
    Array.isArray(value) ? [...new Map(value.map((item) => [JSON.stringify(item), item])).values()] : value,
  ])
  return Object.fromEntries(lists)
}
