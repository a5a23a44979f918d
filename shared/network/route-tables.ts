/**
 * Route tables, compiled: longest prefix first, then static over prefix-list over propagated routes.
 * https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html
 */
import type { Missing, Route, RouteTable } from '../snapshot/types.ts'
import { type Address, type Cidr, isPublic, parseCidr } from './address.ts'
import { find, type IntervalMap, segment } from './interval-map.ts'
import type { Interval } from './intervals.ts'
import type { PrefixLists } from './prefix-lists.ts'

/** Where a route leads, by the fields of ec2:DescribeRouteTables. */
type RouteTarget =
  | { readonly kind: 'local' }
  | { readonly kind: 'internet-gateway'; readonly id: string }
  | { readonly kind: 'egress-only-internet-gateway'; readonly id: string }
  | { readonly kind: 'nat-gateway'; readonly id: string }
  | { readonly kind: 'vpc-peering-connection'; readonly id: string }
  | { readonly kind: 'transit-gateway'; readonly id: string }
  | { readonly kind: 'virtual-private-gateway'; readonly id: string }
  | { readonly kind: 'vpc-endpoint'; readonly id: string }
  | { readonly kind: 'network-interface'; readonly id: string }
  | { readonly kind: 'other'; readonly id: string }

export interface CompiledRoute {
  readonly route: Route
  readonly target: RouteTarget
  readonly prefixLength: number
  readonly blackhole: boolean
  /** 0 static, 1 through a prefix list, 2 propagated. */
  readonly priority: number
  /** A rival of equal rank leads elsewhere: AWS picks one at random. */
  readonly ambiguous: boolean
  /** Without its state a route may be a blackhole; of "filtered" ones AWS does not say whether they take packets. */
  readonly stateKnown: boolean
}

export interface CompiledRouteTable {
  readonly id: string
  readonly vpcId: string | undefined
  readonly v4: IntervalMap<number, CompiledRoute>
  readonly v6: IntervalMap<bigint, CompiledRoute>
  /** Routes whose destination is not known (a prefix list that was not collected). */
  readonly unclear: readonly { readonly route: CompiledRoute; readonly missing: Missing }[]
  /** False when the response did not tell the routes. */
  readonly known: boolean
}

export type RouteLookup =
  | { readonly kind: 'route'; readonly route: CompiledRoute }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly missing: Missing }

export function compileRouteTable(table: RouteTable, prefixLists: PrefixLists): CompiledRouteTable {
  const v4: (Interval<number> & { item: CompiledRoute })[] = []
  const v6: (Interval<bigint> & { item: CompiledRoute })[] = []
  const unclear: { route: CompiledRoute; missing: Missing }[] = []
  for (const route of table.Routes ?? []) {
    const destinations = destinationsOf(route, prefixLists)
    if ('missing' in destinations) unclear.push({ route: compiled(route, 0), missing: destinations })
    else for (const cidr of destinations) add(cidr, compiled(route, cidr.prefixLength))
  }
  function add({ range }: Cidr, item: CompiledRoute): void {
    if (typeof range.from === 'number') v4.push({ ...(range as Interval<number>), item })
    else v6.push({ ...(range as Interval<bigint>), item })
  }
  return {
    id: table.RouteTableId,
    vpcId: table.VpcId,
    v4: segment(v4, best),
    v6: segment(v6, best),
    unclear,
    known: table.Routes !== undefined,
  }
}

function destinationsOf(route: Route, prefixLists: PrefixLists): readonly Cidr[] | Missing {
  const cidr = route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock
  if (cidr) return [parseCidr(cidr)].filter((parsed) => parsed !== undefined)
  if (!route.DestinationPrefixListId) {
    return { missing: 'ec2:DescribeRouteTables', because: 'a route without its destination' }
  }
  const entries = prefixLists(route.DestinationPrefixListId)
  if (!entries.known) return entries.missing
  return entries.value.map(parseCidr).filter((parsed) => parsed !== undefined)
}

const PROPAGATED = 2

function compiled(route: Route, prefixLength: number): CompiledRoute {
  return {
    route,
    target: targetOf(route),
    prefixLength,
    blackhole: route.State === 'blackhole',
    priority:
      route.Origin === 'EnableVgwRoutePropagation' ? PROPAGATED : route.DestinationPrefixListId ? 1 : 0,
    ambiguous: false,
    stateKnown: route.State === 'active' || route.State === 'blackhole',
  }
}

