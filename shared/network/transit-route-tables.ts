/**
 * Route tables of transit gateways, compiled like those of subnets.
 * https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html ("Route evaluation order")
 */
import { keyedResponse } from '../snapshot/known.ts'
import type { KeyedResponse } from '../snapshot/operations.ts'
import type { Missing, Scope } from '../snapshot/types.ts'
import { type Address, type Cidr, parseCidr } from './address.ts'
import { find, type IntervalMap, segment } from './interval-map.ts'
import type { Interval } from './intervals.ts'
import { type PrefixLists, prefixListsOf } from './prefix-lists.ts'

const SEARCH = 'ec2:SearchTransitGatewayRoutes'

type TransitRoute = NonNullable<KeyedResponse<typeof SEARCH>['Routes']>[number]

export interface CompiledTransitRoute {
  readonly route: TransitRoute
  readonly prefixLength: number
  /** 0 static, 1 through a prefix list, 2 propagated. */
  readonly priority: number
  /** Where it leads; several where AWS spreads the load over equal ways. */
  readonly attachmentIds: readonly string[]
  /** A rival of equal rank leads elsewhere. */
  readonly ambiguous: boolean
}

export interface CompiledTransitTable {
  readonly id: string
  readonly scope: Scope
  readonly v4: IntervalMap<number, CompiledTransitRoute>
  readonly v6: IntervalMap<bigint, CompiledTransitRoute>
  /** Routes that may win, but whose destination or place in the order is not known. */
  readonly unclear: readonly Missing[]
}

export type TransitLookup =
  | { readonly kind: 'route'; readonly route: CompiledTransitRoute }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly missing: Missing }

/** @returns what is missing where the table's routes were not collected or only in part */
export function compileTransitTable(scope: Scope, id: string): CompiledTransitTable | Missing {
  const found = keyedResponse(scope, SEARCH, id)
  if (!found.known) return found.missing
  const { Routes: routes, AdditionalRoutesAvailable: more } = found.value
  if (!routes) return { missing: SEARCH, because: `${id} came without its routes` }
  if (more) return { missing: SEARCH, because: `${id} has more routes than AWS lists at once` }
  return compiled(scope, id, routes)
}

function compiled(scope: Scope, id: string, routes: readonly TransitRoute[]): CompiledTransitTable {
  const lists = prefixListsOf(scope)
  const v4: (Interval<number> & { item: CompiledTransitRoute })[] = []
  const v6: (Interval<bigint> & { item: CompiledTransitRoute })[] = []
  const unclear: Missing[] = []
  for (const route of routes) {
    const destinations = destinationsOf(route, lists)
    if ('missing' in destinations) unclear.push(destinations)
    else for (const cidr of destinations) add(cidr, compiledRoute(route, cidr.prefixLength))
  }
  function add({ range }: Cidr, item: CompiledTransitRoute): void {
    if (typeof range.from === 'number') v4.push({ ...(range as Interval<number>), item })
    else v6.push({ ...(range as Interval<bigint>), item })
  }
  return { id, scope, v4: segment(v4, best), v6: segment(v6, best), unclear }
}

function destinationsOf(route: TransitRoute, lists: PrefixLists): readonly Cidr[] | Missing {
  if (route.DestinationCidrBlock)
    return [parseCidr(route.DestinationCidrBlock)].filter((cidr) => cidr !== undefined)
  if (!route.PrefixListId) return { missing: SEARCH, because: 'a route without its destination' }
  const entries = lists(route.PrefixListId)
  if (!entries.known) return entries.missing
  return entries.value.map(parseCidr).filter((cidr) => cidr !== undefined)
}

const compiledRoute = (route: TransitRoute, prefixLength: number): CompiledTransitRoute => ({
  route,
  prefixLength,
  priority: route.Type === 'propagated' ? 2 : route.PrefixListId ? 1 : 0,
  attachmentIds: (route.TransitGatewayAttachments ?? []).flatMap(
    ({ TransitGatewayAttachmentId: id }) => id ?? [],
  ),
  ambiguous: false,
})

/** Longest prefix, then static over prefix list over propagated. */
function best(routes: readonly CompiledTransitRoute[]): CompiledTransitRoute {
  const [first, ...rivals] = [...routes].sort(
    (a, b) => b.prefixLength - a.prefixLength || a.priority - b.priority,
  )
  const winner = first as CompiledTransitRoute
  const rival = rivals.find(
    (other) => other.prefixLength === winner.prefixLength && other.priority === winner.priority,
  )
  return rival && rival.attachmentIds.join() !== winner.attachmentIds.join()
    ? { ...winner, ambiguous: true }
    : winner
}

/** The route for a packet, blackholes included. */
export function lookupTransit(table: CompiledTransitTable, destination: Address): TransitLookup {
  const [doubt] = table.unclear
  if (doubt) return { kind: 'unknown', missing: doubt }
  const route = typeof destination === 'number' ? find(table.v4, destination) : find(table.v6, destination)
  return route ? { kind: 'route', route } : { kind: 'none' }
}

/** Whether some route of the table leads to an attachment: then it is the wrong one for the packet, not missing. */
export const leadsTo = ({ v4, v6 }: CompiledTransitTable, attachmentId: string): boolean =>
  [...v4.values, ...v6.values].some(({ attachmentIds }) => attachmentIds.includes(attachmentId))
