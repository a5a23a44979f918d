/** Where things are in a generated network: VPCs of three zones and four tiers, each peered with the hub and its neighbours. */

export const ACCOUNT = '111122223333'
export const REGION = 'ap-northeast-1'
export const ZONES = ['a', 'c', 'd'] as const
export const TIERS = ['public', 'service', 'task', 'data'] as const

export interface Place {
  readonly vpc: number
  readonly vpcId: string
  readonly subnets: readonly PlacedSubnet[]
  readonly groupIds: readonly string[]
  readonly peers: readonly { readonly vpc: number; readonly id: string }[]
}

export interface PlacedSubnet {
  readonly id: string
  readonly zone: number
  readonly tier: number
  /** Third octet of the /20 block's first address. */
  readonly octet: number
}

const INTERFACES_PER_GROUP = 10

export const id = (prefix: string, ...numbers: readonly number[]) =>
  `${prefix}-0${numbers.map((number) => number.toString(16).padStart(4, '0')).join('')}`.padEnd(
    prefix.length + 18,
    '7',
  )

export const PREFIX_LIST = 'pl-0f0f0f0f0f0f0f0f0'
export const internetGatewayId = (vpc: number) => id('igw', vpc)
export const natGatewayId = (vpc: number, zone: number) => id('nat', vpc, zone)

export function placeOf(vpc: number, vpcs: number, interfaces: number): Place {
  const groups = Math.max(2, Math.round(interfaces / vpcs / INTERFACES_PER_GROUP))
  const others = new Set([0, (vpc + 1) % vpcs, (vpc + vpcs - 1) % vpcs])
  // The hub is peered with all.
  if (vpc === 0) for (let other = 1; other < vpcs; other += 1) others.add(other)
  others.delete(vpc)
  return {
    vpc,
    vpcId: id('vpc', vpc),
    subnets: TIERS.flatMap((_, tier) =>
      ZONES.map((__, zone) => ({
        id: id('subnet', vpc, tier, zone),
        zone,
        tier,
        octet: (tier * 3 + zone) * 16,
      })),
    ),
    groupIds: Array.from({ length: groups }, (_, group) => id('sg', vpc, group)),
    peers: [...others].map((other) => ({
      vpc: other,
      id: id('pcx', Math.min(vpc, other), Math.max(vpc, other)),
    })),
  }
}
