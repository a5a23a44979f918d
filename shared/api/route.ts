/** One route: what it takes, what it answers, and the schemas that the OpenAPI document is made of. */
import * as z from 'zod'
import type { Query } from '../explain.ts'
import type { FindingStore } from '../findings/store.ts'
import type { Explanation } from '../reachability/result.ts'
import type { Place } from '../snapshot/types.ts'
import { parseInput } from './parse-input.ts'
import type { ProblemCode } from './problem.ts'

export interface ApiPorts {
  readonly store: Omit<FindingStore, 'recordAudit' | 'attribute'>
  /**
   * @param place what is left out is ours
   * @throws InputError when the question names something that is not there or not allowed
   */
  readonly explain: (query: Query, place: Partial<Place>) => Promise<Explanation>
  readonly now: () => Date
}

export type Params = Readonly<Record<string, string>>
type Method = 'GET' | 'POST' | 'DELETE'

/** What every route says of itself. */
interface Described {
  /** Unique; the name of the function in clients that are generated. */
  readonly name: string
  readonly method: Method
  /** As in OpenAPI: `/findings/{id}`. */
  readonly path: string
  readonly summary: string
  /** Beside what any request can meet. */
  readonly problems?: readonly ProblemCode[]
}

export interface Asked {
  readonly params: Params
  readonly query: Readonly<Record<string, string>>
  /** JSON of any kind. */
  readonly body: unknown
  /** Who asks, where that is known. */
  readonly caller?: string | undefined
}

export interface Route extends Described {
  readonly query: z.ZodObject
  readonly body?: z.ZodObject | undefined
  readonly response: z.ZodType
  /** @throws Problem or InputError where the caller asks for something that cannot be had */
  readonly answer: (asked: Asked, ports: ApiPorts) => Promise<unknown>
}

interface Spec<Q extends z.ZodObject, B extends z.ZodObject, R extends z.ZodType> extends Described {
  readonly query?: Q
  readonly body?: B
  readonly response: R
  readonly answer: (
    asked: Pick<Asked, 'params' | 'caller'> & { readonly query: z.output<Q>; readonly body: z.output<B> },
    ports: ApiPorts,
  ) => Promise<DeepReadonly<z.input<R>>>
}

type DeepReadonly<T> = T extends readonly (infer E)[]
  ? readonly DeepReadonly<E>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T

const nothing = z.strictObject({})

/** A route whose handler gets what the schemas say, checked, and must return what they say. */
export function defineRoute<Q extends z.ZodObject, B extends z.ZodObject, R extends z.ZodType>(
  spec: Spec<Q, B, R>,
): Route {
  const { query = nothing as unknown as Q, body = nothing as unknown as B } = spec
  return {
    ...spec,
    query,
    answer: (asked, ports) =>
      spec.answer(
        {
          params: asked.params,
          caller: asked.caller,
          query: parseInput(query, asked.query),
          body: parseInput(body, spec.body ? asked.body : {}),
        },
        ports,
      ),
  }
}
