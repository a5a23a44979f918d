/** Who is meant by a rule: interfaces counted, and said in words. */
import { inRange, parseCidr } from '../network/address.ts'
import { grouped } from '../network/grouped.ts'
import type { Interface } from '../network/interfaces.ts'
import type { Network } from '../network/network.ts'
import { remembered } from '../network/remembered.ts'
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
  byGroup(network.interfaces).get(groupId) ?? []

const byGroup = remembered((interfaces: Network['interfaces']) =>
  grouped(interfaces, ({ groups }) => [...new Set(groups.ids)]),
)

export const inSubnets = (
  network: Network,
  subnetIds: readonly (string | undefined)[],
): readonly Interface[] =>
  [...new Set(subnetIds)].flatMap((id) =>
    id === undefined ? [] : (bySubnet(network.interfaces).get(id) ?? []),
  )

const bySubnet = remembered((interfaces: Network['interfaces']) =>
  grouped(interfaces, ({ subnetId }) => [subnetId]),
)

/** Interfaces with an address in the block, in a VPC or one that is peered with it: elsewhere it means others. */
export function inBlock(network: Network, cidr: string, vpcId: string | undefined): readonly Interface[] {
  const range = parseCidr(cidr)?.range
  if (!range) return []
  const near = vpcId === undefined ? network.interfaces : nearby(network, vpcId)
  return near.filter(({ addresses }) => addresses.some((address) => inRange(address, range)))
}

function nearby({ interfaces, peeringsByVpc }: Network, vpcId: string): readonly Interface[] {
  const sides = (peeringsByVpc.get(vpcId) ?? []).flatMap(({ RequesterVpcInfo, AccepterVpcInfo }) => [
    RequesterVpcInfo?.VpcId,
    AccepterVpcInfo?.VpcId,
  ])
  return [...new Set([vpcId, ...sides])].flatMap((id) => byVpc(interfaces).get(id) ?? [])
}

const byVpc = remembered((interfaces: Network['interfaces']) => grouped(interfaces, ({ vpcId }) => [vpcId]))

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
