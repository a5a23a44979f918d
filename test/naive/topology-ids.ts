/** The names and addresses that the numbers of a random network stand for. */
import type { BlockPlan, NetworkPlan, SubnetPlan, VpcPlan } from './topology-plan.ts'

export const ACCOUNT = '111122223333'

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
  egressOnly: (vpc: number) => `eigw-${hex(vpc)}`,
  endpoint: (vpc: number) => `vpce-${hex(vpc)}`,
  transitGateway: 'tgw-00000001',
  attachment: (vpc: number) => `tgw-attach-${hex(vpc)}`,
  transitTable: (table: number) => `tgw-rtb-${hex(table)}`,
  prefixList: (list: number) => `pl-${hex(list)}`,
  /** AWS's own, of what is behind gateway endpoints. */
  servicePrefixList: 'pl-61a54008',
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

const REGIONS = ['ap-northeast-1', 'eu-central-1'] as const

/** The Region a VPC is in: with `twoRegions` the last of several VPCs is abroad. */
export function regionOf(plan: NetworkPlan, vpc: number): string {
  return plan.twoRegions && plan.vpcs.length > 1 && vpc === plan.vpcs.length - 1 ? REGIONS[1] : REGIONS[0]
}

/** The letter of the zone that a subnet is in. */
export const zoneOf = (subnets: readonly SubnetPlan[], position: number): string =>
  wrap(['a', 'c', 'd'], subnets[position]?.zone ?? position)[0]

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
