/** The archipelago in AWS's own JSON. */
import type { NetworkAclEntry, Snapshot } from '../../shared/snapshot/types.ts'
import {
  type Archipelago,
  NATS,
  PLACES,
  type PlaceName,
  SUBNETS,
  type SubnetName,
  VPCS,
} from './archipelago.ts'

const REGION = 'ap-northeast-1'
const TABLE = 'tgw-rtb-timetable'

const entriesOf = <K extends string, V>(record: Readonly<Record<K, V>>) => Object.entries(record) as [K, V][]

export function archipelagoSnapshot(world: Archipelago): Snapshot {
  const scope = {
    accountId: '111122223333',
    region: REGION,
    coverage: 'region' as const,
    responses: { ...vpcResponses(world), ...gatewayResponses(world), ...ferryResponses(world) },
    errors: {},
  }
  return { schemaVersion: '1', collectedAt: '2026-11-20T03:00:00Z', scopes: [scope] }
}

const vpcResponses = (world: Archipelago) => ({
  'ec2:DescribeVpcs': {
    Vpcs: entriesOf(VPCS).map(([name, { cidr, ipv6 }]) => ({
      VpcId: `vpc-${name}`,
      OwnerId: '111122223333',
      CidrBlock: cidr,
      CidrBlockAssociationSet: [{ CidrBlock: cidr, CidrBlockState: { State: 'associated' } }],
      Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: ipv6, Ipv6CidrBlockState: { State: 'associated' } }],
    })),
  },
  'ec2:DescribeSubnets': {
    Subnets: entriesOf(SUBNETS).map(([name, { vpc, zone, cidr }]) => ({
      SubnetId: `subnet-${name}`,
      VpcId: `vpc-${vpc}`,
      CidrBlock: cidr,
      AvailabilityZone: `${REGION}${zone}`,
    })),
  },
  'ec2:DescribeNetworkInterfaces': { NetworkInterfaces: entriesOf(PLACES).map(interfaceOf) },
  'ec2:DescribeSecurityGroups': {
    SecurityGroups: entriesOf(PLACES).map(([name, { subnet }]) => ({
      GroupId: `sg-${name}`,
      VpcId: `vpc-${SUBNETS[subnet].vpc}`,
      IpPermissions: world.ingress[name],
      IpPermissionsEgress: world.egress[name],
    })),
  },
  'ec2:DescribeSecurityGroupVpcAssociations': { SecurityGroupVpcAssociations: [] },
  'ec2:DescribeNetworkAcls': { NetworkAcls: entriesOf(SUBNETS).map(([name]) => aclOf(world, name)) },
  'ec2:DescribeRouteTables': {
    RouteTables: entriesOf(SUBNETS).map(([name, { vpc }]) => ({
      RouteTableId: `rtb-${name}`,
      VpcId: `vpc-${vpc}`,
      Associations: [{ SubnetId: `subnet-${name}`, Main: false }],
      Routes: world.routes[name],
    })),
  },
})

const interfaceOf = ([name, { subnet, address, ipv6 }]: [PlaceName, (typeof PLACES)[PlaceName]]) => ({
  NetworkInterfaceId: `eni-${name}`,
  VpcId: `vpc-${SUBNETS[subnet].vpc}`,
  SubnetId: `subnet-${subnet}`,
  PrivateIpAddress: address,
  Ipv6Addresses: [{ Ipv6Address: ipv6 }],
  Groups: [{ GroupId: `sg-${name}` }],
})

const deny = (Egress: boolean): NetworkAclEntry[] => {
  const entry = { Egress, Protocol: '-1', RuleAction: 'deny' }
  return [
    { ...entry, RuleNumber: 32767, CidrBlock: '0.0.0.0/0' },
    { ...entry, RuleNumber: 32768, Ipv6CidrBlock: '::/0' },
  ]
}

const aclOf = (world: Archipelago, name: SubnetName) => ({
  NetworkAclId: `acl-${name}`,
  VpcId: `vpc-${SUBNETS[name].vpc}`,
  IsDefault: false,
  Associations: [{ SubnetId: `subnet-${name}`, NetworkAclId: `acl-${name}` }],
  Entries: [...deny(true), ...deny(false), ...world.acls[name]],
})

