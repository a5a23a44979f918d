/**
 * Realistic snapshots of any size, deterministic: three-tier VPCs over three zones, peered with a hub and a
 * neighbour, with the fields that AWS really returns.
 */
import { interfaceOf } from './generate-interfaces.ts'
import { aclsOf, groupsOf, routeTablesOf } from './generate-rules.ts'
import {
  ACCOUNT,
  id,
  internetGatewayId,
  natGatewayId,
  type Place,
  placeOf,
  PREFIX_LIST,
  REGION,
  TIERS,
  ZONES,
} from './places.ts'
import { randomOf } from './random.ts'

const INTERFACES_PER_VPC = 2000
const SMALLEST_NUMBER_OF_VPCS = 2

/** @param interfaces how many network interfaces; at 100,000 there are 50 VPCs and 10,000 security groups */
export function generateSnapshot(interfaces: number, seed: number) {
  const random = randomOf(seed)
  const vpcs = Math.max(SMALLEST_NUMBER_OF_VPCS, Math.round(interfaces / INTERFACES_PER_VPC))
  const places = Array.from({ length: vpcs }, (_, vpc) => placeOf(vpc, vpcs, interfaces))
  const networkInterfaces = Array.from({ length: interfaces }, (_, number) => {
    const place = places[number % vpcs] as Place
    return interfaceOf(random, place, Math.floor(number / vpcs))
  })
  const responses = {
    'ec2:DescribeVpcs': { Vpcs: places.map(vpcOf) },
    'ec2:DescribeSubnets': { Subnets: places.flatMap(subnetsOf) },
    'ec2:DescribeNetworkInterfaces': { NetworkInterfaces: networkInterfaces },
    'ec2:DescribeInstances': { Reservations: [] },
    'ec2:DescribeSecurityGroups': {
      SecurityGroups: places.flatMap((place) => groupsOf(random, place, places)),
    },
    'ec2:DescribeSecurityGroupVpcAssociations': { SecurityGroupVpcAssociations: [] },
    'ec2:DescribeNetworkAcls': { NetworkAcls: places.flatMap((place) => aclsOf(random, place)) },
    'ec2:DescribeRouteTables': { RouteTables: places.flatMap((place) => routeTablesOf(random, place)) },
    'ec2:DescribeInternetGateways': { InternetGateways: places.map(internetGatewayOf) },
    'ec2:DescribeEgressOnlyInternetGateways': { EgressOnlyInternetGateways: [] },
    'ec2:DescribeNatGateways': { NatGateways: places.flatMap(natGatewaysOf) },
    'ec2:DescribeVpnGateways': { VpnGateways: [] },
    'ec2:DescribeVpcEndpoints': { VpcEndpoints: [] },
    'ec2:DescribeVpcPeeringConnections': { VpcPeeringConnections: places.flatMap(peeringsOf) },
    'ec2:DescribeTransitGateways': { TransitGateways: [] },
    'ec2:DescribeTransitGatewayAttachments': { TransitGatewayAttachments: [] },
    'ec2:DescribeTransitGatewayVpcAttachments': { TransitGatewayVpcAttachments: [] },
    'ec2:DescribeTransitGatewayRouteTables': { TransitGatewayRouteTables: [] },
    'ec2:DescribeManagedPrefixLists': {
      PrefixLists: [
        {
          PrefixListId: PREFIX_LIST,
          AddressFamily: 'IPv4',
          State: 'create-complete',
          PrefixListArn: `arn:aws:ec2:${REGION}:${ACCOUNT}:prefix-list/${PREFIX_LIST}`,
          PrefixListName: 'offices',
          MaxEntries: 20,
          Version: 3,
          Tags: [],
          OwnerId: ACCOUNT,
        },
      ],
    },
    'ec2:GetManagedPrefixListEntries': {
      [PREFIX_LIST]: {
        Entries: Array.from({ length: 12 }, (_, office) => ({ Cidr: `192.168.${office * 4}.0/22` })),
      },
    },
    'ec2:DescribeVpcBlockPublicAccessOptions': {
      VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: 'off', State: 'default-state' },
    },
    'ec2:DescribeVpcBlockPublicAccessExclusions': { VpcBlockPublicAccessExclusions: [] },
    'elasticloadbalancing:DescribeLoadBalancers': { LoadBalancers: [] },
    'elasticloadbalancing:DescribeTargetGroups': { TargetGroups: [] },
  }
  return {
    schemaVersion: '1',
    collectedAt: '2026-11-20T03:00:00Z',
    scopes: [{ accountId: ACCOUNT, region: REGION, coverage: 'region', responses, errors: {} }],
  }
}

const nameTag = (Value: string) => [
  { Key: 'Name', Value },
  { Key: 'aws:cloudformation:stack-name', Value: `network-${Value}` },
]

const vpcOf = (place: Place) => ({
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

const subnetsOf = (place: Place) =>
  place.subnets.map((subnet) => ({
    AvailabilityZoneId: `apne1-az${subnet.zone + 1}`,
    MapPublicIpOnLaunch: false,
    OwnerId: ACCOUNT,
    AssignIpv6AddressOnCreation: false,
    Ipv6CidrBlockAssociationSet: [],
    Tags: nameTag(`${TIERS[subnet.tier]}-${ZONES[subnet.zone]}`),
    SubnetArn: `arn:aws:ec2:${REGION}:${ACCOUNT}:subnet/${subnet.id}`,
    SubnetId: subnet.id,
    State: 'available',
    VpcId: place.vpcId,
    CidrBlock: `10.${place.vpc}.${subnet.octet}.0/20`,
    AvailableIpAddressCount: 3900,
    AvailabilityZone: `${REGION}${ZONES[subnet.zone]}`,
    DefaultForAz: false,
  }))

const internetGatewayOf = (place: Place) => ({
  Attachments: [{ State: 'available', VpcId: place.vpcId }],
  InternetGatewayId: internetGatewayId(place.vpc),
  OwnerId: ACCOUNT,
  Tags: [],
})

const natGatewaysOf = (place: Place) =>
  place.subnets
    .filter((subnet) => subnet.tier === 0)
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

const peeringsOf = (place: Place) =>
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
