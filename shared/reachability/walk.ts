/**
 * The way of a packet and of its reply, layer by layer. The walk only says what lies on the way, in order;
 * a visitor makes something of it: `judge.ts` a verdict as fast as possible, `explanation.ts` the proof.
 * It never stops at a block: after one it goes on as if the packet had passed.
 */
import type { Network } from '../network/network.ts'
import { carry, routeFor } from './carry.ts'
import { enterVpc, leaveVpc } from './internet.ts'
import type { End, Goal, Identity, Inside, Visitor } from './layers.ts'
import type { Packet, Sender } from './packet.ts'
import { carryBack, newStage, passNat, type Stage } from './stages.ts'

export function walk(network: Network, from: End, to: End, visitor: Visitor): void {
  if (isInside(from)) {
    if (isInside(to)) between(network, from, to, visitor)
    else leaveVpc(network, from, to.address, visitor)
  } else if (isInside(to)) enterVpc(network, from, to, visitor)
  else visitor.gateway('forward', 'egress', { type: 'internet', id: 'internet' }, NEITHER_INSIDE)
}

const isInside = (end: End): end is Inside => end.nic !== undefined

const NEITHER_INSIDE = {
  verdict: 'unknown',
  missing: {
    missing: 'ec2:DescribeNetworkInterfaces',
    because: 'neither end is an interface that was collected',
  },
} as const

/** Network ACLs and routes apply only between subnets: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html */
function between(network: Network, from: Inside, to: Inside, visitor: Visitor): void {
  if (from.nic.subnetId !== undefined && from.nic.subnetId === to.nic.subnetId) {
    visitor.groups('egress', from.nic, to.address, to.nic.groups, 1)
    visitor.groups('ingress', to.nic, from.address, from.nic.groups, 1)
    return
  }
  const stages = forward(network, from, to, visitor)
  if (!stages) return
  const sender: Sender = { place: to.nic, by: 'interface', filtered: true }
  carryBack(network, sender, to.address, stages, visitor)
}

/** @returns the stages by which the reply comes back, undefined where the packet went out of sight */
function forward(network: Network, from: Inside, to: Inside, visitor: Visitor): readonly Stage[] | undefined {
  const stages: Stage[] = [newStage(from)]
  let sender: Sender = { place: from.nic, by: 'interface', filtered: true }
  let packet: Packet = packetTo(from, to)
  const route = routeFor(network, from.nic, packet)
  const { identity } = route
  visitor.groups('egress', from.nic, to.address, to.nic.groups, identity)
  let arrival = carry(network, sender, packet, route, visitor)
  while (arrival.kind === 'nat') {
    const stage = passNat(arrival, stages, 'inside', visitor)
    if (!stage) return undefined
    stages.push(stage)
    packet = { ...packet, source: stage.address }
    sender = stage
    arrival = carry(network, sender, packet, routeFor(network, sender.place, packet), visitor)
  }
  if (arrival.kind === 'out-of-sight') return undefined
  arrive(to, packet, from, stages.length > 1 || arrival.kind !== 'there' ? 0 : arrival.identity, visitor)
  return stages
}

const packetTo = (from: Inside, to: Goal): Packet => ({
  leg: 'forward',
  source: from.address,
  destination: to.address,
  ports: 'destination',
  goal: to,
})

function arrive(to: Inside, packet: Packet, from: Inside, identity: Identity, visitor: Visitor): void {
  visitor.groups('ingress', to.nic, packet.source, from.nic.groups, identity)
}
