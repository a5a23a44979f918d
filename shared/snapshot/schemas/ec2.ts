/** What the analysis reads of EC2's responses. Shapes: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/ */
import * as z from 'zod'
import {
  flag,
  icmpNumber,
  int,
  ipv4Address,
  ipv4Cidr,
  ipv6Address,
  ipv6Cidr,
  list,
  rulePort,
  tags,
  text,
} from './common.ts'

export const vpc = z.object({
  VpcId: z.string(),
  CidrBlock: ipv4Cidr.optional(),
  OwnerId: text,
  IsDefault: flag,
  CidrBlockAssociationSet: list(
    z.object({ CidrBlock: ipv4Cidr.optional(), CidrBlockState: z.object({ State: text }).optional() }),
  ),
  Ipv6CidrBlockAssociationSet: list(
    z.object({
      Ipv6CidrBlock: ipv6Cidr.optional(),
      Ipv6CidrBlockState: z.object({ State: text }).optional(),
    }),
  ),
  Tags: tags,
})

export const subnet = z.object({
  SubnetId: z.string(),
  VpcId: text,
  CidrBlock: ipv4Cidr.optional(),
  AvailabilityZone: text,
  AvailabilityZoneId: text,
  AvailableIpAddressCount: int,
  MapPublicIpOnLaunch: flag,
  OutpostArn: text,
  OwnerId: text,
  Ipv6CidrBlockAssociationSet: list(
    z.object({
      Ipv6CidrBlock: ipv6Cidr.optional(),
      Ipv6CidrBlockState: z.object({ State: text }).optional(),
    }),
  ),
  Tags: tags,
})

const association = z.object({ PublicIp: text, IpOwnerId: text, AllocationId: text })

export const networkInterface = z.object({
  NetworkInterfaceId: z.string(),
  VpcId: text,
  SubnetId: text,
  AvailabilityZone: text,
  Description: text,
  InterfaceType: text,
  RequesterId: text,
  RequesterManaged: flag,
  OwnerId: text,
  Status: text,
  SourceDestCheck: flag,
  PrivateIpAddress: ipv4Address.optional(),
  PrivateIpAddresses: list(
    z.object({
      PrivateIpAddress: ipv4Address.optional(),
      Primary: flag,
      Association: association.optional(),
    }),
  ),
  Ipv6Addresses: list(z.object({ Ipv6Address: ipv6Address.optional() })),
  Association: association.optional(),
  Attachment: z
    .object({ InstanceId: text, DeviceIndex: int, Status: text, AttachmentId: text, InstanceOwnerId: text })
    .optional(),
  Groups: list(z.object({ GroupId: z.string(), GroupName: text })),
  TagSet: tags,
})

export const instance = z.object({
  InstanceId: z.string(),
  State: z.object({ Name: text }).optional(),
  PrivateIpAddress: text,
  SubnetId: text,
  VpcId: text,
  SecurityGroups: list(z.object({ GroupId: z.string(), GroupName: text })),
  NetworkInterfaces: list(
    z.object({
      NetworkInterfaceId: z.string(),
      PrivateIpAddress: text,
      Attachment: z.object({ DeviceIndex: int, Status: text }).optional(),
    }),
  ),
  Tags: tags,
})

export const ipPermission = z.object({
  IpProtocol: text,
  FromPort: rulePort,
  ToPort: rulePort,
  IpRanges: list(z.object({ CidrIp: ipv4Cidr.optional(), Description: text })),
  Ipv6Ranges: list(z.object({ CidrIpv6: ipv6Cidr.optional(), Description: text })),
  PrefixListIds: list(z.object({ PrefixListId: text, Description: text })),
  UserIdGroupPairs: list(
    z.object({
      GroupId: text,
      GroupName: text,
      UserId: text,
      VpcId: text,
      VpcPeeringConnectionId: text,
      PeeringStatus: text,
      Description: text,
    }),
  ),
})

export const securityGroup = z.object({
  GroupId: z.string(),
  GroupName: text,
  Description: text,
  VpcId: text,
  OwnerId: text,
  IpPermissions: list(ipPermission),
  IpPermissionsEgress: list(ipPermission),
  Tags: tags,
})