/** Origin Advertisement and anything else that is not a NAT, gateway, ... is `other`: not modelled. */
function targetOf(route: Route): RouteTarget {
  const { GatewayId: gateway } = route
  if (gateway === 'local') return { kind: 'local' }
  if (gateway?.startsWith('igw-')) return { kind: 'internet-gateway', id: gateway }
  if (gateway?.startsWith('vgw-')) return { kind: 'virtual-private-gateway', id: gateway }
  if (gateway?.startsWith('vpce-')) return { kind: 'vpc-endpoint', id: gateway }
  return targetByField(route) ?? { kind: 'other', id: otherTarget(route) }
}

function targetByField(route: Route): RouteTarget | undefined {
  if (route.NatGatewayId) return { kind: 'nat-gateway', id: route.NatGatewayId }
  if (route.VpcPeeringConnectionId)
    return { kind: 'vpc-peering-connection', id: route.VpcPeeringConnectionId }
  if (route.TransitGatewayId) return { kind: 'transit-gateway', id: route.TransitGatewayId }
  if (route.NetworkInterfaceId) return { kind: 'network-interface', id: route.NetworkInterfaceId }
  const egressOnly = route.EgressOnlyInternetGatewayId
  return egressOnly ? { kind: 'egress-only-internet-gateway', id: egressOnly } : undefined
}

const otherTarget = (route: Route) =>
  route.GatewayId ??
  route.InstanceId ??
  route.LocalGatewayId ??
  route.CarrierGatewayId ??
  route.CoreNetworkArn ??
  'unknown'

/** The local route beats propagated ones, however specific: https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-route-priority.html */
function best(all: readonly CompiledRoute[]): CompiledRoute {
  const local = all.some(({ target }) => target.kind === 'local')
  const routes = local ? all.filter(({ priority }) => priority !== PROPAGATED) : all
  const [first, ...rivals] = [...routes].sort(
    (a, b) => b.prefixLength - a.prefixLength || a.priority - b.priority,
  )
  const winner = first as CompiledRoute
  const rival = rivals.find(
    (other) => other.prefixLength === winner.prefixLength && other.priority === winner.priority,
  )
  return rival && targetKey(rival) !== targetKey(winner) ? { ...winner, ambiguous: true } : winner
}

const targetKey = ({ target }: CompiledRoute) => (target.kind === 'local' ? 'local' : target.id)

const NOT_TOLD: RouteLookup = {
  kind: 'unknown',
  missing: { missing: 'ec2:DescribeRouteTables', because: 'the table came without its routes' },
}
const NO_ROUTE: RouteLookup = { kind: 'none' }

/** The route that a packet takes, blackholes included: they win by prefix like any other route. */
export function lookup(table: CompiledRouteTable, destination: Address): RouteLookup {
  if (!table.known) return NOT_TOLD
  const route = typeof destination === 'number' ? find(table.v4, destination) : find(table.v6, destination)
  const doubt = table.unclear.length > 0 ? doubtOf(table, destination, route) : undefined
  if (doubt) return { kind: 'unknown', missing: doubt }
  return route ? { kind: 'route', route } : NO_ROUTE
}

/** A route with an unknown destination may be more specific than what was found, or the only one. */
function doubtOf(
  table: CompiledRouteTable,
  destination: Address,
  found: CompiledRoute | undefined,
): Missing | undefined {
  const width = typeof destination === 'number' ? 32 : 128
  if (found && found.prefixLength === width) return undefined
  const rival = table.unclear.find(
    ({ route }) => mayWin(route, destination, found) && (!found || targetKey(route) !== targetKey(found)),
  )
  return rival?.missing
}

/** What may be more specific than `local`: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html */
const MIDDLEBOXES = ['nat-gateway', 'network-interface', 'vpc-endpoint', 'other']

function mayWin(rival: CompiledRoute, destination: Address, found: CompiledRoute | undefined): boolean {
  const prefixList = rival.route.DestinationPrefixListId !== undefined
  // Gateway endpoints serve AWS's public ranges only.
  if (prefixList && rival.target.kind === 'vpc-endpoint' && !isPublic(destination)) return false
  return found?.target.kind !== 'local' || MIDDLEBOXES.includes(rival.target.kind)
}
