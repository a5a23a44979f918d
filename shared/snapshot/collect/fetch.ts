/** How one operation is asked: every page, as one plain response. The tables in operations/ are made of these. */
import type { EC2PaginationConfiguration } from '@aws-sdk/client-ec2'
import type { ElasticLoadBalancingV2PaginationConfiguration } from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Clients } from './clients.ts'
import type { FurtherClient, FurtherService } from './further-clients.ts'
import { type Json, type Lists, merge, plain, spellOutEmptyLists } from './json.ts'
import { withoutSecrets } from './secrets.ts'

export type Fetch<I> = (clients: Clients, input: I) => Promise<Json>

/** @param size of a page; EC2 gives at most 1000 items, some operations fewer */
export function ec2<I>(
  paginate: (config: EC2PaginationConfiguration, input: I) => AsyncIterable<object>,
  lists: Lists,
  size = 1000,
): Fetch<I> {
  return async (clients, input) =>
    answer(await all(paginate({ client: clients.ec2, pageSize: size }, input)), lists)
}

export function elb<I>(
  paginate: (config: ElasticLoadBalancingV2PaginationConfiguration, input: I) => AsyncIterable<object>,
  lists: Lists,
): Fetch<I> {
  return async (clients, input) => answer(await all(paginate({ client: clients.elb }, input)), lists)
}

/** An operation without pages. */
export function once<I>(send: (clients: Clients, input: I) => Promise<object>, lists: Lists): Fetch<I> {
  return async (clients, input) => answer([await send(clients, input)], lists)
}

/** An operation of one of the further services, with pages or without. */
export function further<S extends FurtherService, I>(
  service: S,
  ask: (client: FurtherClient<S>, input: I) => AsyncIterable<object> | Promise<object>,
  lists: Lists = {},
): Fetch<I> {
  return async (clients, input) => {
    const asked = ask(await clients.further(service), input)
    return answer(Symbol.asyncIterator in asked ? await all(asked) : [await asked], lists)
  }
}

/** Where AWS says with an error that there is none: that is an answer. Any other error means that it is not known. */
export function orNone<I>(fetch: Fetch<I>, names: readonly string[], none: Json): Fetch<I> {
  return async (clients, input) => {
    try {
      return await fetch(clients, input)
    } catch (error) {
      if (names.includes((error as Error).name)) return none
      throw error
    }
  }
}

/** Pages of an operation for which the SDK has no paginator. */
export async function* byToken<P extends { readonly NextToken?: string | undefined }>(
  send: (token: { readonly NextToken?: string }) => Promise<P>,
): AsyncIterable<P> {
  let NextToken: string | undefined
  do {
    const page: P = await send(NextToken === undefined ? {} : { NextToken })
    yield page
    NextToken = page.NextToken
  } while (NextToken)
}

export function answer(pages: readonly object[], lists: Lists): Json {
  return withoutSecrets(spellOutEmptyLists(plain(merge(pages)) as Json, lists))
}

export async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const gathered: T[] = []
  for await (const page of pages) gathered.push(page)
  return gathered
}

/** Slices of at most `size`, for operations that take only so many ids (or filter values) at once. */
export const slices = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, slice) =>
    items.slice(slice * size, (slice + 1) * size),
  )
