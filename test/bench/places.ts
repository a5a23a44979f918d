/**
 * Where things are in a generated network: VPCs of three zones and four tiers, each peered with the hub and its
 * neighbours, and most of them on one transit gateway.
 */

export const ACCOUNT = '111122223333'
export const REGION = 'ap-northeast-1'
export const ZONES = ['a', 'c', 'd'] as const
export const TIERS = ['public', 'service', 'task', 'data'] as const
export const PUBLIC_TIER = 0
export const TASK_TIER = 2
/** The VPC that is peered with all others, and through which they reach the internet. */
export const HUB = 0

export interface Place {
  readonly vpc: number
  readonly vpcId: string
  readonly subnets: readonly PlacedSubnet[]
  /** Small ones of their own for the transit gateway, one per zone; none where the VPC is not attached. */
  readonly transitSubnets: readonly PlacedSubnet[]
  readonly groupIds: readonly string[]
  readonly peers: readonly { readonly vpc: number; readonly id: string }[]
}

export interface PlacedSubnet {
  readonly id: string
  readonly zone: number
  readonly tier: number
  /** Third octet of the block's first address. */
  readonly octet: number
  readonly prefixLength: number
}

const INTERFACES_PER_GROUP = 10
const TRANSIT_TIER = TIERS.length

export const id = (prefix: string, ...numbers: readonly number[]) =>
  `${prefix}-0${numbers.map((number) => number.toString(16).padStart(4, '0')).join('')}`.padEnd(
    prefix.length + 18,
    '7',
  )

export const PREFIX_LIST = 'pl-0f0f0f0f0f0f0f0f0'
export const TRANSIT_GATEWAY = id('tgw', 1)
export const internetGatewayId = (vpc: number) => id('igw', vpc)
export const natGatewayId = (vpc: number, zone: number) => id('nat', vpc, zone)
export const routeTableId = (vpc: number, number: number) => id('rtb', vpc, number)
export const transitAttachmentId = (vpc: number) => id('tgw-attach', vpc)

export const isAttached = ({ transitSubnets }: Place): boolean => transitSubnets.length > 0
export const cidrOf = ({ vpc }: Place, { octet, prefixLength }: PlacedSubnet) =>
  `10.${vpc}.${octet}.0/${prefixLength}`
export const nameTag = (Value: string) => [
  { Key: 'Name', Value },
  { Key: 'aws:cloudformation:stack-name', Value: `network-${Value}` },
]

export function placeOf(vpc: number, vpcs: number, interfaces: number): Place {
  const groups = Math.max(2, Math.round(interfaces / vpcs / INTERFACES_PER_GROUP))
  const others = new Set([HUB, (vpc + 1) % vpcs, (vpc + vpcs - 1) % vpcs])
  if (vpc === HUB) for (let other = 1; other < vpcs; other += 1) others.add(other)
  others.delete(vpc)
  return {
    vpc,
    vpcId: id('vpc', vpc),
    subnets: TIERS.flatMap((_, tier) => tierOf(vpc, tier, 20)),
    transitSubnets: vpc % 7 === 6 ? [] : tierOf(vpc, TRANSIT_TIER, 28),
    groupIds: Array.from({ length: groups }, (_, group) => id('sg', vpc, group)),
    peers: [...others].map((other) => ({
      vpc: other,
      id: id('pcx', Math.min(vpc, other), Math.max(vpc, other)),
    })),
  }
}

const tierOf = (vpc: number, tier: number, prefixLength: number): readonly PlacedSubnet[] =>
  ZONES.map((_, zone) => ({
    id: id('subnet', vpc, tier, zone),
    zone,
    tier,
    octet: (tier * ZONES.length + zone) * 16,
    prefixLength,
  }))
