/** What can lie on the way of a packet, and who listens: the vocabulary between walk and its visitors. */
import type { Address } from '../network/address.ts'
import { EMPTY_SET, type GroupSet } from '../network/group-sets.ts'
import type { Interface } from '../network/interfaces.ts'
import type { CompiledRoute } from '../network/route-tables.ts'
import type { Component, DecidingRule, Direction, Leg, MissingKnowledge } from './result.ts'

/** One end of a flow: an interface's address, or an address that no interface we know holds. */
export interface End {
  readonly nic: Interface | undefined
  readonly address: Address
  /** What a person asked for where the address only stands for it: "internet". */
  readonly label?: string
}

export interface Inside extends End {
  readonly nic: Interface
}

/** A subnet that traffic enters or leaves: an interface's, a gateway's. */
export type Place = Pick<Interface, 'subnetId' | 'subnet' | 'scope' | 'vpcId'>

/** Where a packet is to go, if that is an address inside that we know: an interface's, or a NAT gateway's. */
export interface Goal {
  readonly nic: Place
  readonly address: Address
}

/**
 * Whether a packet still tells which groups its sender carries: 0 no, 1 yes, 2 not known,
 * 3 no, since a transit gateway or one of its attachments does not support it.
 */
export type Identity = 0 | 1 | 2 | 3

/** Whether rules that refer to groups may match. */
export const showsGroups = (identity: Identity): boolean => identity === 1 || identity === 2

/** Which ports a stateless filter sees: those asked for, the reply's, or those a NAT gateway chose. */
export type PortsOf = 'destination' | 'source' | 'translated'

/** Where the route out of a subnet leads a packet. */
export type RouteOutcome =
  | { readonly kind: 'local'; readonly route: CompiledRoute | undefined; readonly identity: Identity }
  | {
      readonly kind: 'peering'
      readonly route: CompiledRoute
      readonly id: string
      readonly identity: Identity
    }
  /** To a gateway, which is told as a layer of its own. */
  | { readonly kind: 'gateway'; readonly route: CompiledRoute; readonly identity: Identity }
  | { readonly kind: 'no-route'; readonly identity: Identity }
  | { readonly kind: 'blackhole'; readonly route: CompiledRoute; readonly identity: Identity }
  | {
      readonly kind: 'astray'
      readonly route: CompiledRoute
      readonly code: string
      /** Put into words only for who asks: it would cost more than a verdict. */
      readonly because: () => string
      /** The peering connection that does not carry it: the route is right, it leads to what does not work. */
      readonly peering?: string
      readonly identity: Identity
    }
  | {
      readonly kind: 'unknown'
      readonly missing: MissingKnowledge
      readonly identity: Identity
      /** Where packets may go on with another address or port: through a NAT gateway or an appliance. */
      readonly translated?: boolean
    }

export type GatewayOutcome =
  | { readonly verdict: 'pass'; readonly explanation: () => string; readonly rule?: DecidingRule }
  | {
      readonly verdict: 'block'
      readonly code: string
      readonly explanation: () => string
      readonly rule?: DecidingRule
    }
  /** Carries these protocols and nothing else. */
  | {
      readonly verdict: 'only'
      readonly protocols: readonly number[]
      readonly code: string
      readonly explanation: () => string
    }
  | { readonly verdict: 'unknown'; readonly missing: MissingKnowledge }

/** What several ways come to: the same; nothing passes on any of them; or it matters which is taken. */
export type Choice = 'same' | 'blocked' | 'differ'

/** Hears of every layer in the order in which a packet, then its reply, meets them. */
export interface Visitor {
  /** Security groups of `nic` towards `peer`, which carries `peerGroups` if `identity` says so. */
  groups(direction: Direction, nic: Interface, peer: Address, peerGroups: GroupSet, identity: Identity): void
  /** The network ACL of a subnet. */
  acl(leg: Leg, direction: Direction, place: Place, peer: Address, ports: PortsOf): void
  route(leg: Leg, place: Place, destination: Address, outcome: RouteOutcome): void
  /** Anything else that lets packets through or stops them. */
  gateway(leg: Leg, direction: Direction, component: Component, outcome: GatewayOutcome): void
  /** Tries ways of which AWS takes one; of none of them it remembers anything. */
  choice(ways: readonly ((visitor: Visitor) => void)[]): Choice
}

/** What the other end carries when its groups cannot be seen. */
export const NO_GROUPS: GroupSet = { ids: [], indexes: [], known: true, place: EMPTY_SET }
