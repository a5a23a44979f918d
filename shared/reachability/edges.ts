/** Where packets leave a VPC for good: internet gateways, endpoints, virtual private gateways. */
import { listed, notListed } from '../snapshot/known.ts'
import { ICMP, TCP } from '../network/protocol.ts'
import type { Network } from '../network/network.ts'
import type { Scope, VpcEndpoint } from '../snapshot/types.ts'
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
    : ({ verdict: 'unknown', missing: notListed(place.scope, ENDPOINTS, id) } as const)
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
function endpointOutcome(endpoint: VpcEndpoint, place: Place, by: Sender['by']): GatewayOutcome {
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

const VPN_GATEWAYS = 'ec2:DescribeVpnGateways'

/** Up to the edge: what lies behind a VPN or Direct Connect is not AWS's. */
export function throughVpnGateway({ place }: Sender, { leg }: Packet, id: string, visitor: Visitor): void {
  visitor.gateway(
    leg,
    'egress',
    { type: 'virtual-private-gateway', id },
    vpnOutcome(place.scope, place.vpcId, id),
  )
}

function vpnOutcome(scope: Scope, vpcId: string | undefined, id: string): GatewayOutcome {
  const list = listed(scope, VPN_GATEWAYS, 'VpnGateways')
  const gateway = list.known ? list.value.find(({ VpnGatewayId }) => VpnGatewayId === id) : undefined
  if (!gateway) return { verdict: 'unknown', missing: notListed(scope, VPN_GATEWAYS, id) }
  const attachment = gateway.VpcAttachments?.find((one) => one.VpcId === vpcId)
  if (gateway.State !== undefined && gateway.State !== 'available')
    return block('BAD_STATE', () => `${id} is ${gateway.State}, not available`)
  if (attachment?.State !== undefined && attachment.State !== 'attached')
    return block('BAD_STATE_ATTACHMENT', () => `${id} is ${attachment.State} to ${vpcId}, not attached`)
  if (gateway.VpcAttachments?.every((one) => one.VpcId !== undefined && one.VpcId !== vpcId))
    return block('BAD_STATE_ATTACHMENT', () => `${id} is not attached to ${vpcId}`)
  return unknown(
    'ec2:DescribeVpnConnections',
    `what lies behind ${id} (VPN, Direct Connect) is not AWS's to tell`,
  )
}
