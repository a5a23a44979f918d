/**
 * Ways out of a VPC and into it: internet gateways, NAT gateways, egress-only gateways, Block Public Access.
 * https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html, .../vpc-nat-gateway.html
 */
import { type Address, formatAddress, isPublic } from '../network/address.ts'
import { type GroupSet, NOT_TOLD } from '../network/group-sets.ts'
import { publicAddressOf } from '../network/interfaces.ts'
import { internetGatewayOf } from '../network/internet-gateways.ts'
import { find } from '../network/interval-map.ts'
import type { Network } from '../network/network.ts'
import { type Opening, publicAccess } from '../network/public-access.ts'
import type { CompiledRoute } from '../network/route-tables.ts'
import { carry, routeFor } from './carry.ts'
import { type Receiver, visitGatewayTable } from './gateway-tables.ts'
import { translation } from './internet-gateway.ts'
import {
  type End,
  type GatewayOutcome,
  type Identity,
  type Inside,
  NO_GROUPS,
  type Place,
  type RouteOutcome,
  type Visitor,
} from './layers.ts'
import type { Arrival, Packet, Sender } from './packet.ts'
import type { Component } from './result.ts'
import { carryBack, newStage, passNat, type Stage } from './stages.ts'

/** From an interface to an address that no interface holds. */
export function leaveVpc(network: Network, from: Inside, to: Address, visitor: Visitor): void {
  const stages: [Stage, ...Stage[]] = [newStage(from)]
  let packet: Packet = {
    leg: 'forward',
    source: from.address,
    destination: to,
    ports: 'destination',
    goal: undefined,
  }
  let last: Stage = stages[0]
  const first = routeFor(network, last.place, packet)
  visitor.groups('egress', from.nic, to, ...carriedBehind(first))
  let arrival = carry(network, last, packet, first, visitor)
  while (arrival.kind === 'nat') {
    const route = routeFor(network, arrival.nat, packet)
    const stage = passNat(arrival, stages, goesOnInside(route) ? 'inside' : 'outside', visitor)
    if (!stage) return
    stages.push(stage)
    last = stage
    packet = { ...packet, source: stage.address }
    arrival = carry(network, stage, packet, route, visitor)
  }
  if (arrival.kind === 'outside') leaveBy(network, arrival, from, last, to, visitor)
  comeBack(network, stages, to, visitor)
}

/** Nobody outside carries groups; an interface that was not collected may. */
const carriedBehind = ({ identity }: RouteOutcome): readonly [GroupSet, Identity] =>
  identity === 2 ? [NOT_TOLD, 2] : [NO_GROUPS, 0]

/** To another VPC's way out, or the next NAT gateway: whatever filters there sees the private address. */
const goesOnInside = (route: RouteOutcome): boolean =>
  route.kind === 'gateway' &&
  ['transit-gateway', 'nat-gateway', 'network-interface'].includes(route.route.target.kind)

function leaveBy(
  network: Network,
  { exit, sender }: Arrival & { readonly kind: 'outside' },
  from: Inside,
  last: Stage,
  to: Address,
  visitor: Visitor,
): void {
  if (exit.kind !== 'internet-gateway' && exit.kind !== 'egress-only-internet-gateway') return
  const component = { type: exit.kind, id: exit.id } as const
  const outcome = inAnotherVpc(network, to) ?? translation(network, exit, sender, from, to)
  if (outcome) visitor.gateway('forward', 'egress', component, outcome)
  const isDirect = exit.kind === 'internet-gateway' && sender.nat === undefined
  visitPublicAccess(sender.place, isDirect ? 'egress' : 'egress-only', visitor)
  const receiver = last.by === 'interface' ? from : natReceiver(last)
  if (exit.kind === 'internet-gateway' && receiver)
    visitGatewayTable(network, exit.id, 'return', receiver, visitor)
}

/** What an internet gateway's table says of one address of a subnet it says of all; a regional one has no subnet. */
function natReceiver({ place }: Stage): Receiver | undefined {
  const address = place.subnet?.cidr?.range.from
  return address === undefined ? undefined : { nic: place, address }
}

/** An IPv6 address of a VPC that we know, which no interface holds that we know: nobody can say what is there. */
function inAnotherVpc(network: Network, address: Address): GatewayOutcome | undefined {
  const vpcId = typeof address === 'bigint' ? find(network.ipv6Blocks, address) : undefined
  if (vpcId === undefined) return undefined
  const because = `${formatAddress(address)} belongs to ${vpcId}, but no interface with it was collected`
  return { verdict: 'unknown', missing: { missing: 'ec2:DescribeNetworkInterfaces', because } }
}

