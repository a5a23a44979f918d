/** Egress-only internet gateways. https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html */
import { listed } from '../snapshot/known.ts'
import type { Scope } from '../snapshot/types.ts'

const OPERATION = 'ec2:DescribeEgressOnlyInternetGateways'

/**
 * Whether the list says that a gateway is not attached to a VPC.
 * A route that is active says that it is, so that the list need not be there.
 */
export function isDetached(scope: Scope, id: string, vpcId: string | undefined): boolean {
  const list = listed(scope, OPERATION, 'EgressOnlyInternetGateways')
  const gateways = list.known ? list.value : []
  const attachments = gateways.find((one) => one.EgressOnlyInternetGatewayId === id)?.Attachments
  if (vpcId === undefined || !attachments || attachments.some((one) => one.VpcId === undefined)) return false
  const own = attachments.find((one) => one.VpcId === vpcId)
  return !own || (own.State !== undefined && own.State !== 'attached')
}
