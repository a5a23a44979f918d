/** Egress-only internet gateways. https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html */
import { listed } from '../snapshot/known.ts'
import type { Scope } from '../snapshot/types.ts'
import { isElsewhere } from './internet-gateways.ts'

const OPERATION = 'ec2:DescribeEgressOnlyInternetGateways'

/**
 * Whether the list says that an egress-only internet gateway is not attached to a VPC.
 * A route that is active says that it is, so that the list need not be there.
 */
export function isEgressOnlyDetached(scope: Scope, id: string, vpcId: string | undefined): boolean {
  const list = listed(scope, OPERATION, 'EgressOnlyInternetGateways')
  const gateways = list.known ? list.value : []
  return isElsewhere(gateways.find((one) => one.EgressOnlyInternetGatewayId === id)?.Attachments, vpcId)
}
