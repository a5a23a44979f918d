/** What the analysis reads of transit gateways and VPN gateways. Shapes: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/ */
import * as z from 'zod'
import { flag, ipv4Cidr, ipv6Cidr, list, tags, text } from './common.ts'

export const transitGateway = z.object({
  TransitGatewayId: z.string(),
  OwnerId: text,
  State: text,
  Options: z
    .object({ SecurityGroupReferencingSupport: text, AssociationDefaultRouteTableId: text })
    .optional(),
  Tags: tags,
})

/** Every kind of attachment; `ResourceId` of a peering is the other transit gateway. */
export const transitGatewayAttachment = z.object({
  TransitGatewayAttachmentId: z.string(),
  TransitGatewayId: text,
  TransitGatewayOwnerId: text,
  ResourceType: text,
  ResourceId: text,
  ResourceOwnerId: text,
  State: text,
  Association: z.object({ TransitGatewayRouteTableId: text, State: text }).optional(),
  Tags: tags,
})

export const transitGatewayVpcAttachment = z.object({
  TransitGatewayAttachmentId: z.string(),
  TransitGatewayId: text,
  VpcId: text,
  VpcOwnerId: text,
  State: text,
  SubnetIds: list(z.string()),
  Options: z
    .object({ SecurityGroupReferencingSupport: text, Ipv6Support: text, ApplianceModeSupport: text })
    .optional(),
  Tags: tags,
})

export const transitGatewayRouteTable = z.object({
  TransitGatewayRouteTableId: z.string(),
  TransitGatewayId: text,
  State: text,
  DefaultAssociationRouteTable: flag,
  Tags: tags,
})

export const transitGatewayRoute = z.object({
  DestinationCidrBlock: z.union([ipv4Cidr, ipv6Cidr], { error: 'not a CIDR block' }).optional(),
  PrefixListId: text,
  /** static or propagated. */
  Type: text,
  State: text,
  TransitGatewayAttachments: list(
    z.object({ TransitGatewayAttachmentId: text, ResourceType: text, ResourceId: text }),
  ),
})

export const transitGatewayAssociation = z.object({
  TransitGatewayAttachmentId: text,
  ResourceId: text,
  ResourceType: text,
  State: text,
})

export const vpnGateway = z.object({
  VpnGatewayId: z.string(),
  State: text,
  VpcAttachments: list(z.object({ VpcId: text, State: text })),
  Tags: tags,
})

export const egressOnlyInternetGateway = z.object({
  EgressOnlyInternetGatewayId: z.string(),
  Attachments: list(z.object({ VpcId: text, State: text })),
  Tags: tags,
})

export const securityGroupVpcAssociation = z.object({
  GroupId: text,
  VpcId: text,
  VpcOwnerId: text,
  State: text,
})
