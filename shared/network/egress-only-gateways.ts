/** Egress-only internet gateways. https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html */
import { listed } from '../snapshot/known.ts'
import { attachmentIn, type GatewayAttachment, ownerOf, type Place } from './gateway-attachments.ts'
import type { Network } from './network.ts'

const OPERATION = 'ec2:DescribeEgressOnlyInternetGateways'

/** What the list says of an egress-only internet gateway that a route leads to. */
export function egressOnlyAttachment(
  network: Pick<Network, 'snapshot' | 'vpcs'>,
  id: string,
  place: Place,
): GatewayAttachment {
  const owner = ownerOf(network, place)
  const list = listed(owner.scope, OPERATION, 'EgressOnlyInternetGateways')
  if (!list.known) return 'as-routed'
  const gateway = list.value.find(({ EgressOnlyInternetGatewayId }) => EgressOnlyInternetGatewayId === id)
  return attachmentIn(owner, OPERATION, id, gateway, place.vpcId)
}
