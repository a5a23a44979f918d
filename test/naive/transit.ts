/**
 * Transit gateways: in by the attachment's subnet in the sender's zone, on by the attachment's route table, out by
 * the other attachment's subnet in that same zone.
 * https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
 */
import { contains, isIpv6, prefixLength } from './addresses.ts'
import { type Aws, attachmentOf, type TransitAttachment, type TransitRoute } from './aws.ts'
import type { Place, Step } from './place.ts'

export function rideFrom(aws: Aws, place: Place, gateway: string | undefined, destination: string): Step {
  const broken: Step = { kind: 'breaks', hop: 'transit' }
  const own = attachmentOf(aws, gateway, place.vpcId)
  const zone = zoneOf(aws, place.subnetId)
  // TGW_ROUTE_AZ_RESTRICTION
  const entry = own?.SubnetIds?.find((subnet) => zoneOf(aws, subnet) === zone)
  if (!isAvailable(aws, gateway) || !carries(own, destination) || entry === undefined) return broken
  const other = nextAttachment(aws, own, destination)
  if (!carries(other, destination)) return { ...broken, entry }
  if (other.VpcId === place.vpcId) return { kind: 'silent', because: 'back into the VPC that it came from' }
  const exits = exitsOf(aws, other, zone)
  return {
    kind: 'rides',
    entry,
    exits: exits.map((subnetId) => ({ by: 'transit', subnetId, vpcId: other.VpcId })),
  }
}

const zoneOf = (aws: Aws, subnetId: string | undefined): string | undefined =>
  aws.subnets.find((subnet) => subnet.SubnetId === subnetId)?.AvailabilityZone

const isAvailable = (aws: Aws, gateway: string | undefined): boolean =>
  aws.transitGateways.some(
    ({ TransitGatewayId, State }) => TransitGatewayId === gateway && State === 'available',
  )

/** Attachments carry IPv6 only when told to. */
const carries = (
  attachment: TransitAttachment | undefined,
  destination: string,
): attachment is TransitAttachment =>
  attachment?.State === 'available' && (!isIpv6(destination) || attachment.Options?.Ipv6Support === 'enable')

/** Which attachment the route table that an attachment is associated with leads to. */
function nextAttachment(
  aws: Aws,
  from: TransitAttachment,
  destination: string,
): TransitAttachment | undefined {
  const association = aws.transitAssociations.find(
    ({ TransitGatewayAttachmentId, State }) =>
      TransitGatewayAttachmentId === from.TransitGatewayAttachmentId && State === 'associated',
  )
  const route = bestRoute(aws, association?.table, destination)
  if (route?.State !== 'active') return undefined
  const [id] = (route.TransitGatewayAttachments ?? []).map((item) => item.TransitGatewayAttachmentId)
  return aws.transitAttachments.find(({ TransitGatewayAttachmentId }) => TransitGatewayAttachmentId === id)
}

/** Longest prefix, then static before propagated, also where it is a blackhole. */
function bestRoute(aws: Aws, table: string | undefined, destination: string): TransitRoute | undefined {
  const length = ({ DestinationCidrBlock }: TransitRoute) => prefixLength(DestinationCidrBlock ?? '')
  const rank = ({ Type }: TransitRoute) => (Type === 'static' ? 0 : 1)
  return aws.transitRoutes
    .filter(
      (route) =>
        route.table === table &&
        route.DestinationCidrBlock !== undefined &&
        contains(route.DestinationCidrBlock, destination),
    )
    .sort((one, other) => length(other) - length(one) || rank(one) - rank(other))[0]
}

/**
 * The subnet in the zone that the packet comes from; where the attachment has none there, or is in appliance mode,
 * any of its subnets.
 * https://docs.aws.amazon.com/prescriptive-guidance/latest/inline-traffic-inspection-third-party-appliances/transit-gateway-asymmetric-routing.html
 */
function exitsOf(aws: Aws, attachment: TransitAttachment, zone: string | undefined): readonly string[] {
  const subnets = attachment.SubnetIds ?? []
  if (attachment.Options?.ApplianceModeSupport === 'enable') return subnets
  const same = subnets.filter((subnet) => zoneOf(aws, subnet) === zone)
  return same.length > 0 ? same : subnets
}
