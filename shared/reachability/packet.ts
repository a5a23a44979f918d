/** A packet on its way, who sends it on, and where it leaves. */
import type { Address } from '../network/address.ts'
import type { NatPlace } from '../network/nat-gateways.ts'
import type { Goal, Identity, Place, PortsOf } from './layers.ts'
import type { Leg } from './result.ts'

/** What puts a packet into a subnet, to be sent on by the subnet's routes. */
export interface Sender {
  readonly place: Place
  readonly by: 'interface' | 'nat-gateway' | 'transit-gateway'
  /** Whether a network ACL stands around the place. */
  readonly filtered: boolean
  /** The NAT gateway that sends it on. */
  readonly nat?: { readonly id: string; readonly isPublic: boolean }
}

export interface Packet {
  readonly leg: Leg
  readonly source: Address
  readonly destination: Address
  readonly ports: PortsOf
  /** The address inside that it goes to, where it is one that we know. */
  readonly goal: Goal | undefined
}

/** What is known of the other side: an internet gateway's, an endpoint's, or nothing. */
export type Exit =
  | { readonly kind: 'internet-gateway' | 'egress-only-internet-gateway'; readonly id: string }
  | { readonly kind: 'endpoint' }
  | { readonly kind: 'edge' }

export type Arrival =
  /** At the goal, or as if: `identity` tells whether the sender's groups can be seen there. */
  | { readonly kind: 'there'; readonly identity: Identity }
  /** At a NAT gateway, which sends on a packet of its own. */
  | { readonly kind: 'nat'; readonly id: string; readonly nat: NatPlace }
  /** At the edge of the VPC that the packet was in last. */
  | { readonly kind: 'outside'; readonly exit: Exit; readonly sender: Sender }
  /** Where nothing further can be judged: it may go on with another address. */
  | { readonly kind: 'out-of-sight' }

const THERE = ([0, 1, 2, 3] as const).map((identity): Arrival => ({ kind: 'there', identity }))
export const there = (identity: Identity): Arrival => THERE[identity] as Arrival
export const OUT_OF_SIGHT: Arrival = { kind: 'out-of-sight' }
