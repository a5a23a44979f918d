/** Route tables: which route takes a packet, and what it leads to. */
import { contains, prefixLength } from './addresses.ts'
import type { Aws, Route } from './aws.ts'
import type { Hop } from './place.ts'

/** The subnet's own table, else its VPC's main table. */
export function tableOf(aws: Aws, subnetId: string | undefined) {
  const vpcId = aws.subnets.find((subnet) => subnet.SubnetId === subnetId)?.VpcId
  const own = aws.routeTables.find((table) =>
    (table.Associations ?? []).some((association) => association.SubnetId === subnetId && !association.Main),
  )
  const main = aws.routeTables.find(
    (table) => table.VpcId === vpcId && (table.Associations ?? []).some((association) => association.Main),
  )
  return own ?? main
}

const found = new WeakMap<Aws, Map<string, Route | undefined>>()

/** The route that takes a packet out of the subnet; asked once, then remembered. */
export function routeFor(aws: Aws, subnetId: string | undefined, destination: string): Route | undefined {
  const routes = found.get(aws) ?? new Map<string, Route | undefined>()
  found.set(aws, routes)
  const key = `${subnetId} ${destination}`
  if (!routes.has(key)) routes.set(key, bestRoute(aws, subnetId, destination))
  return routes.get(key)
}

/** Longest prefix; then static before prefix list before propagated; the local route before any propagated one. */
function bestRoute(aws: Aws, subnetId: string | undefined, destination: string): Route | undefined {
  const candidates = (tableOf(aws, subnetId)?.Routes ?? []).flatMap((route) =>
    destinationsOf(aws, route)
      .filter((cidr) => contains(cidr, destination))
      .map((cidr) => ({ route, length: prefixLength(cidr), rank: rankOf(route) })),
  )
  const local = candidates.find(({ route }) => route.GatewayId === 'local')
  if (local) candidates.splice(0, candidates.length, ...candidates.filter(({ rank }) => rank < 3))
  candidates.sort((one, other) => other.length - one.length || one.rank - other.rank)
  return candidates[0]?.route
}

function destinationsOf(aws: Aws, route: Route): readonly string[] {
  if (route.DestinationPrefixListId) return aws.prefixLists[route.DestinationPrefixListId] ?? []
  return [route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? []].flat()
}

function rankOf(route: Route): number {
  if (route.Origin === 'EnableVgwRoutePropagation') return 3
  return route.DestinationPrefixListId ? 2 : 1
}

/** What the route leads to. */
export function hopOf(route: Route): Hop {
  if (route.GatewayId === 'local') return 'local'
  if (route.VpcPeeringConnectionId) return 'peering'
  if (route.TransitGatewayId) return 'transit'
  if (route.NatGatewayId) return 'nat'
  if (route.EgressOnlyInternetGatewayId) return 'egress-only'
  if (route.GatewayId?.startsWith('igw-')) return 'internet'
  return route.GatewayId?.startsWith('vpce-') ? 'endpoint' : 'nowhere'
}

export const usable = (route: Route | undefined): route is Route =>
  route !== undefined && route.State === 'active'