const gatewayResponses = (world: Archipelago) => ({
  'ec2:DescribeInternetGateways': {
    InternetGateways: [
      { InternetGatewayId: 'igw-strait', Attachments: [{ State: 'available', VpcId: 'vpc-strait' }] },
    ],
  },
  'ec2:DescribeEgressOnlyInternetGateways': {
    EgressOnlyInternetGateways: [
      {
        EgressOnlyInternetGatewayId: 'eigw-island',
        Attachments: [{ State: 'attached', VpcId: `vpc-${world.egressOnly.vpc}` }],
      },
    ],
  },
  'ec2:DescribeNatGateways': {
    NatGateways: entriesOf(NATS).map(([name, { vpc, address }]) => ({
      NatGatewayId: `nat-${name}`,
      VpcId: `vpc-${vpc}`,
      SubnetId: `subnet-${name}`,
      State: world.nats[name].state,
      ConnectivityType: world.nats[name].connectivity,
      NatGatewayAddresses: [
        {
          PrivateIp: address,
          IsPrimary: true,
          ...(world.nats[name].connectivity === 'public' ? { PublicIp: '198.51.100.9' } : {}),
        },
      ],
    })),
  },
  'ec2:DescribeVpcEndpoints': {
    VpcEndpoints: [
      {
        VpcEndpointId: 'vpce-parcels',
        VpcEndpointType: 'Gateway',
        VpcId: `vpc-${world.endpoint.vpc}`,
        ServiceName: `com.amazonaws.${REGION}.s3`,
        State: world.endpoint.state,
      },
    ],
  },
  'ec2:GetManagedPrefixListEntries': { 'pl-parcels': { Entries: [{ Cidr: '52.219.0.0/20' }] } },
  'ec2:DescribeVpcPeeringConnections': {
    VpcPeeringConnections: [
      {
        VpcPeeringConnectionId: 'pcx-rope',
        RequesterVpcInfo: peeringSide('island'),
        AccepterVpcInfo: peeringSide(world.ropeEnd),
        Status: { Code: 'active' },
      },
    ],
  },
  'ec2:DescribeVpcBlockPublicAccessOptions': {
    VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: 'off' },
  },
  'ec2:DescribeVpcBlockPublicAccessExclusions': { VpcBlockPublicAccessExclusions: [] },
})

const peeringSide = (name: keyof typeof VPCS) => ({
  VpcId: `vpc-${name}`,
  Region: REGION,
  CidrBlock: VPCS[name].cidr,
  CidrBlockSet: [{ CidrBlock: VPCS[name].cidr }],
  Ipv6CidrBlockSet: [{ Ipv6CidrBlock: VPCS[name].ipv6 }],
})

function ferryResponses({ ferry, attachments, timetable }: Archipelago) {
  const TransitGatewayId = 'tgw-ferry'
  const landings = entriesOf(attachments).map(([name, attachment]) => {
    const id = { TransitGatewayAttachmentId: `tgw-attach-${name}` }
    return { name, attachment, id, shared: { ...id, TransitGatewayId, State: attachment.state } }
  })
  const resource = (name: string) => ({ ResourceType: 'vpc', ResourceId: `vpc-${name}` })
  return {
    'ec2:DescribeTransitGateways': {
      TransitGateways: [
        {
          TransitGatewayId,
          State: ferry.state,
          Options: { SecurityGroupReferencingSupport: ferry.referencing },
        },
      ],
    },
    'ec2:DescribeTransitGatewayAttachments': {
      TransitGatewayAttachments: landings.map(({ name, attachment, shared }) => ({
        ...shared,
        ...resource(name),
        Association: { TransitGatewayRouteTableId: TABLE, State: attachment.association },
      })),
    },
    'ec2:DescribeTransitGatewayVpcAttachments': {
      TransitGatewayVpcAttachments: landings.map(({ name, attachment, shared }) => ({
        ...shared,
        VpcId: `vpc-${name}`,
        SubnetIds: attachment.subnets.map((subnet) => `subnet-${subnet}`),
        Options: {
          Ipv6Support: attachment.ipv6,
          SecurityGroupReferencingSupport: attachment.referencing,
          ApplianceModeSupport: attachment.applianceMode,
        },
      })),
    },
    'ec2:DescribeTransitGatewayRouteTables': {
      TransitGatewayRouteTables: [
        { TransitGatewayRouteTableId: TABLE, TransitGatewayId, State: 'available' },
      ],
    },
    'ec2:SearchTransitGatewayRoutes': {
      [TABLE]: { Routes: timetable, AdditionalRoutesAvailable: false },
    },
    'ec2:GetTransitGatewayRouteTableAssociations': {
      [TABLE]: {
        Associations: landings.map(({ name, attachment, id }) => ({
          ...id,
          ...resource(name),
          State: attachment.association,
        })),
      },
    },
    'ec2:GetTransitGatewayRouteTablePropagations': {
      [TABLE]: {
        TransitGatewayRouteTablePropagations: landings.map(({ name, id }) => ({
          ...id,
          ...resource(name),
          State: 'enabled',
        })),
      },
    },
  }
}
