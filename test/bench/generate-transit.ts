/** One transit gateway, to which most VPCs and an office's VPN are attached. */
import { networkInterface, serviceAttachment } from './generate-interfaces.ts'
import {
  type Reference,
  tableOf,
  transitTablesOf,
  VPN_REFERENCE,
  VPN_TABLE,
  vpcReference,
} from './generate-transit-routes.ts'
import {
  ACCOUNT,
  isAttached,
  nameTag,
  type Place,
  REGION,
  TRANSIT_GATEWAY,
  transitAttachmentId,
} from './places.ts'
import type { Random } from './random.ts'

const CREATED = '2026-03-02T07:50:00.000Z'
const ATTACHMENT_HOST = 4

export function transitResponsesOf(all: readonly Place[]) {
  const places = all.filter(isAttached)
  return {
    'ec2:DescribeTransitGateways': { TransitGateways: [gateway] },
    'ec2:DescribeTransitGatewayAttachments': {
      TransitGatewayAttachments: [
        ...places.map((place) => attachmentOf(vpcReference(place), tableOf(place))),
        attachmentOf(VPN_REFERENCE, VPN_TABLE),
      ],
    },
    'ec2:DescribeTransitGatewayVpcAttachments': { TransitGatewayVpcAttachments: places.map(vpcAttachmentOf) },
    ...transitTablesOf(places),
  }
}

const gateway = {
  TransitGatewayId: TRANSIT_GATEWAY,
  TransitGatewayArn: `arn:aws:ec2:${REGION}:${ACCOUNT}:transit-gateway/${TRANSIT_GATEWAY}`,
  State: 'available',
  OwnerId: ACCOUNT,
  Description: '',
  CreationTime: CREATED,
  Options: {
    AmazonSideAsn: 64512,
    AutoAcceptSharedAttachments: 'disable',
    DefaultRouteTableAssociation: 'disable',
    DefaultRouteTablePropagation: 'disable',
    VpnEcmpSupport: 'enable',
    DnsSupport: 'enable',
    SecurityGroupReferencingSupport: 'enable',
    MulticastSupport: 'disable',
  },
  Tags: nameTag('backbone'),
}

const attachmentOf = (reference: Reference, TransitGatewayRouteTableId: string) => ({
  ...reference,
  TransitGatewayId: TRANSIT_GATEWAY,
  TransitGatewayOwnerId: ACCOUNT,
  ResourceOwnerId: ACCOUNT,
  State: 'available',
  Association: { TransitGatewayRouteTableId, State: 'associated' },
  CreationTime: CREATED,
  Tags: nameTag(reference.ResourceId),
})

const vpcAttachmentOf = (place: Place) => ({
  TransitGatewayAttachmentId: transitAttachmentId(place.vpc),
  TransitGatewayId: TRANSIT_GATEWAY,
  VpcId: place.vpcId,
  VpcOwnerId: ACCOUNT,
  State: 'available',
  SubnetIds: place.transitSubnets.map((subnet) => subnet.id),
  CreationTime: CREATED,
  Options: {
    DnsSupport: 'enable',
    SecurityGroupReferencingSupport: place.vpc % 3 === 0 ? 'disable' : 'enable',
    Ipv6Support: 'disable',
    ApplianceModeSupport: 'disable',
  },
  Tags: nameTag(place.vpcId),
})

/** One in each zone, without groups. */
export const transitInterfacesOf = (random: Random, place: Place) =>
  place.transitSubnets.map((subnet) =>
    networkInterface(random, place, subnet, ATTACHMENT_HOST, {
      Attachment: serviceAttachment(random),
      Description: `Network Interface for Transit Gateway Attachment ${transitAttachmentId(place.vpc)}`,
      Groups: [],
      InterfaceType: 'transit_gateway',
      RequesterId: '909281473342',
      SourceDestCheck: false,
      TagSet: [],
    }),
  )
