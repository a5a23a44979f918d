/** VPC peering: one to one, not transitive. https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html */
import type { UnkeyedOperation } from '../snapshot/operations.ts'
import { notListed } from '../snapshot/known.ts'
import type { Missing, Scope } from '../snapshot/types.ts'
import type { Interface } from './interfaces.ts'
import type { Network } from './network.ts'

type Place = Pick<Interface, 'vpcId' | 'scope'>

/**
 * Whether an active peering of one Region joins two VPCs, so that rules that refer to groups match across it.
 * @returns 0 no, 1 yes, 2 not known. https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html
 */
export function sameVpcPeering(network: Network, from: Place, to: Place): 0 | 1 | 2 {
  let asked = false
  for (const peering of network.peerings.values()) {
    const { RequesterVpcInfo: requester, AccepterVpcInfo: accepter } = peering
    const joins = [requester?.VpcId, accepter?.VpcId]
    if (!joins.includes(from.vpcId) || !joins.includes(to.vpcId) || peering.Status?.Code !== 'active')
      continue
    asked = true
    const regions = [requester?.Region ?? from.scope.region, accepter?.Region ?? to.scope.region]
    if (regions[0] === regions[1] && from.scope.region === to.scope.region) return 1
  }
  return asked || peeringsKnown(from.scope) ? 0 : 2
}

const peeringsKnown = (scope: Scope) =>
  scope.responses['ec2:DescribeVpcPeeringConnections'] !== undefined &&
  !scope.errors['ec2:DescribeVpcPeeringConnections']

/** Names the operation that would have told of an object, and why it did not. */
export const notCollected = (scope: Scope, operation: UnkeyedOperation, id: string | undefined): Missing =>
  notListed(scope, operation, id ?? 'what the interface refers to')
