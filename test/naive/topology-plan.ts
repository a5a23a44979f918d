/** The numbers that a random network is made of. */

/** `none`: the two VPCs have no connection. */
type PeeringStatus = 'none' | 'active' | 'pending-acceptance' | 'deleted'

export interface NetworkPlan {
  readonly twoRegions: boolean
  /** 1 to 3. */
  readonly vpcs: readonly VpcPlan[]
  /** For the pairs (0,1), (0,2), (1,2). */
  readonly peerings: readonly PeeringStatus[]
  readonly prefixLists: readonly (readonly string[])[]
  readonly transit?: TransitPlan
}

export interface VpcPlan {
  readonly ipv6: boolean
  readonly secondCidr: boolean
  readonly internetGateway: boolean
  readonly egressOnly?: boolean
  /** A gateway endpoint, and the tables that lead to it. */
  readonly endpoint?: { readonly state: 'available' | 'deleting'; readonly tables: readonly number[] }
  /** The subnet that the NAT gateway stands in. */
  readonly nat?: {
    readonly subnet: number
    readonly state: 'available' | 'failed'
    readonly connectivity: 'public' | 'private'
  }
  readonly subnets: readonly SubnetPlan[]
  readonly groups: readonly GroupPlan[]
  /** The first one is the default ACL. */
  readonly acls: readonly (readonly AclEntryPlan[])[]
  /** The first one is the main table. */
  readonly routeTables: readonly (readonly RoutePlan[])[]
}

export interface SubnetPlan {
  readonly acl: number
  readonly routeTable: number
  /** Without: the next one, subnet by subnet. */
  readonly zone?: number
  readonly interfaces: readonly InterfacePlan[]
}

interface InterfacePlan {
  readonly groups: readonly number[]
  readonly publicAddress: boolean
}

export interface PortsPlan {
  readonly from: number
  readonly to: number
}

export interface GroupPlan {
  readonly ingress: readonly GroupRulePlan[]
  readonly egress: readonly GroupRulePlan[]
}

export interface GroupRulePlan {
  readonly protocol: string
  readonly ports: PortsPlan
  readonly icmp: { readonly type: number; readonly code: number }
  readonly peers: readonly PeerPlan[]
}

export type PeerPlan =
  | { readonly kind: 'cidr'; readonly block: BlockPlan }
  | { readonly kind: 'group'; readonly vpc: number; readonly group: number }
  | { readonly kind: 'prefix-list'; readonly list: number }

/** Blocks as they matter to the network at hand: everything, a VPC, a subnet, one interface, or a given one. */
export type BlockPlan =
  | { readonly kind: 'all' }
  | { readonly kind: 'all-ipv6' }
  | { readonly kind: 'vpc'; readonly vpc: number }
  | { readonly kind: 'vpc-ipv6'; readonly vpc: number }
  | { readonly kind: 'subnet'; readonly vpc: number; readonly subnet: number }
  | { readonly kind: 'host'; readonly vpc: number; readonly subnet: number; readonly host: number }
  | { readonly kind: 'given'; readonly cidr: string }

export interface AclEntryPlan {
  readonly egress: boolean
  readonly allow: boolean
  readonly protocol: '-1' | '6' | '17' | '1' | '58'
  readonly ports?: PortsPlan
  readonly icmp: { readonly type: number; readonly code: number }
  readonly block: BlockPlan
}

export interface RoutePlan {
  readonly to: BlockPlan | { readonly kind: 'prefix-list'; readonly list: number }
  readonly through:
    | 'internet-gateway'
    | 'egress-only'
    | 'nat-gateway'
    /** To a subnet of the own VPC. */
    | 'nat-within'
    | 'peering'
    | 'transit-gateway'
    | 'gone'
  /** Which of the VPC's peering connections; without: the one with the destination's VPC. */
  readonly peering?: number
  readonly propagated: boolean
}

/** In the first Region. */
export interface TransitPlan {
  readonly state: 'available' | 'deleting'
  readonly referencing: boolean
  /** Of the VPCs, in their order. */
  readonly attachments: readonly AttachmentPlan[]
  readonly tables: readonly TransitTablePlan[]
}

export interface AttachmentPlan {
  /** `none`: the VPC is not attached. */
  readonly state: 'none' | 'available' | 'deleting'
  /** Of several in one zone the first one counts: AWS takes one for each. */
  readonly subnets: readonly number[]
  readonly ipv6: boolean
  readonly referencing: boolean
  readonly applianceMode: boolean
  readonly table: number
  readonly association: 'associated' | 'disassociating'
}

interface TransitTablePlan {
  /** Whether the blocks of the VPCs are in it, in their order. */
  readonly propagated: readonly boolean[]
  readonly routes: readonly TransitRoutePlan[]
}

export interface TransitRoutePlan {
  readonly to: BlockPlan
  /** The VPC whose attachment it leads to, if it is attached; without: a blackhole. */
  readonly vpc?: number
}
