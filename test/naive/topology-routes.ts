import { cidrOf, ids, type NetworkPlan, type RoutePlan, type VpcPlan, wrap } from './topology-plan.ts'

export function gatewaysOf(vpc: VpcPlan, index: number) {
  const internet = vpc.internetGateway
    ? [
        {
          InternetGatewayId: ids.internetGateway(index),
          Attachments: [{ State: 'available', VpcId: ids.vpc(index) }],
        },
      ]
    : []
  if (!vpc.nat) return { internet, nat: [] }
  const subnet = wrap(vpc.subnets, vpc.nat.subnet)[1]
  const address = {
    PrivateIp: ids.address(vpc, index, subnet, 200),
    NetworkInterfaceId: ids.networkInterface(index, subnet, 15),
    ...(vpc.nat.connectivity === 'public' ? { PublicIp: `198.51.100.${index + 1}` } : {}),
  }
  const nat = {
    NatGatewayId: ids.natGateway(index),
    VpcId: ids.vpc(index),
    SubnetId: ids.subnet(index, subnet),
    State: vpc.nat.state,
    ConnectivityType: vpc.nat.connectivity,
    NatGatewayAddresses: [address],
  }
  return { internet, nat: [nat] }
}

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

interface Fields {
  readonly [field: string]: string | undefined
}

function routeOf(plan: NetworkPlan, vpc: VpcPlan, index: number, route: RoutePlan): readonly Fields[] {
  const destination = destinationOf(plan, route)
  const target = targetOf(plan, vpc, index, route)
  if (!destination || !target || isOwn(plan, index, route)) return []
  const propagated = target.GatewayId?.startsWith('vgw')
  return [{ ...destination, ...target, Origin: propagated ? 'EnableVgwRoutePropagation' : 'CreateRoute' }]
}

/** AWS refuses routes within the VPC's own blocks, unless they go to a middlebox. */
const isOwn = (plan: NetworkPlan, index: number, route: RoutePlan) =>
  'vpc' in route.to && wrap(plan.vpcs, route.to.vpc)[1] === index

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
  if (route.through === 'nat-gateway') {
    const ipv4 = route.to.kind !== 'all-ipv6' && route.to.kind !== 'vpc-ipv6'
    const State = vpc.nat?.state === 'available' ? 'active' : 'blackhole'
    return ipv4 ? { NatGatewayId: ids.natGateway(index), State } : undefined
  }
  return route.through === 'peering' ? peeringTarget(plan, index, route) : goneTarget(route)
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