export const networkAclEntry = z.object({
  RuleNumber: z.number().int(),
  Egress: z.boolean(),
  Protocol: z.string(),
  RuleAction: z.string(),
  CidrBlock: ipv4Cidr.optional(),
  Ipv6CidrBlock: ipv6Cidr.optional(),
  PortRange: z.object({ From: rulePort, To: rulePort }).optional(),
  IcmpTypeCode: z.object({ Type: icmpNumber, Code: icmpNumber }).optional(),
})

export const networkAcl = z.object({
  NetworkAclId: z.string(),
  VpcId: text,
  IsDefault: flag,
  Associations: list(z.object({ NetworkAclAssociationId: text, NetworkAclId: text, SubnetId: text })),
  Entries: list(networkAclEntry),
  Tags: tags,
})

export const route = z.object({
  DestinationCidrBlock: ipv4Cidr.optional(),
  DestinationIpv6CidrBlock: ipv6Cidr.optional(),
  DestinationPrefixListId: text,
  GatewayId: text,
  NatGatewayId: text,
  TransitGatewayId: text,
  VpcPeeringConnectionId: text,
  NetworkInterfaceId: text,
  InstanceId: text,
  EgressOnlyInternetGatewayId: text,
  LocalGatewayId: text,
  CarrierGatewayId: text,
  CoreNetworkArn: text,
  Origin: text,
  State: text,
})

export const routeTable = z.object({
  RouteTableId: z.string(),
  VpcId: text,
  Associations: list(
    z.object({
      RouteTableAssociationId: text,
      SubnetId: text,
      GatewayId: text,
      Main: flag,
      AssociationState: z.object({ State: text }).optional(),
    }),
  ),
  Routes: list(route),
  PropagatingVgws: list(z.object({ GatewayId: text })),
  Tags: tags,
})

export const internetGateway = z.object({
  InternetGatewayId: z.string(),
  Attachments: list(z.object({ State: text, VpcId: text })),
  Tags: tags,
})

export const natGateway = z.object({
  NatGatewayId: z.string(),
  VpcId: text,
  SubnetId: text,
  State: text,
  ConnectivityType: text,
  AvailabilityMode: text,
  RouteTableId: text,
  NatGatewayAddresses: list(
    z.object({
      PublicIp: text,
      PrivateIp: text,
      NetworkInterfaceId: text,
      AvailabilityZone: text,
      AvailabilityZoneId: text,
      IsPrimary: flag,
      Status: text,
    }),
  ),
  Tags: tags,
})

export const vpcEndpoint = z.object({
  VpcEndpointId: z.string(),
  VpcEndpointType: text,
  VpcId: text,
  ServiceName: text,
  State: text,
  PolicyDocument: text,
  PrivateDnsEnabled: flag,
  DnsOptions: z.object({ DnsRecordIpType: text, PrivateDnsOnlyForInboundResolverEndpoint: flag }).optional(),
  RouteTableIds: list(z.string()),
  SubnetIds: list(z.string()),
  NetworkInterfaceIds: list(z.string()),
  Groups: list(z.object({ GroupId: z.string(), GroupName: text })),
  Tags: tags,
})

const peeringSide = z.object({
  VpcId: text,
  OwnerId: text,
  Region: text,
  CidrBlock: text,
  CidrBlockSet: list(z.object({ CidrBlock: ipv4Cidr.optional() })),
  Ipv6CidrBlockSet: list(z.object({ Ipv6CidrBlock: ipv6Cidr.optional() })),
})

export const vpcPeeringConnection = z.object({
  VpcPeeringConnectionId: z.string(),
  AccepterVpcInfo: peeringSide.optional(),
  RequesterVpcInfo: peeringSide.optional(),
  Status: z.object({ Code: text, Message: text }).optional(),
})

export const managedPrefixList = z.object({
  PrefixListId: z.string(),
  PrefixListName: text,
  AddressFamily: text,
  OwnerId: text,
  State: text,
})

export const prefixListEntry = z.object({
  Cidr: z.union([ipv4Cidr, ipv6Cidr], { error: 'not a CIDR block' }).optional(),
  Description: text,
})

export const blockPublicAccessOptions = z.object({ InternetGatewayBlockMode: text, State: text })

export const blockPublicAccessExclusion = z.object({
  ExclusionId: z.string(),
  InternetGatewayExclusionMode: text,
  ResourceArn: text,
  State: text,
})

export const availabilityZone = z.object({ ZoneName: text, ZoneId: text, ZoneType: text, State: text })
