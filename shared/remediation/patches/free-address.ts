import { formatAddress, parseAddress, parseCidr } from '../../network/address.ts'
import type { Scope } from '../../snapshot/types.ts'

/** The first four addresses of a subnet and its last are AWS's own. */
const RESERVED = 4

/** An IPv4 address of the subnet that no interface has; AWS may give another one. */
export function freeAddress({ responses }: Scope, subnetId: string): string | undefined {
  const subnet = responses['ec2:DescribeSubnets']?.Subnets?.find(({ SubnetId }) => SubnetId === subnetId)
  const range = subnet?.CidrBlock === undefined ? undefined : parseCidr(subnet.CidrBlock)?.range
  if (!range || typeof range.from !== 'number' || typeof range.to !== 'number') return undefined
  const taken = new Set(
    (responses['ec2:DescribeNetworkInterfaces']?.NetworkInterfaces ?? []).flatMap((one) =>
      [
        one.PrivateIpAddress,
        ...(one.PrivateIpAddresses ?? []).map(({ PrivateIpAddress }) => PrivateIpAddress),
      ].map((text) => (text === undefined ? undefined : parseAddress(text))),
    ),
  )
  for (let address = range.from + RESERVED; address < range.to; address += 1)
    if (!taken.has(address)) return formatAddress(address)
  return undefined
}
