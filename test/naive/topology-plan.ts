/** The numbers that a random network is made of, and the names and addresses that they stand for. */

export const ACCOUNT = '111122223333'

/** `none`: the two VPCs have no connection. */
type PeeringStatus = 'none' | 'active' | 'pending-acceptance' | 'deleted'

export interface NetworkPlan {
  readonly twoRegions: boolean
  /** 1 to 3. */
  readonly vpcs: readonly VpcPlan[]
  /** For the pairs (0,1), (0,2), (1,2). */
  readonly peerings: readonly PeeringStatus[]
  readonly prefixLists: readonly (readonly string[])[]
}

export interface VpcPlan {
  readonly ipv6: boolean
  readonly secondCidr: boolean
  readonly internetGateway: boolean
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
  readonly through: 'internet-gateway' | 'nat-gateway' | 'peering' | 'gone'
  /** Which of the VPC's peering connections; without: the one with the destination's VPC. */
  readonly peering?: number
  readonly propagated: boolean
}

const hex = (value: number) => value.toString(16).padStart(8, '0')
const FIRST_HOST = 10

export const ids = {
  vpc: (vpc: number) => `vpc-${hex(vpc)}`,
  subnet: (vpc: number, subnet: number) => `subnet-${hex(vpc * 16 + subnet)}`,
  networkInterface: (vpc: number, subnet: number, host: number) =>
    `eni-${hex(vpc * 256 + subnet * 16 + host)}`,
  group: (vpc: number, group: number) => `sg-${hex(vpc * 16 + group)}`,
  acl: (vpc: number, acl: number) => `acl-${hex(vpc * 16 + acl)}`,
  routeTable: (vpc: number, table: number) => `rtb-${hex(vpc * 16 + table)}`,
  internetGateway: (vpc: number) => `igw-${hex(vpc)}`,
  natGateway: (vpc: number) => `nat-${hex(vpc)}`,
  peering: (pair: number) => `pcx-${hex(pair)}`,
  prefixList: (list: number) => `pl-${hex(list)}`,
  pair: (pair: number): readonly [number, number] => (pair === 0 ? [0, 1] : pair === 1 ? [0, 2] : [1, 2]),

  vpcCidr: (vpc: number) => `10.${vpc}.0.0/16`,
  vpcCidrs: (plan: VpcPlan, vpc: number) => [
    ids.vpcCidr(vpc),
    ...(plan.secondCidr ? [`100.64.${vpc}.0/24`] : []),
  ],
  vpcIpv6Cidr: (vpc: number) => `2600:1f18:0:${vpc + 1}00::/56`,
  /** With a second CIDR block the last subnet is in it. */
  subnetCidr: (plan: VpcPlan, vpc: number, subnet: number) =>
    plan.secondCidr && subnet === plan.subnets.length - 1 ? `100.64.${vpc}.0/24` : `10.${vpc}.${subnet}.0/24`,
  subnetIpv6Cidr: (vpc: number, subnet: number) => `2600:1f18:0:${vpc + 1}0${subnet}::/64`,
  address: (plan: VpcPlan, vpc: number, subnet: number, host: number) =>
    ids.subnetCidr(plan, vpc, subnet).replace(/0\/24$/, String(FIRST_HOST + host)),
  ipv6Address: (vpc: number, subnet: number, host: number) =>
    `2600:1f18:0:${vpc + 1}0${subnet}::${FIRST_HOST + host}`,
}

/** The element that an index stands for, and its index: indexes wrap around. */
export function wrap<T>(list: readonly T[], index: number): readonly [T, number] {
  const position = index % list.length
  const found = list[position]
  if (found === undefined) throw new Error('an index into an empty list')
  return [found, position]
}

export function cidrOf(plan: NetworkPlan, block: BlockPlan): string {
  if (block.kind === 'all') return '0.0.0.0/0'
  if (block.kind === 'all-ipv6') return '::/0'
  if (block.kind === 'given') return block.cidr
  const [vpc, vpcIndex] = wrap(plan.vpcs, block.vpc)
  if (block.kind === 'vpc') return ids.vpcCidr(vpcIndex)
  if (block.kind === 'vpc-ipv6') return ids.vpcIpv6Cidr(vpcIndex)
  const [subnet, subnetIndex] = wrap(vpc.subnets, block.subnet)
  if (block.kind === 'subnet') return ids.subnetCidr(vpc, vpcIndex, subnetIndex)
  const [, host] = wrap(subnet.interfaces, block.host)
  return `${ids.address(vpc, vpcIndex, subnetIndex, host)}/32`
}
