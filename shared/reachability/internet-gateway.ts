/** What an internet gateway carries out of a VPC. https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html */
import { type Address, formatAddress, isPublic } from '../network/address.ts'
import { isDetached } from '../network/egress-only-gateways.ts'
import { publicAddressOf } from '../network/interfaces.ts'
import type { GatewayOutcome, Inside } from './layers.ts'
import type { Exit, Sender } from './packet.ts'
import { privateCode } from './routing.ts'

type Gateway = Exit & { readonly id: string }

const block = (code: string, explanation: () => string): GatewayOutcome => ({
  verdict: 'block',
  code,
  explanation,
})

/** @returns undefined where there is nothing to tell */
export function translation(
  { kind, id }: Gateway,
  sender: Sender,
  from: Inside,
  to: Address,
): GatewayOutcome | undefined {
  const own = formatAddress(from.address)
  if (!isPublic(to)) {
    const explanation = () => `${id} drops packets to the private address ${formatAddress(to)}`
    return block(privateCode(to), explanation)
  }
  if (kind === 'egress-only-internet-gateway') return detached(sender, id)
  if (sender.by === 'transit-gateway') return notOfThisVpc(sender, own, id)
  if (sender.nat) return ofNat(sender.nat, id)
  if (typeof from.address === 'bigint')
    return { verdict: 'pass', explanation: () => `${id} carries ${own} unchanged` }
  const address = publicAddressOf(from.nic, from.address)
  if (address) return { verdict: 'pass', explanation: () => `${id} shows ${own} as ${address}` }
  const explanation = () => `${from.nic.id} has no public address, so ${id} drops its packets`
  return block('IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS', explanation)
}

/** A gateway carries addresses of its own VPC only. */
const notOfThisVpc = ({ place }: Sender, source: string, id: string): GatewayOutcome =>
  block(
    source.includes(':') ? 'GATEWAY_REJECTS_SPOOFED_TRAFFIC' : 'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS',
    () => `${source} is no interface of ${place.vpcId}, so ${id} drops its packets: a NAT gateway is missing`,
  )

function ofNat(nat: NonNullable<Sender['nat']>, id: string): GatewayOutcome {
  if (nat.isPublic)
    return {
      verdict: 'pass',
      explanation: () => `${id} shows the packets of ${nat.id} with its public address`,
    }
  const explanation = () => `${nat.id} is private, it has no public address, so ${id} drops its packets`
  return block('IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS', explanation)
}

/** The state of the route says whether the gateway is there; its list may know better. */
function detached({ place }: Sender, id: string): GatewayOutcome | undefined {
  if (!isDetached(place.scope, id, place.vpcId)) return undefined
  return block('BAD_STATE_ATTACHMENT', () => `${id} is not attached to ${place.vpcId}`)
}
