/** Who is meant by a rule: interfaces counted, and said in words. */
import { inRange, parseCidr } from '../network/address.ts'
import type { Interface } from '../network/interfaces.ts'
import type { Network } from '../network/network.ts'
import { named } from './render/names.ts'

/** "1 interface"; "at least 2 interfaces" where not all were collected. */
export function counted(network: Network, interfaces: readonly Interface[]): string {
  const complete = network.snapshot.scopes.every(
    ({ coverage, errors }) => coverage === 'region' && !errors['ec2:DescribeNetworkInterfaces'],
  )
  const { length } = interfaces
  return `${complete ? '' : 'at least '}${length} ${length === 1 ? 'interface' : 'interfaces'}`
}

export const withGroup = (network: Network, groupId: string): readonly Interface[] =>
  network.interfaces.filter(({ groups }) => groups.ids.includes(groupId))

export const inSubnets = (
  network: Network,
  subnetIds: readonly (string | undefined)[],
): readonly Interface[] =>
  network.interfaces.filter(({ subnetId }) => subnetId !== undefined && subnetIds.includes(subnetId))

/** Interfaces with an address in the block, in a VPC or one that is peered with it: elsewhere it means others. */
export function inBlock(network: Network, cidr: string, vpcId: string | undefined): readonly Interface[] {
  const range = parseCidr(cidr)?.range
  const near = vpcId === undefined ? undefined : nearby(network, vpcId)
  return network.interfaces.filter(
    (nic) =>
      range !== undefined &&
      (near === undefined || near.has(nic.vpcId)) &&
      nic.addresses.some((address) => inRange(address, range)),
  )
}

function nearby(network: Network, vpcId: string): ReadonlySet<string | undefined> {
  const sides = [...network.peerings.values()].map(({ RequesterVpcInfo, AccepterVpcInfo }) => [
    RequesterVpcInfo?.VpcId,
    AccepterVpcInfo?.VpcId,
  ])
  return new Set([vpcId, ...sides.filter((pair) => pair.includes(vpcId)).flat()])
}

/** "sg-0a1b (web)" */
export const groupText = (network: Network, groupId: string): string =>
  named(groupId, network.groups[network.groupIndex.get(groupId) ?? -1]?.name)

export const subnetText = (network: Network, subnetId: string): string =>
  named(subnetId, network.subnets.get(subnetId)?.name)

/** "all traffic", "tcp 8000", "tcp 1024-65535", "icmp", "protocol 50" */
export function trafficText(protocol: string, from: number | undefined, to: number | undefined): string {
  const name = protocolNames[protocol] ?? protocol
  if (name === '-1') return 'all traffic'
  if (/^\d+$/.test(name)) return `protocol ${name}`
  if (name.startsWith('icmp') || from === undefined || from === -1) return name
  return to === undefined || to === from ? `${name} ${from}` : `${name} ${from}-${to}`
}

const protocolNames: Readonly<Record<string, string>> = {
  '6': 'tcp',
  '17': 'udp',
  '1': 'icmp',
  '58': 'icmpv6',
}
