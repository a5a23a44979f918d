/**
 * Where a registered target stands: the interface and address to which a load balancer sends.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html
 */
import { known, listed, notListed, unknown } from '../../snapshot/known.ts'
import type { Instance, Known, Scope, TargetGroup } from '../../snapshot/types.ts'
import { type Address, parseAddress } from '../address.ts'
import { grouped } from '../grouped.ts'
import { allInterfacesKnown, type Interface } from '../interfaces.ts'
import type { Network } from '../network.ts'
import { remembered } from '../remembered.ts'

/** An address that certainly no interface of the VPC holds is an end as well: packets to it go nowhere. */
export interface TargetEnd {
  readonly nic: Interface | undefined
  readonly address: Address
}

/** @param id an instance id or an address */
export function targetEnd(network: Network, scope: Scope, group: TargetGroup, id: string): Known<TargetEnd> {
  if (/^i-/.test(id)) return instanceEnd(network, scope, group, id)
  const address = parseAddress(id)
  if (address === undefined)
    return unknown('elasticloadbalancing:DescribeTargetHealth', `what stands behind ${id} is not analysed`)
  const holders = network.interfacesByAddress.get(address) ?? []
  const near = holders.length > 1 ? byVpc(holders).get(group.VpcId) : undefined
  const [nic, rival] = near ?? holders
  if (nic && !rival) return known({ nic, address })
  if (nic) return unknown('ec2:DescribeNetworkInterfaces', `several interfaces hold ${id}`)
  const list = listed(scope, 'ec2:DescribeNetworkInterfaces', 'NetworkInterfaces')
  if (!list.known) return list
  const place = { vpcId: group.VpcId, scope }
  if (allInterfacesKnown(network, place)) return known({ nic: undefined, address })
  return notAmongInterfaces(scope, `an interface with ${id}`)
}

/** VPCs that do not know each other often have the same addresses. */
const byVpc = remembered((holders: readonly Interface[]) => grouped(holders, ({ vpcId }) => [vpcId]))

const notAmongInterfaces = (scope: Scope, what: string): Known<never> => ({
  known: false,
  missing: notListed(scope, 'ec2:DescribeNetworkInterfaces', what),
})

/** The primary interface's primary address, of the family of the group. */
function instanceEnd(network: Network, scope: Scope, group: TargetGroup, id: string): Known<TargetEnd> {
  const own = byInstance(network.interfaces).get(id) ?? []
  const named = instanceOf(scope, id)?.NetworkInterfaces?.find(
    ({ Attachment }) => Attachment?.DeviceIndex === 0,
  )
  const nic =
    own.find(({ source }) => source.Attachment?.DeviceIndex === 0) ??
    network.interfaceById.get(named?.NetworkInterfaceId ?? '') ??
    (own.length === 1 ? own[0] : undefined)
  const families = new Set(nic?.addresses.map((candidate) => typeof candidate))
  if (group.IpAddressType === undefined && families.size > 1)
    return unknown(
      'elasticloadbalancing:DescribeTargetGroups',
      `the address type of ${group.TargetGroupArn} is not told`,
    )
  const family = group.IpAddressType === 'ipv6' ? 'bigint' : 'number'
  const address = nic?.addresses.find((candidate) => typeof candidate === family)
  if (nic && address !== undefined) return known({ nic, address })
  return notAmongInterfaces(scope, `the primary interface of ${id}`)
}

const byInstance = remembered((interfaces: readonly Interface[]) =>
  grouped(interfaces, ({ source: { Attachment } }) =>
    Attachment?.InstanceId === undefined ? [] : [Attachment.InstanceId],
  ),
)

export function instanceOf(scope: Scope, id: string): Instance | undefined {
  const reservations = scope.responses['ec2:DescribeInstances']?.Reservations
  return reservations && instancesById(reservations).get(id)?.[0]
}

type Reservations = NonNullable<NonNullable<Scope['responses']['ec2:DescribeInstances']>['Reservations']>

const instancesById = remembered((reservations: Reservations) =>
  grouped(
    reservations.flatMap(({ Instances }) => Instances ?? []),
    ({ InstanceId }) => [InstanceId],
  ),
)
