/**
 * One packet, from the subnet it leaves to where it arrives: its route, and every gateway that the route leads to.
 * It never stops at a block: after one it goes on as if the packet had passed, along the hop that was meant.
 */
import { natPlace } from '../network/nat-gateways.ts'
import type { Network } from '../network/network.ts'
import type { CompiledRoute } from '../network/route-tables.ts'
import { throughAppliance } from './appliance.ts'
import { goOn, routeBeyond } from './beyond-transit.ts'
import { throughEndpoint, throughVpnGateway } from './edges.ts'
import { ofAnotherVpc } from './internet-gateway.ts'
import type { Identity, Place, RouteOutcome, Visitor } from './layers.ts'
import { natOutcome } from './nat.ts'
import { routeOutside } from './outward.ts'
import { type Arrival, type Exit, OUT_OF_SIGHT, type Packet, type Sender, there } from './packet.ts'
import { routeBetween } from './routing.ts'
import { throughTransitGateway } from './transit.ts'

export function routeFor(network: Network, place: Place, { goal, destination }: Packet): RouteOutcome {
  if (!goal) return routeOutside(network, place, destination)
  const inSubnet = place.subnetId !== undefined && place.subnetId === goal.nic.subnetId
  return inSubnet ? WITHIN_SUBNET : routeBetween(network, place, goal)
}

/** Routes, also more specific ones than the local one, apply between subnets. */
const WITHIN_SUBNET: RouteOutcome = { kind: 'local', route: undefined, identity: 1 }

export function carry(
  network: Network,
  sender: Sender,
  packet: Packet,
  outcome: RouteOutcome,
  visitor: Visitor,
): Arrival {
  const { leg, destination } = packet
  if (outcome.kind === 'gateway') return throughGateway(network, sender, packet, outcome, visitor)
  leaveSubnet(sender, packet, packet.goal?.nic, visitor)
  visitor.route(leg, sender.place, destination, outcome)
  if (outcome.kind === 'unknown' && outcome.translated) return OUT_OF_SIGHT
  enterSubnet(sender, packet, packet.goal?.nic, visitor)
  return there(outcome.identity)
}

/** A network ACL sees what leaves its subnet, not what is routed within it. */
function leaveSubnet(
  { place, filtered }: Sender,
  packet: Packet,
  next: Place | undefined,
  visitor: Visitor,
): void {
  if (filtered && (next === undefined || next.subnetId !== place.subnetId))
    visitor.acl(packet.leg, 'egress', place, packet.destination, packet.ports)
}

function enterSubnet({ place }: Sender, packet: Packet, next: Place | undefined, visitor: Visitor): void {
  if (next && next.subnetId !== place.subnetId)
    visitor.acl(packet.leg, 'ingress', next, packet.source, packet.ports)
}

function throughGateway(
  network: Network,
  sender: Sender,
  packet: Packet,
  outcome: RouteOutcome & { readonly kind: 'gateway' },
  visitor: Visitor,
): Arrival {
  const { target } = outcome.route
  switch (target.kind) {
    case 'nat-gateway':
      if (sender.nat?.id === target.id)
        return carry(network, sender, packet, backToItself(outcome.route, target.id), visitor)
      return toNat(network, sender, packet, outcome, target.id, visitor)
    case 'transit-gateway':
      return overTransit(network, sender, packet, outcome, target.id, visitor)
    case 'network-interface':
      leaveFor(sender, packet, outcome, undefined, visitor)
      throughAppliance(network, sender.place, packet, target.id, visitor)
      return OUT_OF_SIGHT
    default:
      leaveFor(sender, packet, outcome, undefined, visitor)
      return outside(network, sender, packet, outcome.route, visitor)
  }
}

const backToItself = (route: CompiledRoute, id: string): RouteOutcome => ({
  kind: 'astray',
  route,
  code: 'NO_POSSIBLE_DESTINATION',
  because: () => `the route leads ${id} back to itself`,
  identity: 0,
})

