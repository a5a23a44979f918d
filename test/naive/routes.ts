/** Route tables: which route takes a packet, and does it lead to where the packet wants to go? */
import { contains, isIpv6, isPrivate, prefixLength } from './addresses.ts'
import { type Aws, activePeering, type Interface, type NatGateway, type Route, vpcContains } from './aws.ts'

/** The subnet's own table, else its VPC's main table. */
function tableOf(aws: Aws, subnetId: string | undefined) {
  const vpcId = aws.subnets.find((subnet) => subnet.SubnetId === subnetId)?.VpcId
  const own = aws.routeTables.find((table) =>
    (table.Associations ?? []).some((association) => association.SubnetId === subnetId && !association.Main),
  )
  const main = aws.routeTables.find(
    (table) => table.VpcId === vpcId && (table.Associations ?? []).some((association) => association.Main),
  )
  return own ?? main
}

/** Longest prefix; then static before prefix list before propagated; the local route before any propagated one. */
function routeFor(aws: Aws, subnetId: string | undefined, destination: string): Route | undefined {
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

const usable = (route: Route | undefined): route is Route => route !== undefined && route.State === 'active'

/** From an interface's subnet to another interface: the local route, or the peering connection of just these two VPCs. */
export function routeLeadsTo(aws: Aws, from: Interface, to: Interface, destination: string): boolean {
  const route = routeFor(aws, from.SubnetId, destination)
  if (!usable(route)) return false
  if (route.GatewayId === 'local') return from.VpcId === to.VpcId && vpcContains(aws, from.VpcId, destination)
  const peering = activePeering(aws, from.VpcId, to.VpcId)
  return peering !== undefined && route.VpcPeeringConnectionId === peering.VpcPeeringConnectionId
}

/** The internet gateway of just this VPC, to an address that it carries. */
export function routeLeadsToInternet(aws: Aws, subnetId: string | undefined, destination: string): boolean {
  const vpcId = aws.subnets.find((subnet) => subnet.SubnetId === subnetId)?.VpcId
  const route = routeFor(aws, subnetId, destination)
  const gateway = attachedGateway(aws, vpcId)
  return usable(route) && gateway !== undefined && route.GatewayId === gateway && !isPrivate(destination)
}

/** IPv4 needs a public address of one's own; an IPv6 address is one. */
export const hasPublicAddress = (end: Interface, destination: string): boolean =>
  isIpv6(destination) || end.Association?.PublicIp !== undefined

export function attachedGateway(aws: Aws, vpcId: string | undefined): string | undefined {
  const attached = aws.internetGateways.find((gateway) =>
    (gateway.Attachments ?? []).some(
      (attachment) =>
        attachment.VpcId === vpcId && ['available', 'attached'].includes(attachment.State ?? ''),
    ),
  )
  return attached?.InternetGatewayId
}

/** The NAT gateway that takes the packet out of the interface's subnet, if one does. */
export function natOnTheWay(
  aws: Aws,
  subnetId: string | undefined,
  destination: string,
): NatGateway | undefined {
  const route = routeFor(aws, subnetId, destination)
  if (!usable(route) || route.NatGatewayId === undefined) return undefined
  return aws.natGateways.find((nat) => nat.NatGatewayId === route.NatGatewayId)
}

/** A NAT gateway serves its own VPC, and needs a public address and a way to the internet itself. */
/** The gateway's reply to its client leaves its subnet by that subnet's routes. */
export function natLeadsBack(aws: Aws, nat: NatGateway, client: Interface, address: string): boolean {
  const route = routeFor(aws, nat.SubnetId, address)
  return usable(route) && route.GatewayId === 'local' && nat.VpcId === client.VpcId
}

export function natLeadsToInternet(aws: Aws, nat: NatGateway, from: Interface, destination: string): boolean {
  return (
    nat.VpcId === from.VpcId &&
    nat.State === 'available' &&
    nat.ConnectivityType !== 'private' &&
    (nat.NatGatewayAddresses ?? []).some((address) => address.PublicIp !== undefined) &&
    routeLeadsToInternet(aws, nat.SubnetId, destination)
  )
}
