/** Which way a packet takes out of a subnet. https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html */
import { type Address, formatAddress, isPublic } from '../network/address.ts'
import { natPlace } from '../network/nat-gateways.ts'
import type { Network } from '../network/network.ts'
import { notCollected, sameVpcPeering } from '../network/peerings.ts'
import { type CompiledRoute, lookup } from '../network/route-tables.ts'
import type { Identity, Inside, Place, RouteOutcome } from './layers.ts'

/** The route from one interface's subnet to another interface. */
export function routeBetween(network: Network, from: Place, to: Inside): RouteOutcome {
  const sameVpc = from.vpcId !== undefined && from.vpcId === to.nic.vpcId
  const found = routeOut(network, from, to.address)
  if (found.kind === 'none' && sameVpc) return IMPLICIT_LOCAL
  if (found.kind === 'unknown') return { ...found, identity: sameVpc ? 1 : 2 }
  const identity = sameVpc ? 1 : sameVpcPeering(network, from, to.nic)
  if (found.kind === 'none') return { kind: 'no-route', identity }
  const { route } = found
  if (route.target.kind === 'local') return localRoute(route, from, to)
  const unusable = unusableRoute(route, identity)
  if (unusable) return unusable
  if (route.target.kind === 'vpc-peering-connection')
    return throughPeering(network, from, to, route, route.target.id, identity)
  if (route.target.kind === 'nat-gateway')
    return behindNat(network, from, route, route.target.id, to.address, identity)
  return astray(route, to.address, identity)
}

/** Every table holds a local route, which cannot be deleted. */
const IMPLICIT_LOCAL: RouteOutcome = { kind: 'local', route: undefined, identity: 1 }

type Found = { kind: 'route'; route: CompiledRoute } | { kind: 'none' } | Unknown
type Unknown = { kind: 'unknown'; missing: { missing: string; because: string } }

export function routeOut(network: Network, from: Place, destination: Address): Found {
  if (!from.subnet)
    return { kind: 'unknown', missing: notCollected(from.scope, 'ec2:DescribeSubnets', from.subnetId) }
  const table = network.routeTables[from.subnet.routeTable]
  if (!table) {
    return {
      kind: 'unknown',
      missing: notCollected(from.scope, 'ec2:DescribeRouteTables', `the table of ${from.subnet.id}`),
    }
  }
  return lookup(table, destination)
}

/** Blackholes and routes whose state or choice is not known, whatever they lead to. */
export function unusableRoute(route: CompiledRoute, identity: Identity): RouteOutcome | undefined {
  if (route.ambiguous) {
    const because = 'two routes of equal rank lead to different targets, AWS picks one at random'
    return unknown('ec2:DescribeRouteTables', because, identity)
  }
  if (route.blackhole) return { kind: 'blackhole', route, identity }
  return route.stateKnown
    ? undefined
    : unknown('ec2:DescribeRouteTables', 'a route without its state', identity)
}

const unknown = (missing: string, because: string, identity: Identity): RouteOutcome => ({
  kind: 'unknown',
  missing: { missing, because },
  identity,
})

function localRoute(route: CompiledRoute, from: Place, to: Inside): RouteOutcome {
  if (from.vpcId === to.nic.vpcId && from.vpcId !== undefined) return { kind: 'local', route, identity: 1 }
  if (from.vpcId === undefined || to.nic.vpcId === undefined) {
    const missing = notCollected(from.scope, 'ec2:DescribeNetworkInterfaces', 'the VPC of an interface')
    return { kind: 'unknown', missing, identity: 2 }
  }
  return {
    kind: 'astray',
    route,
    code: 'VPC_LOCAL_ROUTE_CIDR_RESTRICTION',
    because: () =>
      `${formatAddress(to.address)} is local to ${from.vpcId}, so packets never leave for ${to.nic.vpcId}`,
    identity: 0,
  }
}

