/** Network interfaces: an address, a subnet and a set of groups. Interfaces share equal sets. */
import { listed } from '../snapshot/known.ts'
import type { NetworkInterface, Scope } from '../snapshot/types.ts'
import { type Address, parseAddress } from './address.ts'
import { type GroupSet, type GroupSetMaker, NOT_TOLD } from './group-sets.ts'
import type { Subnet } from './subnets.ts'

/** What a verdict reads of it comes first: it then lies together in memory. */
export interface Interface {
  /** Undefined when the subnet was not collected. */
  readonly subnet: Subnet | undefined
  /** The place of its groups, as in `groups`. */
  readonly set: number
  readonly scope: Scope
  readonly vpcId: string | undefined
  readonly groups: GroupSet
  readonly id: string
  readonly subnetId: string | undefined
  /** Private addresses, the primary IPv4 address first, then IPv6. */
  readonly addresses: readonly Address[]
  readonly source: NetworkInterface
}

export function compileInterfaces(
  scope: Scope,
  subnets: ReadonlyMap<string, Subnet>,
  groupSets: GroupSetMaker,
): readonly Interface[] {
  const list = listed(scope, 'ec2:DescribeNetworkInterfaces', 'NetworkInterfaces')
  return (list.known ? list.value : []).map((source) => {
    const subnet = source.SubnetId === undefined ? undefined : subnets.get(source.SubnetId)
    const groups = groupsOf(source, groupSets)
    return {
      subnet,
      set: groups.place,
      scope,
      // The very strings of the subnet: equal ids are then compared at a glance.
      vpcId: source.VpcId === subnet?.vpcId ? subnet?.vpcId : (source.VpcId ?? subnet?.vpcId),
      groups,
      id: source.NetworkInterfaceId,
      subnetId: subnet?.id ?? source.SubnetId,
      addresses: addressesOf(source),
      source,
    }
  })
}

function addressesOf(source: NetworkInterface): readonly Address[] {
  const primary = source.PrivateIpAddress
  const addresses: Address[] = []
  if (primary !== undefined) add(addresses, primary)
  for (const { PrivateIpAddress } of source.PrivateIpAddresses ?? []) {
    if (PrivateIpAddress !== undefined && PrivateIpAddress !== primary) add(addresses, PrivateIpAddress)
  }
  for (const { Ipv6Address } of source.Ipv6Addresses ?? []) if (Ipv6Address) add(addresses, Ipv6Address)
  return addresses
}

function add(addresses: Address[], text: string): void {
  const address = parseAddress(text)
  if (address !== undefined) addresses.push(address)
}

/** Interfaces of these types may carry no security groups. */
const UNFILTERED = [
  'network_load_balancer',
  'nat_gateway',
  'gateway_load_balancer',
  'gateway_load_balancer_endpoint',
]

/** A Network Load Balancer may have no groups; any other interface without one was cut. */
const mayHaveNone = ({ InterfaceType, Description }: NetworkInterface): boolean =>
  UNFILTERED.includes(InterfaceType ?? '') || /^ELB (net|gwy)\//.test(Description ?? '')

function groupsOf(source: NetworkInterface, groupSets: GroupSetMaker): GroupSet {
  const { Groups: groups } = source
  if (!groups || (groups.length === 0 && !mayHaveNone(source))) return NOT_TOLD
  return groupSets.setOf(groups.map(({ GroupId }) => GroupId))
}

/** The public IPv4 address behind which an internet gateway shows a private one, if there is any. */
export function publicAddressOf(item: Interface, address: Address): string | undefined {
  const secondary = item.source.PrivateIpAddresses?.find(
    ({ PrivateIpAddress }) => PrivateIpAddress !== undefined && parseAddress(PrivateIpAddress) === address,
  )
  const association =
    secondary?.Association ?? (item.addresses[0] === address ? item.source.Association : undefined)
  return association?.PublicIp
}

/** Participants of a shared VPC do not see each other's interfaces; its owner, with a whole Region, sees all. */
export function allInterfacesKnown(
  network: { readonly vpcs: ReadonlyMap<string, { readonly OwnerId?: string | undefined }> },
  { vpcId, scope }: Pick<Interface, 'vpcId' | 'scope'>,
): boolean {
  const owned = network.vpcs.get(vpcId ?? '')?.OwnerId === scope.accountId
  return (
    owned &&
    scope.coverage === 'region' &&
    listed(scope, 'ec2:DescribeNetworkInterfaces', 'NetworkInterfaces').known
  )
}
