import { attachedTo } from './topology-attachments.ts'
import { endpointTables } from './topology-gateways.ts'
import { cidrOf, ids, wrap } from './topology-ids.ts'
import type { NetworkPlan, RoutePlan, VpcPlan } from './topology-plan.ts'

export const routeTablesOf = (plan: NetworkPlan, vpc: VpcPlan, index: number) =>
  vpc.routeTables.map((routes, position) => ({
    RouteTableId: ids.routeTable(index, position),
    VpcId: ids.vpc(index),
    Associations: [
      ...(position === 0 ? [{ RouteTableAssociationId: `rtbassoc-main-${index}`, Main: true }] : []),
      // The main table is associated implicitly, which AWS does not list.
      ...vpc.subnets.flatMap((subnet, subnetIndex) =>
        position > 0 && wrap(vpc.routeTables, subnet.routeTable)[1] === position
          ? {
              RouteTableAssociationId: `rtbassoc-${ids.subnet(index, subnetIndex)}`,
              SubnetId: ids.subnet(index, subnetIndex),
              Main: false,
            }
          : [],
      ),
    ],
    Routes: [
      ...localRoutes(vpc, index),
      ...(endpointTables(vpc).has(position) ? [endpointRoute(index)] : []),
      ...withoutDoubles(routes.flatMap((route) => routeOf(plan, vpc, index, route))),
    ],
  }))

function localRoutes(vpc: VpcPlan, index: number) {
  const local = { GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' }
  return [
    ...ids.vpcCidrs(vpc, index).map((DestinationCidrBlock) => ({ ...local, DestinationCidrBlock })),
    ...(vpc.ipv6 ? [{ ...local, DestinationIpv6CidrBlock: ids.vpcIpv6Cidr(index) }] : []),
  ]
}

/** AWS makes it, and takes it away with the endpoint. */
const endpointRoute = (index: number) => ({
  DestinationPrefixListId: ids.servicePrefixList,
  GatewayId: ids.endpoint(index),
  Origin: 'CreateRoute',
  State: 'active',
})

interface Fields {
  readonly [field: string]: string | undefined
}

function routeOf(plan: NetworkPlan, vpc: VpcPlan, index: number, route: RoutePlan): readonly Fields[] {
  const destination = destinationOf(plan, route)
  const target = targetOf(plan, vpc, index, route)
  if (!destination || !target || isRefused(plan, index, route)) return []
  const propagated = target.GatewayId?.startsWith('vgw')
  return [{ ...destination, ...target, Origin: propagated ? 'EnableVgwRoutePropagation' : 'CreateRoute' }]
}

/** AWS refuses routes within the VPC's own blocks, unless they go to a middlebox. */
const isRefused = (plan: NetworkPlan, index: number, { to, through }: RoutePlan) =>
  'vpc' in to && (wrap(plan.vpcs, to.vpc)[1] === index) !== (through === 'nat-within')

function destinationOf(plan: NetworkPlan, route: RoutePlan): Fields | undefined {
  if (route.to.kind !== 'prefix-list') {
    const cidr = cidrOf(plan, route.to)
    return cidr.includes(':') ? { DestinationIpv6CidrBlock: cidr } : { DestinationCidrBlock: cidr }
  }
  if (plan.prefixLists.length === 0) return undefined
  return { DestinationPrefixListId: ids.prefixList(wrap(plan.prefixLists, route.to.list)[1]) }
}

function targetOf(plan: NetworkPlan, vpc: VpcPlan, index: number, route: RoutePlan): Fields | undefined {
  if (route.through === 'internet-gateway') {
    return { GatewayId: ids.internetGateway(index), State: vpc.internetGateway ? 'active' : 'blackhole' }
  }
  if (route.through === 'egress-only') {
    return vpc.egressOnly
      ? { EgressOnlyInternetGatewayId: ids.egressOnly(index), State: 'active' }
      : undefined
  }
  if (route.through === 'nat-gateway' || route.through === 'nat-within') return natTarget(vpc, index, route)
  if (route.through === 'transit-gateway') return transitTarget(plan, index)
  return route.through === 'peering' ? peeringTarget(plan, index, route) : goneTarget(route)
}

function natTarget(vpc: VpcPlan, index: number, { to, through }: RoutePlan): Fields | undefined {
  const ipv4 = to.kind !== 'all-ipv6' && to.kind !== 'vpc-ipv6'
  const itsOwn =
    through === 'nat-within' && to.kind === 'subnet' && wrap(vpc.subnets, to.subnet)[1] === natSubnet(vpc)
  const State = vpc.nat?.state === 'available' ? 'active' : 'blackhole'
  return ipv4 && !itsOwn ? { NatGatewayId: ids.natGateway(index), State } : undefined
}

const natSubnet = ({ nat, subnets }: VpcPlan): number | undefined => nat && wrap(subnets, nat.subnet)[1]

/** Where the attachment was deleted, its routes stay behind. */
const transitTarget = (plan: NetworkPlan, index: number): Fields | undefined =>
  plan.transit && {
    TransitGatewayId: ids.transitGateway,
    State: attachedTo(plan, index) ? 'active' : 'blackhole',
  }

function peeringTarget(plan: NetworkPlan, index: number, route: RoutePlan): Fields | undefined {
  const own = [0, 1, 2].filter((pair) => {
    const ends = ids.pair(pair)
    return ends.includes(index) && plan.peerings[pair] !== 'none' && ends.every((end) => plan.vpcs[end])
  })
  const pair = route.peering === undefined ? directPeering(plan, own, route) : own[route.peering % own.length]
  if (pair === undefined) return undefined
  const State = plan.peerings[pair] === 'active' ? 'active' : 'blackhole'
  return { VpcPeeringConnectionId: ids.peering(pair), State }
}

function directPeering(plan: NetworkPlan, own: readonly number[], route: RoutePlan): number | undefined {
  const to = 'vpc' in route.to ? wrap(plan.vpcs, route.to.vpc)[1] : undefined
  return own.find((pair) => ids.pair(pair).some((end) => end === to))
}

/** The route to a virtual private gateway that was detached, or to an interface that was deleted. */
const goneTarget = (route: RoutePlan): Fields =>
  route.propagated
    ? { GatewayId: 'vgw-0000dead', State: 'blackhole' }
    : { NetworkInterfaceId: 'eni-0000dead', State: 'blackhole' }

/**
 * A table holds a destination once, except for a propagated route beside a static one; and one prefix list, since
 * AWS chooses between overlapping ones at random.
 */
function withoutDoubles(routes: readonly Fields[]): readonly Fields[] {
  const key = (route: Fields) =>
    route.DestinationPrefixListId
      ? 'prefix list'
      : `${route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock} ${route.Origin}`
  return routes.filter((route, index) => routes.findIndex((other) => key(other) === key(route)) === index)
}
