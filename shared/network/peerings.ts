/** VPC peering: one to one, not transitive. https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html */

import { notListed } from '../snapshot/known.ts'
import type { UnkeyedOperation } from '../snapshot/operations.ts'
import type { Missing, Scope, VpcPeeringConnection } from '../snapshot/types.ts'
import type { Interface } from './interfaces.ts'
import type { Network } from './network.ts'

export type Peering = VpcPeeringConnection

type Place = Pick<Interface, 'vpcId' | 'scope'>

/**
 * Whether an active peering of one Region joins two VPCs, so that rules that refer to groups match across it.
 * @returns 0 no, 1 yes, 2 not known. https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html
 */
export function sameVpcPeering(network: Network, from: Place, to: Place): 0 | 1 | 2 {
  let joined = false
  for (const peering of candidates(network, from, to)) {
    const { RequesterVpcInfo: requester, AccepterVpcInfo: accepter, Status } = peering
    if (Status?.Code !== 'active' || (requester?.VpcId !== to.vpcId && accepter?.VpcId !== to.vpcId)) continue
    joined = true
    const regions = [requester?.Region ?? from.scope.region, accepter?.Region ?? to.scope.region]
    if (regions[0] === regions[1] && from.scope.region === to.scope.region) return 1
  }
  return joined || peeringsKnown(from.scope) ? 0 : 2
}

const NONE: readonly VpcPeeringConnection[] = []

/** What joins two VPCs is in the lists of both; that of a hub is long. */
function candidates(network: Network, from: Place, to: Place): readonly VpcPeeringConnection[] {
  const own = network.peeringsByVpc.get(from.vpcId ?? '') ?? NONE
  const others = network.peeringsByVpc.get(to.vpcId ?? '') ?? own
  return others.length < own.length ? others : own
}

const peeringsKnown = (scope: Scope) =>
  scope.responses['ec2:DescribeVpcPeeringConnections'] !== undefined &&
  !scope.errors['ec2:DescribeVpcPeeringConnections']

/** Names the operation that would have told of an object, and why it did not. */
export const notCollected = (scope: Scope, operation: UnkeyedOperation, id: string | undefined): Missing =>
  notListed(scope, operation, id ?? 'what the interface refers to')
