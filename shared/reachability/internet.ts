/**
 * Ways out of a VPC and into it: internet gateways, NAT gateways, egress-only gateways, Block Public Access.
 * https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html, .../vpc-nat-gateway.html
 */
import { type Address, formatAddress, isPublic } from '../network/address.ts'
import { allInterfacesKnown, publicAddressOf } from '../network/interfaces.ts'
import { internetGatewayOf } from '../network/internet-gateways.ts'
import { type NatPlace, natPlace } from '../network/nat-gateways.ts'
import type { Network } from '../network/network.ts'
import { notCollected } from '../network/peerings.ts'
import { publicAccess } from '../network/public-access.ts'
import { type CompiledRoute, lookup } from '../network/route-tables.ts'
import {
  type End,
  type GatewayOutcome,
  type Inside,
  NO_GROUPS,
  type Place,
  type RouteOutcome,
  type Visitor,
} from './layers.ts'
import type { Component, Direction, Leg } from './result.ts'
import { notModelled, routeBetween, routeOut, unusableRoute } from './routing.ts'

/** From an interface to an address that no interface holds. */
export function leaveVpc(network: Network, from: Inside, to: Address, visitor: Visitor): void {
  visitor.groups('egress', from.nic, to, NO_GROUPS, 0)
  visitor.acl('forward', 'egress', from.nic, to, 'destination')
  const outcome = routeOutside(network, from.nic, to)
  visitor.route('forward', from.nic, to, outcome)
  const target = outcome.kind === 'gateway' ? outcome.route.target : undefined
  if (target?.kind === 'nat-gateway') throughNat(network, from, to, target.id, visitor)
  else if (target?.kind === 'internet-gateway') {
    visitor.gateway(
      'forward',
      'egress',
      { type: 'internet-gateway', id: target.id },
      translation(from, to, target.id),
    )
    visitPublicAccess(from.nic, 'egress', visitor)
    visitGatewayTable(network, target.id, 'return', from, visitor)
  } else if (target?.kind === 'egress-only-internet-gateway') visitPublicAccess(from.nic, 'egress', visitor)
  visitor.acl('return', 'ingress', from.nic, to, 'source')
}

/** From an address outside to an interface; replies leave by the subnet's route. */
export function enterVpc(
  network: Network,
  { address: from, label }: End,
  to: Inside,
  visitor: Visitor,
): void {
  visitor.gateway('forward', 'ingress', outside(from, label), arrival(from, to))
  if (isPublic(from)) visitPublicAccess(to.nic, 'ingress', visitor)
  const gateway = internetGatewayOf(to.nic)
  if (gateway.known && gateway.value !== undefined)
    visitGatewayTable(network, gateway.value, 'forward', to, visitor)
  visitor.acl('forward', 'ingress', to.nic, from, 'destination')
  visitor.groups('ingress', to.nic, from, NO_GROUPS, 0)
  visitor.acl('return', 'egress', to.nic, from, 'source')
  visitor.route('return', to.nic, from, onlyInternetGateway(routeOutside(network, to.nic, from), from))
}

/** Replies to the internet must leave by an internet gateway: a NAT gateway would change their source. */
function onlyInternetGateway(outcome: RouteOutcome, destination: Address): RouteOutcome {
  if (outcome.kind !== 'gateway' || outcome.route.target.kind === 'internet-gateway') return outcome
  const because = () => `replies to ${formatAddress(destination)} leave by another way than the packet came`
  return { kind: 'astray', route: outcome.route, code: 'NO_POSSIBLE_DESTINATION', because, identity: 0 }
}

function routeOutside(network: Network, from: Place, to: Address): RouteOutcome {
  const found = routeOut(network, from, to)
  if (found.kind === 'unknown') return { ...found, identity: 0 }
  if (found.kind === 'none') return { kind: 'no-route', identity: 0 }
  const { route } = found
  switch (route.target.kind) {
    case 'local':
      return nobodyThere(network, from, to, route)
    case 'vpc-peering-connection':
      return unusableRoute(route, 0) ?? unknownHolder(from, to)
    case 'internet-gateway':
    case 'egress-only-internet-gateway':
    case 'nat-gateway':
      return unusableRoute(route, 0) ?? { kind: 'gateway', route, identity: 0 }
    default:
      return unusableRoute(route, 0) ?? notModelled(route, 0)
  }
}

/** An address of the VPC that no interface holds: certain only where all of its interfaces were collected. */
function nobodyThere(network: Network, from: Place, to: Address, route: CompiledRoute): RouteOutcome {
  if (!allInterfacesKnown(network, from)) return unknownHolder(from, to)
  const because = () => `no network interface in ${from.vpcId} holds ${formatAddress(to)}`
  return { kind: 'astray', route, code: 'NO_POSSIBLE_DESTINATION', because, identity: 0 }
}

const unknownHolder = (from: Place, to: Address): RouteOutcome => ({
  kind: 'unknown',
  missing: notCollected(
    from.scope,
    'ec2:DescribeNetworkInterfaces',
    `an interface with ${formatAddress(to)}`,
  ),
  identity: 0,
})

function translation(from: Inside, to: Address, gateway: string): GatewayOutcome {
  if (!isPublic(to)) {
    const code = 'IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS'
    return {
      verdict: 'block',
      code,
      explanation: `${gateway} drops packets to the private address ${formatAddress(to)}`,
    }
  }
  const own = formatAddress(from.address)
  if (typeof from.address === 'bigint')
    return { verdict: 'pass', explanation: `${gateway} carries ${own} unchanged` }
  const address = publicAddressOf(from.nic, from.address)
  if (address) return { verdict: 'pass', explanation: `${gateway} shows ${own} as ${address}` }
  const explanation = `${from.nic.id} has no public address, so ${gateway} drops its packets`
  return { verdict: 'block', code: 'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS', explanation }
}

