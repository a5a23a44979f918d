/** VPCs with their subnets, gateways and peerings. */
import {
  ACCOUNT,
  cidrOf,
  id,
  internetGatewayId,
  nameTag,
  natGatewayId,
  type Place,
  PUBLIC_TIER,
  REGION,
  TIERS,
  ZONES,
} from './places.ts'

export const vpcOf = (place: Place) => ({
  OwnerId: ACCOUNT,
  InstanceTenancy: 'default',
  CidrBlockAssociationSet: [
    {
      AssociationId: id('vpc-cidr-assoc', place.vpc),
      CidrBlock: `10.${place.vpc}.0.0/16`,
      CidrBlockState: { State: 'associated' },
    },
  ],
  IsDefault: false,
  Tags: nameTag(`vpc-${place.vpc}`),
  VpcId: place.vpcId,
  State: 'available',
  CidrBlock: `10.${place.vpc}.0.0/16`,
  DhcpOptionsId: 'dopt-0a1b2c3d4e5f60718',
})

export const dnsOf = ({ vpcId: VpcId }: Place) =>
  [VpcId, { VpcId, EnableDnsSupport: { Value: true }, EnableDnsHostnames: { Value: true } }] as const

export const subnetsOf = (place: Place) =>
  [...place.subnets, ...place.transitSubnets].map((subnet) => ({
    AvailabilityZoneId: `apne1-az${subnet.zone + 1}`,
    MapPublicIpOnLaunch: false,
    OwnerId: ACCOUNT,
    AssignIpv6AddressOnCreation: false,
    Ipv6CidrBlockAssociationSet: [],
    Tags: nameTag(`${TIERS[subnet.tier] ?? 'transit'}-${ZONES[subnet.zone]}`),
    SubnetArn: `arn:aws:ec2:${REGION}:${ACCOUNT}:subnet/${subnet.id}`,
    SubnetId: subnet.id,
    State: 'available',
    VpcId: place.vpcId,
    CidrBlock: cidrOf(place, subnet),
    AvailableIpAddressCount: 3900,
    AvailabilityZone: `${REGION}${ZONES[subnet.zone]}`,
    DefaultForAz: false,
  }))

export const internetGatewayOf = (place: Place) => ({
  Attachments: [{ State: 'available', VpcId: place.vpcId }],
  InternetGatewayId: internetGatewayId(place.vpc),
  OwnerId: ACCOUNT,
  Tags: [],
})

export const natGatewaysOf = (place: Place) =>
  place.subnets
    .filter((subnet) => subnet.tier === PUBLIC_TIER)
    .map((subnet) => ({
      CreateTime: '2026-01-10T02:00:00Z',
      NatGatewayAddresses: [
        {
          AllocationId: id('eipalloc', place.vpc, subnet.zone),
          NetworkInterfaceId: id('eni', 0xffff, place.vpc, subnet.zone),
          PrivateIp: `10.${place.vpc}.${subnet.octet}.5`,
          PublicIp: `203.0.${place.vpc}.${subnet.zone + 1}`,
          IsPrimary: true,
          Status: 'succeeded',
        },
      ],
      NatGatewayId: natGatewayId(place.vpc, subnet.zone),
      State: 'available',
      SubnetId: subnet.id,
      VpcId: place.vpcId,
      ConnectivityType: 'public',
      Tags: [],
    }))

export const peeringsOf = (place: Place) =>
  place.peers
    .filter((peer) => peer.vpc > place.vpc)
    .map((peer) => ({
      AccepterVpcInfo: peeringSide(peer.vpc),
      RequesterVpcInfo: peeringSide(place.vpc),
      Status: { Code: 'active', Message: 'Active' },
      Tags: [],
      VpcPeeringConnectionId: peer.id,
    }))

const peeringSide = (vpc: number) => ({
  CidrBlock: `10.${vpc}.0.0/16`,
  CidrBlockSet: [{ CidrBlock: `10.${vpc}.0.0/16` }],
  OwnerId: ACCOUNT,
  PeeringOptions: { AllowDnsResolutionFromRemoteVpc: true },
  VpcId: id('vpc', vpc),
  Region: REGION,
})
