/** Where a NAT gateway stands. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html */
import type { Missing, Scope } from '../snapshot/types.ts'
import type { Network } from './network.ts'
import { notCollected } from './peerings.ts'
import type { Subnet } from './subnets.ts'

export interface NatPlace {
  readonly state: string
  readonly vpcId: string | undefined
  readonly subnetId: string
  readonly subnet: Subnet | undefined
  readonly scope: Scope
}

const OPERATION = 'ec2:DescribeNatGateways'

/** Zonal public NAT gateways; regional and private ones are answered with what is missing. */
export function natPlace(network: Network, scope: Scope, id: string): NatPlace | Missing {
  const nat = network.natGateways.get(id)
  if (!nat) return notCollected(scope, OPERATION, id)
  const { SubnetId: subnetId, State: state } = nat
  if (state === undefined) return { missing: OPERATION, because: `${id} came without its state` }
  if (subnetId === undefined || nat.AvailabilityMode === 'regional') {
    return { missing: OPERATION, because: `${id} is a regional NAT gateway, which is not analysed` }
  }
  if (nat.ConnectivityType === 'private') {
    return { missing: OPERATION, because: `${id} is a private NAT gateway, which is not analysed` }
  }
  const subnet = network.subnets.get(subnetId)
  return { state, vpcId: nat.VpcId ?? subnet?.vpcId, subnetId, subnet, scope: subnet?.scope ?? scope }
}
