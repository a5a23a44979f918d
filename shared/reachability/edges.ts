/** Where packets leave a VPC for good: internet gateways, endpoints, virtual private gateways. */
import type { Endpoint, Network } from '../network/network.ts'
import { notCollected } from '../network/peerings.ts'
import { ICMP, TCP } from '../network/protocol.ts'
import { vpnGateway } from '../network/vpn-gateways.ts'
import type { GatewayOutcome, Place, Visitor } from './layers.ts'
import type { Exit, Packet, Sender } from './packet.ts'

const ENDPOINTS = 'ec2:DescribeVpcEndpoints'

/** @returns undefined where an appliance may send packets on that look different */
export function throughEndpoint(
  network: Network,
  { place, by }: Sender,
  { leg }: Packet,
  id: string,
  visitor: Visitor,
): Exit | undefined {
  const endpoint = network.vpcEndpoints.get(id)
  const outcome = endpoint
    ? endpointOutcome(endpoint, place, by)
    : ({ verdict: 'unknown', missing: notCollected(place.scope, ENDPOINTS, id) } as const)
  visitor.gateway(leg, 'egress', { type: 'vpc-endpoint', id }, outcome)
  return endpoint?.VpcEndpointType === 'Gateway' ? { kind: 'endpoint' } : undefined
}

const unknown = (missing: string, because: string): GatewayOutcome => ({
  verdict: 'unknown',
  missing: { missing, because },
})

const block = (code: string, explanation: () => string): GatewayOutcome => ({
  verdict: 'block',
  code,
  explanation,
})

/** https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html */
function endpointOutcome(endpoint: Endpoint, place: Place, by: Sender['by']): GatewayOutcome {
  const { VpcEndpointId: id, VpcEndpointType: type, State: state, VpcId: vpcId } = endpoint
  if (type === undefined || state === undefined || vpcId === undefined)
    return unknown(ENDPOINTS, `${id} came without its type, state or VPC`)
  if (!isAvailable(state)) return block('BAD_STATE', () => `${id} is ${state}, not available`)
  if (type !== 'Gateway') {
    const because = `packets pass the appliances or the Network Firewall behind ${id}, whose rules are not part of a snapshot`
    return unknown('network-firewall:DescribeFirewallPolicy', because)
  }
  if (by === 'transit-gateway' || vpcId !== place.vpcId)
    return block('NO_POSSIBLE_DESTINATION', () => `${id} serves only what is inside its own VPC ${vpcId}`)
  return {
    verdict: 'only',
    protocols: [TCP, ICMP],
    code: 'VPCE_GATEWAY_PROTOCOL_RESTRICTION',
    explanation: () => `${id} carries it to ${endpoint.ServiceName ?? 'its service'}`,
  }
}

/** The API says "available", older answers "Available". */
const isAvailable = (state: string): boolean => state.toLowerCase() === 'available'

/** Up to the edge: what lies behind a VPN or Direct Connect is not AWS's. */
export function throughVpnGateway({ place }: Sender, { leg }: Packet, id: string, visitor: Visitor): void {
  visitor.gateway(leg, 'egress', { type: 'virtual-private-gateway', id }, vpnOutcome(place, id))
}

function vpnOutcome({ scope, vpcId }: Place, id: string): GatewayOutcome {
  const found = vpnGateway(scope, id)
  if (!found.known) return { verdict: 'unknown', missing: found.missing }
  const { State: state, VpcAttachments: attachments } = found.value
  if (state !== undefined && state !== 'available')
    return block('BAD_STATE', () => `${id} is ${state}, not available`)
  const attachment = attachments?.find((one) => one.VpcId === vpcId)
  if (attachment?.State !== undefined && attachment.State !== 'attached')
    return block('BAD_STATE_ATTACHMENT', () => `${id} is ${attachment.State} to ${vpcId}, not attached`)
  if (attachments?.every((one) => one.VpcId !== undefined && one.VpcId !== vpcId))
    return block('BAD_STATE_ATTACHMENT', () => `${id} is not attached to ${vpcId}`)
  const because = `what lies behind ${id} (VPN, Direct Connect) is not AWS's to tell`
  return unknown('ec2:DescribeVpnConnections', because)
}
