/**
 * Through a transit gateway: in by the VPC's attachment, on by the attachment's route table, out by another
 * attachment. https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
 */

import type { Network } from '../network/network.ts'
import { notCollected } from '../network/peerings.ts'
import { type Subnet, sameZone } from '../network/subnets.ts'
import { doubtOfAbsence, type TransitVpcAttachment } from '../network/transit-gateways.ts'
import type { HandedOut } from './beyond-transit.ts'
import type { Choice, GatewayOutcome, Identity, Place, Visitor } from './layers.ts'
import type { Packet, Sender } from './packet.ts'
import type { Component } from './result.ts'
import { exitOf, type TransitExit } from './transit-exit.ts'
import { attachmentState, block, pass, unknown } from './transit-outcomes.ts'

const GATEWAYS = 'ec2:DescribeTransitGateways'
const ATTACHMENTS = 'ec2:DescribeTransitGatewayVpcAttachments'

/** Out into a subnet of another VPC; lost where the packet ends at the gateway or the rest is not known. */
export type TransitArrival =
  | (HandedOut & { readonly kind: 'vpc'; readonly identity: Identity })
  /** `identity`: whether groups would be seen, if it came out where it was meant to. */
  | { readonly kind: 'lost'; readonly identity: Identity }

/** Where it is not known which attachments the packet would take. */
const LOST: TransitArrival = { kind: 'lost', identity: 2 }

export function throughTransitGateway(
  network: Network,
  { place }: Sender,
  packet: Packet,
  id: string,
  visitor: Visitor,
): TransitArrival {
  const tell = (component: Component, outcome: GatewayOutcome) =>
    visitor.gateway(packet.leg, 'egress', component, outcome)
  tell({ type: 'transit-gateway', id }, gatewayOutcome(network, place, id))
  const attachment = network.transit.vpcAttachmentOf.get(`${id} ${place.vpcId}`)
  if (!attachment) {
    tell({ type: 'transit-gateway', id }, notAttached(place, id))
    return LOST
  }
  const component = { type: 'transit-gateway-attachment', id: attachment.TransitGatewayAttachmentId } as const
  tell(component, entranceOutcome(network, place, packet, attachment))
  const entrance = entranceSubnet(network, place, attachment)
  // Inbound rules see the packet also where sender and attachment share the subnet:
  // https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html
  if (entrance) visitor.acl(packet.leg, 'ingress', entrance, packet.source, packet.ports)
  const exit = exitOf(network, { place, packet, tell }, id, attachment.TransitGatewayAttachmentId)
  const lost: TransitArrival = { kind: 'lost', identity: meantIdentity(network, id, attachment, packet) }
  return exit ? (out(network, place, packet, exit, tell, attachment) ?? lost) : lost
}

function gatewayOutcome(network: Network, { scope }: Place, id: string): GatewayOutcome {
  const gateway = network.transit.gateways.get(id)
  if (!gateway) return { verdict: 'unknown', missing: notCollected(scope, GATEWAYS, id) }
  if (gateway.State === undefined) return unknown(GATEWAYS, `${id} came without its state`)
  if (gateway.State === 'available' || gateway.State === 'modifying')
    return pass(() => `${id} is ${gateway.State}`)
  return block('BAD_STATE', () => `${id} is ${gateway.State}, not available`)
}

function notAttached({ scope, vpcId }: Place, id: string): GatewayOutcome {
  const missing = doubtOfAbsence(scope, vpcId, id)
  if (missing) return { verdict: 'unknown', missing }
  return block('NO_POSSIBLE_DESTINATION', () => `${vpcId} is not attached to ${id}`)
}

function entranceOutcome(
  network: Network,
  place: Place,
  packet: Packet,
  attachment: TransitVpcAttachment,
): GatewayOutcome {
  const id = attachment.TransitGatewayAttachmentId
  const bad = attachmentState(attachment, packet)
  if (bad) return bad
  const inZone = subnetsOf(network, attachment).map((subnet) => zoneAnswer(subnet, place.subnet))
  if (attachment.SubnetIds === undefined) return unknown(ATTACHMENTS, `${id} came without its subnets`)
  if (inZone.includes(true)) return pass(() => `${id} takes packets in ${place.subnet?.availabilityZone}`)
  if (inZone.includes(undefined))
    return {
      verdict: 'unknown',
      missing: notCollected(place.scope, 'ec2:DescribeSubnets', `a subnet of ${id} or its zone`),
    }
  return block(
    'TGW_ROUTE_AZ_RESTRICTION',
    () => `${id} has no subnet in ${place.subnet?.availabilityZone}, so nothing from there enters it`,
  )
}