/** The reply arrives at the last stage, and goes back through the others. */
function comeBack(
  network: Network,
  stages: readonly [Stage, ...Stage[]],
  from: Address,
  visitor: Visitor,
): void {
  const last = stages.at(-1) as Stage
  if (last.filtered) visitor.acl('return', 'ingress', last.place, from, last.ports)
  carryBack(network, last, from, stages.slice(0, -1), visitor)
}

/** From an address outside to an interface; replies leave by the subnet's route. */
export function enterVpc(
  network: Network,
  { address: from, label }: End,
  to: Inside,
  visitor: Visitor,
): void {
  visitor.gateway(
    'forward',
    'ingress',
    outside(from, label),
    inAnotherVpc(network, from) ?? arrivalAt(network, from, to),
  )
  if (isPublic(from)) visitPublicAccess(to.nic, 'ingress', visitor)
  const gateway = internetGatewayOf(network, to.nic)
  if (gateway.known && gateway.value !== undefined)
    visitGatewayTable(network, gateway.value, 'forward', to, visitor)
  visitor.acl('forward', 'ingress', to.nic, from, 'destination')
  const packet: Packet = {
    leg: 'return',
    source: to.address,
    destination: from,
    ports: 'source',
    goal: undefined,
  }
  const sender: Sender = { place: to.nic, by: 'interface', filtered: true }
  const route = routeFor(network, to.nic, packet)
  visitor.groups('ingress', to.nic, from, ...carriedBehind(route))
  const answered = isPublic(from) ? onlyInternetGateway(network, route, from) : route
  carry(network, sender, packet, answered, visitor)
}

/** Replies to the internet must leave by an internet gateway: a NAT gateway would change their source. */
function onlyInternetGateway(network: Network, outcome: RouteOutcome, destination: Address): RouteOutcome {
  if (outcome.kind !== 'gateway' || mayAnswer(network, outcome.route)) return outcome
  const { route } = outcome
  const because = () => `replies to ${formatAddress(destination)} leave by another way than the packet came`
  return { kind: 'astray', route, code: 'NO_POSSIBLE_DESTINATION', because, identity: 0 }
}

/** Who has a public address may be somebody behind a VPN; an appliance may hand replies on as they are. */
function mayAnswer({ vpcEndpoints }: Network, { target }: CompiledRoute): boolean {
  switch (target.kind) {
    case 'internet-gateway':
    case 'transit-gateway':
    case 'virtual-private-gateway':
    case 'network-interface':
      return true
    case 'vpc-endpoint':
      return vpcEndpoints.get(target.id)?.VpcEndpointType !== 'Gateway'
    default:
      return false
  }
}

/** An address that only stands for the internet is not the place where packets come from. */
const outside = (from: Address, label: string | undefined): Component =>
  label === 'internet' ? { type: 'internet', id: label } : { type: 'ip-address', id: formatAddress(from) }

function arrivalAt(network: Network, from: Address, to: Inside): GatewayOutcome {
  const source = formatAddress(from)
  if (!isPublic(from)) {
    const because = `no interface with ${source} was collected, so how its packets arrive is not known`
    return { verdict: 'unknown', missing: { missing: 'ec2:DescribeNetworkInterfaces', because } }
  }
  const gateway = internetGatewayOf(network, to.nic)
  if (!gateway.known) return { verdict: 'unknown', missing: gateway.missing }
  if (gateway.value === undefined) {
    const explanation = () => `${to.nic.vpcId} has no internet gateway, so nothing arrives from ${source}`
    return { verdict: 'block', code: 'NO_POSSIBLE_DESTINATION', explanation }
  }
  const reachable = typeof to.address === 'bigint' || publicAddressOf(to.nic, to.address) !== undefined
  if (reachable)
    return { verdict: 'pass', explanation: () => `${source} arrives through the internet gateway` }
  const explanation = () => `${to.nic.id} has no public address, so nothing on the internet can address it`
  return { verdict: 'block', code: 'IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS', explanation }
}

function visitPublicAccess(place: Place, opening: Opening, visitor: Visitor): void {
  const access = publicAccess(place.scope, place.vpcId, place.subnetId, opening)
  const direction = opening === 'ingress' ? 'ingress' : 'egress'
  const component: Component = { type: 'vpc-block-public-access', id: place.scope.region }
  if (!access.known)
    visitor.gateway('forward', direction, component, { verdict: 'unknown', missing: access.missing })
  else if (access.value !== 'open') {
    const explanation = () =>
      `VPC Block Public Access (${access.value}) stops internet traffic of ${place.subnetId}`
    visitor.gateway('forward', direction, component, {
      verdict: 'block',
      code: 'VPC_BLOCK_PUBLIC_ACCESS_ENABLED',
      explanation,
    })
  }
}
