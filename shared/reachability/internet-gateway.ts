/** What an internet gateway carries out of a VPC. https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html */
import { type Address, formatAddress, isPublic } from '../network/address.ts'
import { egressOnlyAttachment } from '../network/egress-only-gateways.ts'
import { publicAddressOf } from '../network/interfaces.ts'
import { internetGatewayAttachment } from '../network/internet-gateways.ts'
import type { Network } from '../network/network.ts'
import type { GatewayOutcome, Inside } from './layers.ts'
import type { Exit, Sender } from './packet.ts'
import { privateCode } from './routing.ts'

type Gateway = Exit & { readonly id: string }

const block = (code: string, explanation: () => string): GatewayOutcome => ({
  verdict: 'block',
  code,
  explanation,
})

/** What comes out of a transit gateway no internet gateway carries on: it is not of the gateway's VPC. */
export function ofAnotherVpc({ place }: Sender, source: Address, to: Address, id: string): GatewayOutcome {
  if (!isPublic(to)) return toPrivate(to, id)
  const own = formatAddress(source)
  const ipv6 = typeof source === 'bigint'
  // https://docs.aws.amazon.com/whitepapers/latest/building-scalable-secure-multi-vpc-network-infrastructure/centralized-egress-for-ipv6.html
  const missing = ipv6 ? 'IPv6 leaves each VPC by a gateway of its own' : 'a NAT gateway is missing'
  return block(
    ipv6 ? 'GATEWAY_REJECTS_SPOOFED_TRAFFIC' : 'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS',
    () => `${own} is no interface of ${place.vpcId}, so ${id} drops its packets: ${missing}`,
  )
}

const toPrivate = (to: Address, id: string): GatewayOutcome =>
  block(privateCode(to), () => `${id} drops packets to the private address ${formatAddress(to)}`)

/** @returns undefined where there is nothing to tell, or it was told */
export function translation(
  network: Network,
  { kind, id }: Gateway,
  sender: Sender,
  from: Inside,
  to: Address,
): GatewayOutcome | undefined {
  if (sender.by === 'transit-gateway') return undefined
  const own = formatAddress(from.address)
  if (!isPublic(to)) return toPrivate(to, id)
  const attachmentOf =
    kind === 'egress-only-internet-gateway' ? egressOnlyAttachment : internetGatewayAttachment
  const attachment = attachmentOf(network, id, sender.place)
  if (attachment === 'detached') return detached(sender, id)
  if (attachment !== 'as-routed') return { verdict: 'unknown', missing: attachment }
  if (kind === 'egress-only-internet-gateway') return undefined
  if (sender.nat) return ofNat(sender.nat, id)
  if (typeof from.address === 'bigint')
    return { verdict: 'pass', explanation: () => `${id} carries ${own} unchanged` }
  const address = publicAddressOf(from.nic, from.address)
  if (address) return { verdict: 'pass', explanation: () => `${id} shows ${own} as ${address}` }
  const explanation = () => `${from.nic.id} has no public address, so ${id} drops its packets`
  return block('IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS', explanation)
}

function ofNat(nat: NonNullable<Sender['nat']>, id: string): GatewayOutcome {
  if (nat.isPublic)
    return {
      verdict: 'pass',
      explanation: () => `${id} shows the packets of ${nat.id} with its public address`,
    }
  const explanation = () => `${nat.id} is private, it has no public address, so ${id} drops its packets`
  return block('IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS', explanation)
}

const detached = ({ place }: Sender, id: string): GatewayOutcome =>
  block('BAD_STATE_ATTACHMENT', () => `${id} is not attached to ${place.vpcId}`)
