/** NAT gateways: what they take, and what they send on. https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html */
import { type NatPlace, servesZone } from '../network/nat-gateways.ts'
import type { Network } from '../network/network.ts'
import { ICMP, TCP, UDP } from '../network/protocol.ts'
import type { GatewayOutcome } from './layers.ts'
import type { Packet, Sender } from './packet.ts'

const OPERATION = 'ec2:DescribeNatGateways'

/** Whether a NAT gateway takes a packet. */
export function natOutcome(
  network: Network,
  { place }: Sender,
  packet: Packet,
  nat: NatPlace,
  id: string,
): GatewayOutcome {
  if (nat.state !== 'available') return block('BAD_STATE', () => `${id} is ${nat.state}, not available`)
  if (nat.vpcId === undefined || place.vpcId === undefined)
    return {
      verdict: 'unknown',
      missing: {
        missing: 'ec2:DescribeSubnets',
        because: `whether the packet is sent in the VPC of ${id} is not told`,
      },
    }
  if (nat.vpcId !== place.vpcId)
    return block(
      'NGW_REQUIRES_SOURCE_IN_VPC',
      () => `${id} serves only interfaces of its own VPC ${nat.vpcId}`,
    )
  if (packet.leg === 'return')
    return block(
      'NGW_SOURCE_ADDRESS_REASSIGN',
      () => `${id} gives replies another source, so nobody expects them`,
    )
  if (typeof packet.destination === 'bigint')
    return unknown(`whether ${id} translates IPv6 to IPv4 (NAT64) is not analysed`)
  return zoneOutcome(network, place.subnet, id) ?? sendsOn(id)
}

const sendsOn = (id: string): GatewayOutcome => ({
  verdict: 'only',
  protocols: [TCP, UDP, ICMP],
  code: 'PROTOCOL_RESTRICTION',
  explanation: () => `${id} sends it on with ports 1024-65535 of its own`,
})

function zoneOutcome(
  network: Network,
  subnet: Sender['place']['subnet'],
  id: string,
): GatewayOutcome | undefined {
  const nat = network.natGateways.get(id)
  const served = nat && servesZone(nat, subnet)
  if (served) return undefined
  if (served === undefined) return unknown(`which zones ${id} serves is not told`)
  return block('REGIONAL_NGW_ROUTE_AZ_RESTRICTION', () => `${id} has no part in ${subnet?.availabilityZone}`)
}

const unknown = (because: string): GatewayOutcome => ({
  verdict: 'unknown',
  missing: { missing: OPERATION, because },
})

const block = (code: string, explanation: () => string): GatewayOutcome => ({
  verdict: 'block',
  code,
  explanation,
})

/** The address that a NAT gateway gives a packet inside of AWS's network; unknown where it may be any of several. */
export function addressOutcome({ addresses }: NatPlace, id: string): GatewayOutcome | undefined {
  if (addresses?.length === 1) return undefined
  const because = addresses
    ? `which of its addresses ${id} uses is not known`
    : `${id} came without its private address`
  return unknown(because)
}
