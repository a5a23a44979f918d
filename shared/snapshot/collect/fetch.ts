/** How one operation is asked: every page, as one plain response. The tables in operations/ are made of these. */
import type { EC2PaginationConfiguration } from '@aws-sdk/client-ec2'
import type { ElasticLoadBalancingV2PaginationConfiguration } from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Clients } from './clients.ts'
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
