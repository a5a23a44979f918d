/**
 * The way of a packet and of its reply, layer by layer. The walk only says what lies on the way, in order;
 * a visitor makes something of it: `judge.ts` a verdict as fast as possible, `explanation.ts` the proof.
 * It never stops at a block: after one it goes on as if the packet had passed.
 */
import type { Network } from '../network/network.ts'
import { enterVpc, leaveVpc } from './internet.ts'
import { type End, type Inside, NO_GROUPS, type Visitor } from './layers.ts'
import { routeBetween } from './routing.ts'

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
  const there = routeBetween(network, from.nic, to)
  const back = routeBetween(network, to.nic, from)
  const { identity } = there
  visitor.groups('egress', from.nic, to.address, identity === 0 ? NO_GROUPS : to.nic.groups, identity)
  visitor.acl('forward', 'egress', from.nic, to.address, 'destination')
  visitor.route('forward', from.nic, to.address, there)
  // Behind a translation the other end sees another address and port: nothing there can be judged.
  if (there.kind === 'unknown' && there.translated) return
  visitor.acl('forward', 'ingress', to.nic, from.address, 'destination')
  visitor.groups('ingress', to.nic, from.address, identity === 0 ? NO_GROUPS : from.nic.groups, identity)
  visitor.acl('return', 'egress', to.nic, from.address, 'source')
  visitor.route('return', to.nic, from.address, back)
  if (back.kind === 'unknown' && back.translated) return
  visitor.acl('return', 'ingress', from.nic, to.address, 'source')
}
