/**
 * IPv6 addresses of VPCs are global: whoever sends to one over an internet gateway reaches another VPC, not the
 * internet at large. https://docs.aws.amazon.com/vpc/latest/userguide/how-it-works.html#vpc-ip-addressing
 */
import { listed } from '../snapshot/known.ts'
import type { Scope, Vpc } from '../snapshot/types.ts'
import { parseCidr } from './address.ts'
import { type IntervalMap, segment } from './interval-map.ts'
import type { Interval } from './intervals.ts'

/** The id of the VPC that an address belongs to, by what VPCs and subnets say of their blocks. */
export type Ipv6Blocks = IntervalMap<bigint, string>

export function ipv6Blocks(scopes: readonly Scope[]): Ipv6Blocks {
  const blocks = scopes.flatMap((scope) => {
    const vpcs = listed(scope, 'ec2:DescribeVpcs', 'Vpcs')
    const subnets = listed(scope, 'ec2:DescribeSubnets', 'Subnets')
    return [
      ...(vpcs.known ? vpcs.value.flatMap((vpc) => blocksOf(vpc, vpc.VpcId)) : []),
      ...(subnets.known ? subnets.value.flatMap((one) => blocksOf(one, one.VpcId ?? one.SubnetId)) : []),
    ]
  })
  return segment(blocks, ([first]) => first as string)
}

function blocksOf(
  { Ipv6CidrBlockAssociationSet: blocks = [] }: Pick<Vpc, 'Ipv6CidrBlockAssociationSet'>,
  item: string,
): readonly (Interval<bigint> & { readonly item: string })[] {
  return blocks.flatMap(({ Ipv6CidrBlock: block }) => {
    const range = block === undefined ? undefined : parseCidr(block)?.range
    return typeof range?.from === 'bigint' ? [{ ...(range as Interval<bigint>), item }] : []
  })
}