function throughPeering(
  network: Network,
  from: Place,
  to: Inside,
  route: CompiledRoute,
  id: string,
  identity: Identity,
): RouteOutcome {
  const peering = network.peerings.get(id)
  if (!peering) {
    return {
      kind: 'unknown',
      missing: notCollected(from.scope, 'ec2:DescribeVpcPeeringConnections', id),
      identity: 2,
    }
  }
  const sides = [peering.RequesterVpcInfo?.VpcId, peering.AccepterVpcInfo?.VpcId]
  const status = peering.Status?.Code
  if (status === undefined || sides.includes(undefined))
    return unknown('ec2:DescribeVpcPeeringConnections', `${id} came without its status or VPCs`, 2)
  if (status !== 'active') {
    return {
      kind: 'astray',
      route,
      code: 'BAD_STATE',
      because: () => `${id} is ${status}, not active`,
      identity,
    }
  }
  const across = from.vpcId !== to.nic.vpcId && sides.includes(from.vpcId) && sides.includes(to.nic.vpcId)
  if (across) return { kind: 'peering', route, id, identity }
  return {
    kind: 'astray',
    route,
    code: 'PCX_REQUIRES_ADDRESS_IN_VPC_CIDR',
    because: () =>
      `${id} joins ${sides.join(' and ')}; peering is not transitive, so it does not lead to ${to.nic.vpcId}`,
    identity,
  }
}

/**
 * A public NAT gateway sends on by its own subnet's routes. Towards a private address that mostly ends at the
 * internet gateway: the route to the other VPC is missing, and the default route took the packet.
 */
function behindNat(
  network: Network,
  from: Place,
  route: CompiledRoute,
  id: string,
  to: Address,
  identity: Identity,
): RouteOutcome {
  const nat = natPlace(network, from.scope, id)
  if ('missing' in nat) return { kind: 'unknown', missing: nat, identity: 0, translated: true }
  const lost = (code: string, because: string): RouteOutcome => ({
    kind: 'astray',
    route,
    code,
    because: () => `${id} takes packets to ${formatAddress(to)}, and ${because}`,
    identity,
  })
  if (nat.state !== 'available') return lost('BAD_STATE', `it is ${nat.state}, not available`)
  const found = routeOut(network, nat, to)
  if (found.kind === 'unknown') return { ...found, identity: 0, translated: true }
  if (found.kind === 'none') return lost('NO_ROUTE_TO_DESTINATION', `${nat.subnetId} has no route for them`)
  const doubtful = unusableRoute(found.route, 0)
  if (doubtful?.kind === 'blackhole')
    return lost('BAD_STATE_ROUTE', `${nat.subnetId} sends them into a blackhole`)
  if (doubtful) return notModelled(route, identity)
  const { target } = found.route
  if (target.kind !== 'internet-gateway' || typeof to !== 'number' || isPublic(to)) {
    return notModelled(route, identity)
  }
  const drops = `${target.id} behind it drops packets to private addresses`
  return lost('IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS', drops)
}

/** A route that cannot deliver to an interface inside, or one that is not analysed. */
function astray(route: CompiledRoute, destination: Address, identity: Identity): RouteOutcome {
  const { target } = route
  if (target.kind === 'internet-gateway' && typeof destination === 'number' && !isPublic(destination)) {
    return {
      kind: 'astray',
      route,
      code: 'IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS',
      because: () => `${target.id} drops packets to the private address ${formatAddress(destination)}`,
      identity,
    }
  }
  return notModelled(route, identity)
}

const tellers: Readonly<Record<string, string>> = {
  'transit-gateway': 'ec2:SearchTransitGatewayRoutes',
  'virtual-private-gateway': 'ec2:DescribeVpnGateways',
  'vpc-endpoint': 'ec2:DescribeVpcEndpoints',
  'network-interface': 'ec2:DescribeNetworkInterfaces',
  'nat-gateway': 'ec2:DescribeNatGateways',
}

export function notModelled(route: CompiledRoute, identity: Identity): RouteOutcome {
  const { target } = route
  const id = target.kind === 'local' ? 'local' : target.id
  const because = `what lies behind ${id} is not analysed`
  return {
    kind: 'unknown',
    missing: { missing: tellers[target.kind] ?? 'ec2:DescribeRouteTables', because },
    identity: identity === 1 ? 2 : identity,
    translated: translators.includes(target.kind),
  }
}

const translators = ['nat-gateway', 'network-interface', 'vpc-endpoint', 'other']
