/** The senders of a packet one after another, each NAT gateway one more; its reply goes back through all of them. */
import type { Address } from '../network/address.ts'
import type { Network } from '../network/network.ts'
import { carry, routeFor } from './carry.ts'
import type { GatewayOutcome, Inside, PortsOf, Visitor } from './layers.ts'
import { addressOutcome } from './nat.ts'
import type { Arrival, Packet, Sender } from './packet.ts'

/** Where replies come back to: an address, and the ports that filters see of them. */
export interface Stage extends Sender {
  readonly address: Address
  readonly ports: PortsOf
}

export const newStage = ({ nic, address }: Inside): Stage => ({
  place: nic,
  by: 'interface',
  filtered: true,
  address,
  ports: 'source',
})

/**
 * What a NAT gateway sends on. Towards addresses inside the receiver sees its private address, so that must be known.
 * @returns undefined where nothing behind it can be judged
 */
export function passNat(
  { id, nat }: Arrival & { readonly kind: 'nat' },
  stages: readonly Stage[],
  towards: 'inside' | 'outside',
  visitor: Visitor,
): Stage | undefined {
  const problem = circle(stages, id) ?? (towards === 'inside' ? addressOutcome(nat, id) : undefined)
  if (problem) {
    visitor.gateway('forward', 'egress', { type: 'nat-gateway', id }, problem)
    return undefined
  }
  const address = nat.addresses?.[0] ?? (stages[0] as Stage).address
  return {
    place: nat,
    by: 'nat-gateway',
    filtered: nat.filtered,
    nat: { id, isPublic: nat.isPublic },
    address,
    ports: 'translated',
  }
}

function circle(stages: readonly Stage[], id: string): GatewayOutcome | undefined {
  if (!stages.some(({ nat }) => nat?.id === id)) return undefined
  const explanation = () => `packets go round in circles: ${id} gets them again and again`
  return { verdict: 'block', code: 'NO_POSSIBLE_DESTINATION', explanation }
}

/** The reply, from whoever got the packet to the last stage, from there to the one before, and so on. */
export function carryBack(
  network: Network,
  first: Sender,
  source: Address,
  stages: readonly Stage[],
  visitor: Visitor,
): void {
  let sender = first
  for (const stage of stages.toReversed()) {
    const goal = { nic: stage.place, address: stage.address }
    const packet: Packet = { leg: 'return', source, destination: stage.address, ports: stage.ports, goal }
    if (sender.place.subnetId === undefined || sender.place.subnetId !== stage.place.subnetId) {
      const arrival = carry(network, sender, packet, routeFor(network, sender.place, packet), visitor)
      if (arrival.kind !== 'there') return
    }
    sender = stage
  }
}
