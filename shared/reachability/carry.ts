/**
 * One packet, from the subnet it leaves to where it arrives: its route, and every gateway that the route leads to.
 * It never stops at a block: after one it goes on as if the packet had passed, along the hop that was meant.
 */
import { natPlace } from '../network/nat-gateways.ts'
import type { Network } from '../network/network.ts'
import type { CompiledRoute } from '../network/route-tables.ts'
import { throughAppliance } from './appliance.ts'
import { throughEndpoint, throughVpnGateway } from './edges.ts'
import type { Identity, Place, RouteOutcome, Visitor } from './layers.ts'
import { natOutcome } from './nat.ts'
import { routeOutside } from './outward.ts'
import type { Arrival, Exit, Packet, Sender } from './packet.ts'
import { routeBetween } from './routing.ts'
import { throughTransitGateway } from './transit.ts'

const THERE = ([0, 1, 2, 3] as const).map((identity): Arrival => ({ kind: 'there', identity }))
const there = (identity: Identity): Arrival => THERE[identity] as Arrival
const OUT_OF_SIGHT: Arrival = { kind: 'out-of-sight' }

/** More gateways in a row than anybody builds: routes that lead round in circles. */
const MOST_GATEWAYS = 8

export const routeFor = (network: Network, place: Place, packet: Packet): RouteOutcome =>
  packet.goal ? routeBetween(network, place, packet.goal) : routeOutside(network, place, packet.destination)

export function carry(
  network: Network,
  sender: Sender,
  packet: Packet,
  outcome: RouteOutcome,
  visitor: Visitor,
  gateways = 0,
): Arrival {
  const { leg, destination } = packet
  if (outcome.kind === 'gateway') return throughGateway(network, sender, packet, outcome, visitor, gateways)
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
  gateways: number,
): Arrival {
  const { target } = outcome.route
  switch (target.kind) {
    case 'nat-gateway':
      if (sender.nat?.id === target.id)
        return carry(network, sender, packet, backToItself(outcome.route, target.id), visitor)
      return toNat(network, sender, packet, outcome, target.id, visitor)
    case 'transit-gateway':
      return overTransit(network, sender, packet, outcome, target.id, visitor, gateways)
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
  const gateway = target.kind === 'internet-gateway' || target.kind === 'egress-only-internet-gateway'
  const exit: Exit = gateway ? { kind: target.kind, id: target.id } : { kind: 'edge' }
  return packet.goal ? there(0) : { kind: 'outside', exit, sender }
}

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
  leaveFor(sender, packet, outcome, 'missing' in nat ? undefined : nat, visitor)
  if ('missing' in nat) {
    visitor.gateway(leg, 'egress', component, { verdict: 'unknown', missing: nat })
    return OUT_OF_SIGHT
  }
  visitor.gateway(leg, 'egress', component, natOutcome(network, sender, packet, nat, id))
  if (nat.filtered) enterSubnet(sender, packet, nat, visitor)
  return { kind: 'nat', id, nat }
}

function overTransit(
  network: Network,
  sender: Sender,
  packet: Packet,
  outcome: RouteOutcome & { readonly kind: 'gateway' },
  id: string,
  visitor: Visitor,
  gateways: number,
): Arrival {
  leaveFor(sender, packet, outcome, undefined, visitor)
  const exit = throughTransitGateway(network, sender, packet, id, visitor)
  if (exit.kind === 'lost') {
    enterSubnet(sender, packet, packet.goal?.nic, visitor)
    return packet.goal
      ? there(seen(exit.identity, outcome.identity))
      : { kind: 'outside', exit: { kind: 'edge' }, sender }
  }
  if (gateways >= MOST_GATEWAYS) {
    const explanation = () => `packets go round in circles: they passed ${MOST_GATEWAYS} gateways`
    visitor.gateway(
      packet.leg,
      'egress',
      { type: 'transit-gateway', id },
      { verdict: 'block', code: 'NO_POSSIBLE_DESTINATION', explanation },
    )
    return OUT_OF_SIGHT
  }
  const onward: Sender = { place: exit.place, by: 'transit-gateway', filtered: true }
  const next = routeFor(network, exit.place, packet)
  const arrival = carry(network, onward, packet, next, visitor, gateways + 1)
  return arrival.kind === 'there' && next.kind === 'local'
    ? there(seen(exit.identity, outcome.identity))
    : arrival
}

/** Groups are seen over a transit gateway if it says so; beside a peering it is not documented. */
const seen = (transit: Identity, peering: Identity): Identity =>
  transit !== 1 && peering !== 0 ? 2 : transit
