/**
 * The ways of packets out of their VPC, followed as far as AWS has told already. Whatever lies on them is noted:
 * what has not been asked yet is the next thing to ask.
 */
import type { Responses, Route } from '../../types.ts'
import { type Following, type Journey, nothing, type OnTheWay, type Place, type Stop } from './journey.ts'
import { routesTaken } from './routes-taken.ts'
import { enterTransit, entriesOf } from './transit.ts'

export function onTheWay(responses: Responses, journeys: readonly Journey[]): OnTheWay {
  const found = nothing()
  for (const { from, to } of journeys) follow({ responses, to, found }, from)
  return found
}

/** Every stop once: two transit gateways may send to each other for ever. */
function follow(following: Following, from: readonly Stop[]): void {
  const stops: Stop[] = [...from]
  const seen = new Set<string>()
  for (const stop of stops) {
    const key = JSON.stringify(stop)
    if (seen.has(key)) continue
    seen.add(key)
    stops.push(...('attachment' in stop ? enterTransit(stop, following) : leave(stop, following)))
  }
}

function leave(place: Place, following: Following): readonly Stop[] {
  const { responses, to, found } = following
  const routes = routesOf(responses, place)
  if (!routes) {
    if (place.vpc !== undefined) found.vpcs.add(place.vpc)
    return []
  }
  const taken = routesTaken(routes, to, {
    blockOf: (route) => route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock,
    isLocal: (route) => route.GatewayId === 'local',
  })
  return taken.flatMap((route) => hops.flatMap((hop) => hop(route, place, following)))
}

/** The subnet's own table, else the main one. @returns undefined when it has not been asked */
function routesOf(responses: Responses, { subnet, vpc }: Place): readonly Route[] | undefined {
  const tables = responses['ec2:DescribeRouteTables']?.RouteTables ?? []
  const own = tables.find((table) =>
    table.Associations?.some(({ SubnetId }) => SubnetId !== undefined && SubnetId === subnet),
  )
  const main = tables.find((table) => table.VpcId === vpc && table.Associations?.some(({ Main }) => Main))
  return (own ?? main)?.Routes
}

type Hop = (route: Route, place: Place, following: Following) => readonly Stop[]

/** A NAT gateway sends on by the table of its own subnet. */
const throughNat: Hop = ({ NatGatewayId: id }, _, { responses, found }) => {
  if (id === undefined) return []
  found.natGateways.add(id)
  const gateways = responses['ec2:DescribeNatGateways']?.NatGateways ?? []
  return gateways
    .filter(({ NatGatewayId }) => NatGatewayId === id)
    .flatMap(({ SubnetId, VpcId }) => pass(found, { subnet: SubnetId, vpc: VpcId }))
}

/** It delivers to the VPC on the other side and nowhere else. */
const throughPeering: Hop = ({ VpcPeeringConnectionId: id }, { vpc }, { responses, found }) => {
  if (id === undefined) return []
  found.peerings.add(id)
  const peerings = responses['ec2:DescribeVpcPeeringConnections']?.VpcPeeringConnections ?? []
  const peering = peerings.find(({ VpcPeeringConnectionId }) => VpcPeeringConnectionId === id)
  for (const side of [peering?.AccepterVpcInfo, peering?.RequesterVpcInfo])
    if (side?.VpcId !== undefined && side.VpcId !== vpc) found.vpcs.add(side.VpcId)
  return []
}

const throughTransit: Hop = ({ TransitGatewayId: id }, { vpc }, { responses, found }) => {
  if (id === undefined) return []
  found.transitGateways.add(id)
  return entriesOf(responses, id, vpc)
}

/** An appliance sends on by the table of its own subnet. */
const throughInterface: Hop = ({ NetworkInterfaceId: id }, _, { responses, found }) => {
  if (id === undefined) return []
  found.interfaces.add(id)
  const interfaces = responses['ec2:DescribeNetworkInterfaces']?.NetworkInterfaces ?? []
  return interfaces
    .filter(({ NetworkInterfaceId }) => NetworkInterfaceId === id)
    .flatMap(({ SubnetId, VpcId }) => pass(found, { subnet: SubnetId, vpc: VpcId }))
}

/** What lies behind them is not AWS's to tell. */
const outOfSight: Hop = ({ GatewayId: id, EgressOnlyInternetGatewayId: egressOnly }, _, { found }) => {
  if (id?.startsWith('vgw-')) found.vpnGateways.add(id)
  if (id?.startsWith('vpce-')) found.endpoints.add(id)
  if (egressOnly !== undefined) found.egressOnlyGateways.add(egressOnly)
  return []
}

const hops: readonly Hop[] = [throughNat, throughPeering, throughTransit, throughInterface, outOfSight]

function pass(found: OnTheWay, place: Place): readonly Place[] {
  if (place.subnet !== undefined) found.subnets.add(place.subnet)
  return [place]
}
