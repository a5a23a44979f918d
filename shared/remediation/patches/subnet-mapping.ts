/**
 * Subnets of a load balancer with the addresses that it has there. SetSubnets takes subnets or mappings, not both.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetSubnets.html
 */
import type { LoadBalancer } from '../../snapshot/types.ts'

export type MappedZone = NonNullable<LoadBalancer['AvailabilityZones']>[number] & {
  readonly SubnetId: string
}

interface Mapping {
  readonly SubnetId: string
  readonly AllocationId?: string
  readonly PrivateIPv4Address?: string
  readonly IPv6Address?: string
}

/** Elastic IP addresses, and private ones that somebody chose: a Network Load Balancer keeps them only where they are named again. */
export function mappingOf({ SubnetId, LoadBalancerAddresses = [] }: MappedZone): Mapping {
  const own = (field: keyof (typeof LoadBalancerAddresses)[number]): string | undefined =>
    LoadBalancerAddresses.map((address) => address[field]).find((value) => value !== undefined)
  const AllocationId = own('AllocationId')
  const PrivateIPv4Address = own('PrivateIPv4Address')
  const IPv6Address = own('IPv6Address')
  return {
    SubnetId,
    ...(AllocationId !== undefined && { AllocationId }),
    ...(PrivateIPv4Address !== undefined && { PrivateIPv4Address }),
    ...(IPv6Address !== undefined && { IPv6Address }),
  }
}

export const hasOwnAddress = (zone: MappedZone): boolean => Object.keys(mappingOf(zone)).length > 1

export const inTerraform = ({ SubnetId, AllocationId, PrivateIPv4Address, IPv6Address }: Mapping) => ({
  subnet_id: SubnetId,
  allocation_id: AllocationId,
  private_ipv4_address: PrivateIPv4Address,
  ipv6_address: IPv6Address,
})
