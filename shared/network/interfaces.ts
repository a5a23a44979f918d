/** Network interfaces: an address, a subnet and a set of groups. Interfaces share equal sets. */
import { listed } from '../snapshot/known.ts'
import type { NetworkInterface, Scope } from '../snapshot/types.ts'
import { type Address, parseAddress } from './address.ts'
import type { Subnet } from './subnets.ts'

/** The groups of an interface, shared by all interfaces that carry the same ones. */
export interface GroupSet {
  readonly ids: readonly string[]
  /** Indexes into `network.groups`, -1 for a group that was not collected. */
  readonly indexes: readonly number[]
  /** False when the response did not tell the groups; known and without any: nothing is filtered. */
  readonly known: boolean
  /** Whether all of them were collected. */
  readonly collected: boolean
  /** Its number in `network.groupSets`, from 1; -1 for a set that is not there. */
  readonly number: number
}

export interface Interface {
  readonly id: string
  readonly vpcId: string | undefined
  readonly subnetId: string | undefined
  /** Undefined when the subnet was not collected. */
  readonly subnet: Subnet | undefined
  readonly groups: GroupSet
  /** Private addresses, the primary IPv4 address first, then IPv6. */
  readonly addresses: readonly Address[]
  readonly scope: Scope
  readonly source: NetworkInterface
}

export function compileInterfaces(
  scope: Scope,
  subnets: ReadonlyMap<string, Subnet>,
  groupIndex: ReadonlyMap<string, number>,
  groupSets: Map<string, GroupSet>,
): readonly Interface[] {
  const list = listed(scope, 'ec2:DescribeNetworkInterfaces', 'NetworkInterfaces')
  return (list.known ? list.value : []).map((source) => {
    const subnet = source.SubnetId === undefined ? undefined : subnets.get(source.SubnetId)
    return {
      id: source.NetworkInterfaceId,
      // The very strings of the subnet: equal ids are then compared at a glance.
      vpcId: source.VpcId === subnet?.vpcId ? subnet?.vpcId : (source.VpcId ?? subnet?.vpcId),
      subnetId: subnet?.id ?? source.SubnetId,
      subnet,
      groups: groupSet(source, groupSets, groupIndex),
      addresses: addressesOf(source),
      scope,
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

const NOT_TOLD: GroupSet = {
  ids: [],
  indexes: [],
  known: false,
  collected: false,
  number: -1,
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

function groupSet(
  source: NetworkInterface,
  sets: Map<string, GroupSet>,
  groupIndex: ReadonlyMap<string, number>,
): GroupSet {
  const { Groups: groups } = source
  if (!groups || (groups.length === 0 && !mayHaveNone(source))) return NOT_TOLD
  const ids = groups.map(({ GroupId }) => GroupId).sort()
  const key = ids.join()
  const found = sets.get(key)
  if (found) return found
  const indexes = ids.map((id) => groupIndex.get(id) ?? -1)
  const made = { ids, indexes, known: true, collected: !indexes.includes(-1), number: sets.size + 1 }
  sets.set(key, made)
  return made
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
