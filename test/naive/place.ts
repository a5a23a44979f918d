/** Where a packet is, where it wants to go, and what came of its next hop. */
import type { Interface, NatGateway } from './aws.ts'

/** The subnet by whose routes the packet goes on, and what put it there. */
export type Place = Stands &
  (
    | { readonly by: 'interface'; readonly nic: Interface }
    | { readonly by: 'nat'; readonly nat: NatGateway }
    | { readonly by: 'transit' }
  )

interface Stands {
  readonly subnetId: string | undefined
  readonly vpcId: string | undefined
}

/** An address, and where it is, unless that is outside of every VPC. */
export interface Goal {
  readonly address: string
  readonly inside?: Stands
}

/** What a route leads to. `subnet`: no route is asked within a subnet. `nowhere`: no route, or what it led to is gone. */
export type Hop =
  | 'subnet'
  | 'local'
  | 'peering'
  | 'transit'
  | 'nat'
  | 'internet'
  | 'egress-only'
  | 'endpoint'
  | 'nowhere'

export type Step =
  | { readonly kind: 'arrives'; readonly hop: Hop }
  /** Out of the VPC to an address that is in none. */
  | { readonly kind: 'leaves'; readonly hop: Hop }
  | { readonly kind: 'translates'; readonly nat: NatGateway }
  /** Into the transit gateway by one subnet, out of it by any of some. */
  | { readonly kind: 'rides'; readonly entry: string; readonly exits: readonly Place[] }
  | { readonly kind: 'breaks'; readonly hop: Hop; readonly entry?: string }
  /** AWS's documentation does not tell what happens. */
  | { readonly kind: 'silent'; readonly because: string }

export const breaks = (hop: Hop): Step => ({ kind: 'breaks', hop })

export const placeOf = (nic: Interface): Place => ({
  by: 'interface',
  nic,
  subnetId: nic.SubnetId,
  vpcId: nic.VpcId,
})

export const placeOfNat = (nat: NatGateway): Place => ({
  by: 'nat',
  nat,
  subnetId: nat.SubnetId,
  vpcId: nat.VpcId,
})
