/** Where a NAT gateway stands. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html */
import type { Missing, NatGateway, Scope } from '../snapshot/types.ts'
import { type Address, parseAddress } from './address.ts'
import type { Network } from './network.ts'
import { notCollected } from './peerings.ts'
import type { Subnet } from './subnets.ts'

export interface NatPlace {
  readonly state: string
  readonly vpcId: string | undefined
  readonly subnetId: string
  readonly subnet: Subnet | undefined
  readonly scope: Scope
  /** A private NAT gateway has no public address. */
  readonly isPublic: boolean
  /** What the other end sees inside of AWS's network; several: it may use any. Undefined where not told. */
  readonly addresses: readonly Address[] | undefined
  /** A regional NAT gateway stands in no subnet, so that no network ACL concerns it. */
  readonly filtered: boolean
}

const OPERATION = 'ec2:DescribeNatGateways'

/** @param from the subnet that sends to it: a regional NAT gateway has a part in every zone that it serves */
export function natPlace(
  network: Network,
  from: { readonly scope: Scope; readonly subnet: Subnet | undefined },
  id: string,
): NatPlace | Missing {
  const nat = network.natGateways.get(id)
  if (!nat) return notCollected(from.scope, OPERATION, id)
  const { SubnetId: subnetId, State: state } = nat
  if (state === undefined) return { missing: OPERATION, because: `${id} came without its state` }
  const isPublic = hasPublicAddress(nat)
  if (isPublic === undefined)
    return { missing: OPERATION, because: `${id} came without its connectivity type or a public address` }
  const common = { state, isPublic }
  if (nat.AvailabilityMode === 'regional') return { ...common, ...regional(network, from, nat) }
  if (subnetId === undefined) return { missing: OPERATION, because: `${id} came without its subnet` }
  const subnet = network.subnets.get(subnetId)
  return {
    ...common,
    vpcId: nat.VpcId ?? subnet?.vpcId,
    subnetId,
    subnet,
    scope: subnet?.scope ?? from.scope,
    addresses: privateAddresses(nat),
    filtered: true,
  }
}

/**
 * As its type says: a public one is not available without. Where addresses are told, and none is public and works, it is
 * not known to have one. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html
 */
function hasPublicAddress({ ConnectivityType, NatGatewayAddresses }: NatGateway): boolean | undefined {
  if (ConnectivityType === 'private') return false
  if (!NatGatewayAddresses) return ConnectivityType === 'public' ? true : undefined
  return NatGatewayAddresses.some(isPublicAndWorks) ? true : undefined
}

const isPublicAndWorks = ({ PublicIp, Status = 'succeeded' }: NatAddress): boolean =>
  PublicIp !== undefined && Status === 'succeeded'

function privateAddresses({ NatGatewayAddresses: list }: NatGateway): readonly Address[] | undefined {
  const addresses = list?.map(({ PrivateIp }) => parseAddress(PrivateIp ?? ''))
  if (!addresses || addresses.length === 0 || addresses.includes(undefined)) return undefined
  return addresses as readonly Address[]
}

/**
 * It comes with a route table of its own, which leads to the internet gateway, and with no private address.
 * https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html
 */
function regional(
  network: Network,
  from: { readonly scope: Scope; readonly subnet: Subnet | undefined },
  nat: NatGateway,
) {
  const { NatGatewayId: id, VpcId: vpcId } = nat
  const subnet: Subnet = {
    id,
    number: -1,
    vpcId,
    availabilityZone: from.subnet?.availabilityZone,
    zoneId: from.subnet?.zoneId,
    onOutpost: from.subnet?.onOutpost ?? false,
    cidr: undefined,
    scope: from.scope,
    name: undefined,
    acl: -1,
    routeTable: network.routeTableIndex.get(nat.RouteTableId ?? '') ?? -1,
  }
  return { vpcId, subnetId: id, subnet, scope: from.scope, addresses: undefined, filtered: false }
}

/** Whether a regional NAT gateway has a part in a zone; a zonal one serves all. Undefined where that is not told. */
export function servesZone(
  { AvailabilityMode, NatGatewayAddresses: addresses }: NatGateway,
  subnet: Subnet | undefined,
): boolean | undefined {
  if (AvailabilityMode !== 'regional') return true
  const served = addresses?.map((address) => inZone(address, subnet))
  if (!served || served.includes(undefined)) return undefined
  return served.includes(true)
}

type NatAddress = NonNullable<NatGateway['NatGatewayAddresses']>[number]

function inZone(
  { AvailabilityZone, AvailabilityZoneId }: NatAddress,
  subnet: Subnet | undefined,
): boolean | undefined {
  if (AvailabilityZoneId !== undefined && subnet?.zoneId !== undefined)
    return AvailabilityZoneId === subnet.zoneId
  if (AvailabilityZone === undefined || subnet?.availabilityZone === undefined) return undefined
  return AvailabilityZone === subnet.availabilityZone
}