/** An address that only stands for the internet is not the place where packets come from. */
const outside = (from: Address, label: string | undefined): Component =>
  label === 'internet' ? { type: 'internet', id: label } : { type: 'ip-address', id: formatAddress(from) }

function arrival(from: Address, to: Inside): GatewayOutcome {
  if (!isPublic(from)) {
    const because = `no interface with ${formatAddress(from)} was collected, so how its packets arrive is not known`
    return { verdict: 'unknown', missing: { missing: 'ec2:DescribeNetworkInterfaces', because } }
  }
  const gateway = internetGatewayOf(to.nic)
  if (!gateway.known) return { verdict: 'unknown', missing: gateway.missing }
  if (gateway.value === undefined) {
    const explanation = `${to.nic.vpcId} has no internet gateway, so nothing arrives from ${formatAddress(from)}`
    return { verdict: 'block', code: 'NO_POSSIBLE_DESTINATION', explanation }
  }
  const reachable = typeof to.address === 'bigint' || publicAddressOf(to.nic, to.address) !== undefined
  if (reachable)
    return { verdict: 'pass', explanation: `${formatAddress(from)} arrives through the internet gateway` }
  const explanation = `${to.nic.id} has no public address, so nothing on the internet can address it`
  return { verdict: 'block', code: 'IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS', explanation }
}

/** The packet goes through the NAT gateway's subnet, and its reply comes back to the gateway's own ports. */
function throughNat(network: Network, from: Inside, to: Address, id: string, visitor: Visitor): void {
  const nat = natPlace(network, from.nic.scope, id)
  const component: Component = { type: 'nat-gateway', id }
  if ('missing' in nat) {
    visitor.gateway('forward', 'egress', component, { verdict: 'unknown', missing: nat })
    return
  }
  visitor.gateway('forward', 'egress', component, natOutcome(nat, from, id))
  const crossesSubnets = nat.subnetId !== from.nic.subnetId
  if (crossesSubnets) visitor.acl('forward', 'ingress', nat, from.address, 'destination')
  visitor.acl('forward', 'egress', nat, to, 'destination')
  visitor.route('forward', nat, to, fromNat(routeOutside(network, nat, to), to))
  visitPublicAccess(nat, 'egress', visitor)
  visitor.acl('return', 'ingress', nat, to, 'translated')
  if (!crossesSubnets) return
  visitor.route('return', nat, from.address, routeBetween(network, nat, from))
  visitor.acl('return', 'egress', nat, from.address, 'source')
}

function fromNat(outcome: RouteOutcome, to: Address): RouteOutcome {
  if (outcome.kind !== 'gateway') return outcome
  const { route } = outcome
  const { target } = route
  if (target.kind !== 'internet-gateway') return notModelled(route, 0)
  if (isPublic(to)) return outcome
  const because = () => `${target.id} drops packets to the private address ${formatAddress(to)}`
  return {
    kind: 'astray',
    route,
    code: 'IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS',
    because,
    identity: 0,
  }
}

function natOutcome(nat: NatPlace, from: Inside, id: string): GatewayOutcome {
  if (nat.state !== 'available') {
    return { verdict: 'block', code: 'BAD_STATE', explanation: `${id} is ${nat.state}, not available` }
  }
  if (nat.vpcId !== from.nic.vpcId) {
    const explanation = `${id} serves only interfaces of its own VPC ${nat.vpcId}`
    return { verdict: 'block', code: 'NGW_REQUIRES_SOURCE_IN_VPC', explanation }
  }
  return { verdict: 'pass', explanation: `${id} sends it on with ports 1024-65535 of its own` }
}

/**
 * A gateway route table may send what arrives to a middlebox first: what that does with it is not known.
 * https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html
 */
function visitGatewayTable(network: Network, gateway: string, leg: Leg, to: Inside, visitor: Visitor): void {
  const table = network.routeTables[network.gatewayRouteTable.get(gateway) ?? -1]
  if (!table) return
  const found = lookup(table, to.address)
  if (found.kind === 'none' || (found.kind === 'route' && found.route.target.kind === 'local')) return
  const missing =
    found.kind === 'unknown'
      ? found.missing
      : {
          missing: 'ec2:DescribeVpcEndpoints',
          because: `${table.id} of ${gateway} sends packets for ${formatAddress(to.address)} to another place first`,
        }
  visitor.gateway(leg, 'ingress', { type: 'route-table', id: table.id }, { verdict: 'unknown', missing })
}

function visitPublicAccess(place: Place, direction: Direction, visitor: Visitor): void {
  const access = publicAccess(place.scope, place.vpcId, place.subnetId, direction)
  const component: Component = { type: 'vpc-block-public-access', id: place.scope.region }
  if (!access.known)
    visitor.gateway('forward', direction, component, { verdict: 'unknown', missing: access.missing })
  else if (access.value !== 'open') {
    const explanation = `VPC Block Public Access (${access.value}) stops internet traffic of ${place.subnetId}`
    visitor.gateway('forward', direction, component, {
      verdict: 'block',
      code: 'VPC_BLOCK_PUBLIC_ACCESS_ENABLED',
      explanation,
    })
  }
}