const subnetsOf = (
  network: Network,
  { SubnetIds: ids = [] }: TransitVpcAttachment,
): readonly (Subnet | undefined)[] => ids.map((id) => network.subnets.get(id))

const zoneAnswer = (one: Subnet | undefined, other: Subnet | undefined): boolean | undefined =>
  one && other && sameZone(one, other)

/** The subnet of the attachment in the sender's zone. */
function entranceSubnet(network: Network, place: Place, attachment: TransitVpcAttachment): Place | undefined {
  const subnet = subnetsOf(network, attachment).find((one) => zoneAnswer(one, place.subnet))
  return subnet && placeOf(subnet)
}

const placeOf = (subnet: Subnet): Place => ({
  subnetId: subnet.id,
  subnet,
  scope: subnet.scope,
  vpcId: subnet.vpcId,
})

function out(
  network: Network,
  from: Place,
  packet: Packet,
  { attachment, gateways }: TransitExit,
  tell: (component: Component, outcome: GatewayOutcome) => void,
  entered: TransitVpcAttachment,
): TransitArrival | undefined {
  const id = attachment.TransitGatewayAttachmentId
  const component = { type: 'transit-gateway-attachment', id } as const
  const bad = attachmentState(attachment, packet)
  const [first, ...others] = exitSubnets(network, from, attachment, gateways === 1)
  if (!first) {
    tell(
      component,
      bad ?? {
        verdict: 'unknown',
        missing: notCollected(from.scope, 'ec2:DescribeSubnets', `a subnet of ${id}`),
      },
    )
    return undefined
  }
  return {
    kind: 'vpc',
    places: [placeOf(first), ...others.map(placeOf)],
    identity: gateways === 1 ? groupsSeen(network, entered, attachment) : 0,
    tell(choice) {
      if (bad) tell(component, bad)
      // Where the ways part, what lies behind is not known either.
      if (!bad || choice === 'differ') tell(component, exitOutcome(attachment, [first, ...others], choice))
    },
  }
}

const meantIdentity = (
  network: Network,
  id: string,
  entered: TransitVpcAttachment,
  { goal }: Packet,
): Identity => {
  const meant = goal && network.transit.vpcAttachmentOf.get(`${id} ${goal.nic.vpcId}`)
  return meant ? groupsSeen(network, entered, meant) : 2
}

/**
 * Packets stay in their zone where the attachment has a subnet there; in appliance mode and from elsewhere any may
 * be taken. https://docs.aws.amazon.com/prescriptive-guidance/latest/inline-traffic-inspection-third-party-appliances/transit-gateway-asymmetric-routing.html
 */
function exitSubnets(
  network: Network,
  from: Place,
  attachment: TransitVpcAttachment,
  sameGateway: boolean,
): readonly Subnet[] {
  const subnets = subnetsOf(network, attachment)
  if (subnets.includes(undefined)) return []
  const all = subnets as readonly Subnet[]
  const staysInZone = sameGateway && attachment.Options?.ApplianceModeSupport === 'disable'
  const near = staysInZone ? all.filter((one) => zoneAnswer(one, from.subnet)) : []
  return near.length > 0 ? near : all
}

function exitOutcome(
  attachment: TransitVpcAttachment,
  candidates: readonly Subnet[],
  choice: Choice,
): GatewayOutcome {
  const id = attachment.TransitGatewayAttachmentId
  const names = candidates.map((one) => one.id)
  if (choice === 'same') return pass(() => `${id} hands it to ${names.join(' or ')} of ${attachment.VpcId}`)
  const because = `which of ${names.join(', ')} of ${id} packets come out of is AWS's choice`
  return unknown(ATTACHMENTS, because)
}

/**
 * Inbound rules that refer to groups match over one transit gateway where it and both attachments support it.
 * https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
 */
function groupsSeen(network: Network, entered: TransitVpcAttachment, left: TransitVpcAttachment): Identity {
  const gateway = network.transit.gateways.get(entered.TransitGatewayId ?? '')
  const switches = [gateway, entered, left].map((one) => one?.Options?.SecurityGroupReferencingSupport)
  if (switches.includes('disable')) return 3
  return switches.every((one) => one === 'enable') ? 1 : 2
}
