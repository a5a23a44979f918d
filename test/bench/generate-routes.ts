/** Route tables: a main one for the public tier, one per zone for the others, one for the transit gateway's subnets. */
import { gatewayEndpointsOf, isTableOfEndpoints } from './generate-endpoints.ts'
import {
  ACCOUNT,
  HUB,
  internetGatewayId,
  isAttached,
  natGatewayId,
  type Place,
  type PlacedSubnet,
  PUBLIC_TIER,
  routeTableId,
  TRANSIT_GATEWAY,
  ZONES,
} from './places.ts'
import type { Random } from './random.ts'

const MOST_PEER_ROUTES = 6
const TRANSIT_TABLE = 1 + ZONES.length

export function routeTablesOf(random: Random, place: Place) {
  const table = tableOf(random, place)
  const main = table(0, [], routesOf(place, 0, { GatewayId: internetGatewayId(place.vpc) }))
  const zones = ZONES.map((_, zone) => {
    const subnets = place.subnets.filter((subnet) => subnet.zone === zone && subnet.tier !== PUBLIC_TIER)
    return table(
      1 + zone,
      subnets,
      routesOf(place, 1 + zone, { NatGatewayId: natGatewayId(place.vpc, zone) }),
    )
  })
  if (!isAttached(place)) return [main, ...zones]
  return [main, ...zones, table(TRANSIT_TABLE, place.transitSubnets, transitRoutesOf(place))]
}

const tableOf =
  (random: Random, place: Place) =>
  (number: number, subnets: readonly PlacedSubnet[], Routes: readonly object[]) => {
    const RouteTableId = routeTableId(place.vpc, number)
    const association = (SubnetId?: string) => ({
      Main: SubnetId === undefined,
      RouteTableAssociationId: `rtbassoc-0${random.hex(16)}`,
      RouteTableId,
      ...(SubnetId ? { SubnetId } : {}),
      AssociationState: { State: 'associated' },
    })
    return {
      Associations: number === 0 ? [association()] : subnets.map((subnet) => association(subnet.id)),
      PropagatingVgws: [],
      RouteTableId,
      Routes,
      Tags: [{ Key: 'Name', Value: `table-${number}` }],
      VpcId: place.vpcId,
      OwnerId: ACCOUNT,
    }
  }

const ACTIVE = { Origin: 'CreateRoute', State: 'active' }
const EVERYWHERE = '0.0.0.0/0'

const localRoute = (place: Place) => ({
  DestinationCidrBlock: `10.${place.vpc}.0.0/16`,
  GatewayId: 'local',
  Origin: 'CreateRouteTable',
  State: 'active',
})

/** 5 to 11 routes: the neighbours by peering, everything else inside by the transit gateway. */
function routesOf(place: Place, table: number, target: { readonly [field: string]: string }) {
  const peers = place.peers.slice(0, MOST_PEER_ROUTES).map((peer) => ({
    DestinationCidrBlock: `10.${peer.vpc}.0.0/16`,
    VpcPeeringConnectionId: peer.id,
    ...ACTIVE,
  }))
  const endpoints = isTableOfEndpoints(table) ? gatewayEndpointsOf(place) : []
  return [
    localRoute(place),
    ...peers,
    ...(isAttached(place)
      ? [{ DestinationCidrBlock: '10.0.0.0/8', TransitGatewayId: TRANSIT_GATEWAY, ...ACTIVE }]
      : []),
    ...endpoints.map(({ id, prefixListId }) => ({
      DestinationPrefixListId: prefixListId,
      GatewayId: id,
      ...ACTIVE,
    })),
    { DestinationCidrBlock: EVERYWHERE, ...target, ...ACTIVE },
  ]
}

/** What arrives is at home; in the hub the rest goes out to the internet. */
function transitRoutesOf(place: Place) {
  if (place.vpc !== HUB) return [localRoute(place)]
  return [
    localRoute(place),
    { DestinationCidrBlock: '10.0.0.0/8', TransitGatewayId: TRANSIT_GATEWAY, ...ACTIVE },
    { DestinationCidrBlock: EVERYWHERE, NatGatewayId: natGatewayId(place.vpc, 0), ...ACTIVE },
  ]
}
