/** Which way a packet takes out of a subnet. https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html */
import { type Address, formatAddress, isPublic, isShared } from '../network/address.ts'
import { type NatPlace, natPlace } from '../network/nat-gateways.ts'
import type { Network } from '../network/network.ts'
import { notCollected, sameVpcPeering } from '../network/peerings.ts'
import { type CompiledRoute, lookup } from '../network/route-tables.ts'
import type { Goal, Identity, Place, RouteOutcome } from './layers.ts'
import { throughPeering } from './peering.ts'

/** The route from a subnet to an address inside that we know. */
export function routeBetween(network: Network, from: Place, to: Goal): RouteOutcome {
  const sameVpc = from.vpcId !== undefined && from.vpcId === to.nic.vpcId
  const found = routeOut(network, from, to.address)
  if (found.kind === 'none' && sameVpc) return IMPLICIT_LOCAL
  if (found.kind === 'unknown') return { ...found, identity: sameVpc ? 1 : 2 }
  const identity = sameVpc ? 1 : sameVpcPeering(network, from, to.nic)
  if (found.kind === 'none') return { kind: 'no-route', identity }
  const { route } = found
  if (route.target.kind === 'local') return localRoute(route, from, to)
  return inDoubt(unusableRoute(route, identity)) ?? usableRoute(network, from, to, route, identity)
}

/** Over a way that is not known, groups may be seen after all: a transit gateway may show them. */
const inDoubt = (outcome: RouteOutcome | undefined): RouteOutcome | undefined =>
  outcome?.kind === 'unknown' && outcome.identity === 0 ? { ...outcome, identity: 2 } : outcome

/** Every table holds a local route, which cannot be deleted. */
const IMPLICIT_LOCAL: RouteOutcome = { kind: 'local', route: undefined, identity: 1 }

function usableRoute(
  network: Network,
  from: Place,
  to: Goal,
  route: CompiledRoute,
  identity: Identity,
): RouteOutcome {
  switch (route.target.kind) {
    case 'vpc-peering-connection':
      return throughPeering(network, from, to, route, route.target.id, identity)
    case 'nat-gateway':
      return lostBehindNat(network, from, route, route.target.id, to, identity) ?? toGateway(route, identity)
    case 'transit-gateway':
    case 'virtual-private-gateway':
    case 'network-interface':
    case 'vpc-endpoint':
      return toGateway(route, identity)
    case 'internet-gateway':
      return toInternetGateway(route, to.address, identity)
    default:
      return notModelled(route, identity)
  }
}

/** Behind another hop than a peering, whether rules that refer to the receiver's groups match is not documented. */
const toGateway = (route: CompiledRoute, identity: Identity): RouteOutcome => ({
  kind: 'gateway',
  route,
  identity: identity === 0 ? 0 : 2,
})

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

function localRoute(route: CompiledRoute, from: Place, to: Goal): RouteOutcome {
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

/**
 * A NAT gateway sends on by the routes of its own subnet. Towards a private address these mostly end at the internet
 * gateway: the route to the other VPC is missing here, and the default route took the packet.
 */
function lostBehindNat(
  network: Network,
  from: Place,
  route: CompiledRoute,
  id: string,
  { nic, address }: Goal,
  identity: Identity,
): RouteOutcome | undefined {
  if (typeof address !== 'number' || isPublic(address)) return undefined
  const nat = natPlace(network, from, id)
  // Within its own subnet it needs no route.
  if ('missing' in nat || nat.subnetId === nic.subnetId) return undefined
  const loss = lossBehind(network, nat, id, address)
  if (!loss) return undefined
  const because = () => `${id} takes packets to ${formatAddress(address)}, and ${loss.because}`
  return { kind: 'astray', route, code: loss.code, because, identity }
}

function lossBehind(network: Network, nat: NatPlace, id: string, to: Address) {
  const found = routeOut(network, nat, to)
  if (found.kind === 'unknown') return undefined
  if (found.kind === 'none')
    return { code: 'NO_ROUTE_TO_DESTINATION', because: `${nat.subnetId} has no route for them` }
  const { target } = found.route
  const unusable = unusableRoute(found.route, 0)
  if (unusable?.kind === 'blackhole')
    return { code: 'BAD_STATE_ROUTE', because: `${nat.subnetId} sends them into a blackhole` }
  if (unusable) return undefined
  if (target.kind === 'nat-gateway' && target.id === id)
    return { code: 'NO_POSSIBLE_DESTINATION', because: `the route of ${nat.subnetId} leads back to it` }
  if (target.kind !== 'internet-gateway') return undefined
  const because = `${target.id} behind it drops packets to private addresses`
  return { code: privateCode(to), because }
}

/** The code of a private destination at an internet gateway. */
export const privateCode = (address: Address): string =>
  isShared(address)
    ? 'IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS'
    : 'IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS'

function toInternetGateway(route: CompiledRoute, destination: Address, identity: Identity): RouteOutcome {
  if (typeof destination !== 'number' || isPublic(destination)) return notModelled(route, identity)
  const id = route.target.kind === 'local' ? 'local' : route.target.id
  return {
    kind: 'astray',
    route,
    code: privateCode(destination),
    because: () => `${id} drops packets to the private address ${formatAddress(destination)}`,
    identity,
  }
}

/** What nobody models: local gateways, carrier gateways, core networks, addresses inside over the internet. */
export function notModelled(route: CompiledRoute, identity: Identity): RouteOutcome {
  const { target } = route
  const id = target.kind === 'local' ? 'local' : target.id
  return {
    kind: 'unknown',
    missing: { missing: 'ec2:DescribeRouteTables', because: `what lies behind ${id} is not analysed` },
    identity: identity === 1 ? 2 : identity,
    translated: true,
  }
}