function leaveFor(
  sender: Sender,
  packet: Packet,
  outcome: RouteOutcome,
  next: Place | undefined,
  visitor: Visitor,
): void {
  leaveSubnet(sender, packet, next, visitor)
  visitor.route(packet.leg, sender.place, packet.destination, outcome)
}

function outside(
  network: Network,
  sender: Sender,
  packet: Packet,
  { target }: CompiledRoute,
  visitor: Visitor,
): Arrival {
  if (target.kind === 'vpc-endpoint') {
    const exit = throughEndpoint(network, sender, packet, target.id, visitor)
    return exit ? { kind: 'outside', exit, sender } : OUT_OF_SIGHT
  }
  if (target.kind === 'virtual-private-gateway') throughVpnGateway(sender, packet, target.id, visitor)
  const exit = exitBy(target)
  if (exit.kind !== 'edge' && sender.by === 'transit-gateway') {
    const outcome = ofAnotherVpc(sender, packet.source, packet.destination, exit.id)
    visitor.gateway(packet.leg, 'egress', { type: exit.kind, id: exit.id }, outcome)
  }
  return packet.goal ? there(0) : { kind: 'outside', exit, sender }
}

const exitBy = (target: CompiledRoute['target']): Exclude<Exit, { kind: 'endpoint' }> =>
  target.kind === 'internet-gateway' || target.kind === 'egress-only-internet-gateway'
    ? { kind: target.kind, id: target.id }
    : { kind: 'edge' }

/** Into a NAT gateway's subnet. What it sends on is another packet. */
function toNat(
  network: Network,
  sender: Sender,
  packet: Packet,
  outcome: RouteOutcome,
  id: string,
  visitor: Visitor,
): Arrival {
  const { leg } = packet
  const component = { type: 'nat-gateway', id } as const
  const nat = natPlace(network, sender.place, id)
  if ('missing' in nat) {
    leaveFor(sender, packet, outcome, undefined, visitor)
    visitor.gateway(leg, 'egress', component, { verdict: 'unknown', missing: nat })
    return OUT_OF_SIGHT
  }
  const next = leg === 'return' ? packet.goal?.nic : nat
  leaveFor(sender, packet, outcome, next, visitor)
  visitor.gateway(leg, 'egress', component, natOutcome(network, sender, packet, nat, id))
  if (leg === 'return') {
    // Replies are lost there; on as if they had not been sent that way.
    enterSubnet(sender, packet, next, visitor)
    return there(outcome.identity)
  }
  if (nat.filtered) enterSubnet(sender, packet, nat, visitor)
  // NAT64 sends on another packet than the one whose routes would be asked.
  return typeof packet.destination === 'bigint' ? OUT_OF_SIGHT : { kind: 'nat', id, nat }
}

function overTransit(
  network: Network,
  sender: Sender,
  packet: Packet,
  outcome: RouteOutcome & { readonly kind: 'gateway' },
  id: string,
  visitor: Visitor,
): Arrival {
  leaveFor(sender, packet, outcome, undefined, visitor)
  const exit = throughTransitGateway(network, sender, packet, id, visitor)
  const identity = seen(exit.identity, outcome.identity)
  if (exit.kind === 'lost') {
    enterSubnet(sender, packet, packet.goal?.nic, visitor)
    return packet.goal ? there(identity) : { kind: 'outside', exit: { kind: 'edge' }, sender }
  }
  return goOn(exit, packet, visitor, (place, heard) => {
    const onward: Sender = { place, by: 'transit-gateway', filtered: true }
    const next = routeBeyond(routeFor(network, place, packet))
    const arrival = carry(network, onward, packet, next, heard)
    return arrival.kind === 'there' ? there(next.kind === 'unknown' ? 2 : identity) : arrival
  })
}

/** Groups are seen over a transit gateway if it says so; beside a peering it is not documented. */
const seen = (transit: Identity, peering: Identity): Identity =>
  transit !== 1 && peering !== 0 ? 2 : transit
