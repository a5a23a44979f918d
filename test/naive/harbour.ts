/**
 * A harbour in AWS's own JSON, everything open: `crane` and `office` on the quay (public subnet), `store` in the
 * warehouse (private subnet behind a NAT gateway), `ship` in a second, peered VPC, `lighthouse` in a third that is
 * peered with the ship's. A case changes what it is about.
 */
import type {
  IpPermission,
  NetworkAcl,
  NetworkAclEntry,
  Route,
  RouteTable,
  Snapshot,
  VpcPeeringConnection,
} from '../../shared/snapshot/types.ts'

const REGION = 'ap-northeast-1'
export const INTERNET_HOST = '8.8.8.8'

const everywhere: IpPermission = {
  IpProtocol: '-1',
  IpRanges: [{ CidrIp: '0.0.0.0/0' }],
  Ipv6Ranges: [{ CidrIpv6: '::/0' }],
}
export const open = (RuleNumber: number, Egress: boolean): NetworkAclEntry => ({
  RuleNumber,
  Egress,
  Protocol: '-1',
  RuleAction: 'allow',
  CidrBlock: '0.0.0.0/0',
})
const openAcl = (): NetworkAclEntry[] => [open(100, true), open(100, false)]

const local = (DestinationCidrBlock: string): Route => ({
  DestinationCidrBlock,
  GatewayId: 'local',
  Origin: 'CreateRouteTable',
  State: 'active',
})
export const route = (DestinationCidrBlock: string, target: Partial<Route>): Route => ({
  DestinationCidrBlock,
  Origin: 'CreateRoute',
  State: 'active',
  ...target,
})

interface Harbour {
  ingress: Record<'crane' | 'office' | 'store' | 'ship' | 'lighthouse', IpPermission[]>
  egress: Harbour['ingress']
  /** Groups that a place's interface has besides its own. */
  badges: string[]
  acls: Record<'quay' | 'warehouse' | 'sea' | 'rock', NetworkAclEntry[]>
  routes: Record<'quay' | 'warehouse' | 'sea' | 'rock', Route[]>
  /** The warehouse has no route table of its own, then it has the quay's (main). */
  warehouseUsesMain: boolean
  peering: { status: string; region: string }
  nat: { state: string; connectivity: string; subnet: 'quay' | 'warehouse' }
  publicAddress: Record<string, string | undefined>
  internetGateway: boolean
  prefixList: string[]
}

const openPlaces = () => ({
  crane: [everywhere],
  office: [everywhere],
  store: [everywhere],
  ship: [everywhere],
  lighthouse: [everywhere],
})
const toShip = () => route('10.1.0.0/16', { VpcPeeringConnectionId: 'pcx-harbour-ship' })
const toHarbour = () => route('10.0.0.0/16', { VpcPeeringConnectionId: 'pcx-harbour-ship' })

export const openHarbour = (): Harbour => ({
  ingress: openPlaces(),
  egress: openPlaces(),
  badges: [],
  acls: { quay: openAcl(), warehouse: openAcl(), sea: openAcl(), rock: openAcl() },
  routes: {
    quay: [local('10.0.0.0/16'), route('0.0.0.0/0', { GatewayId: 'igw-harbour' }), toShip()],
    warehouse: [local('10.0.0.0/16'), route('0.0.0.0/0', { NatGatewayId: 'nat-harbour' }), toShip()],
    sea: [
      local('10.1.0.0/16'),
      toHarbour(),
      route('10.2.0.0/16', { VpcPeeringConnectionId: 'pcx-ship-lighthouse' }),
    ],
    rock: [local('10.2.0.0/16'), route('10.1.0.0/16', { VpcPeeringConnectionId: 'pcx-ship-lighthouse' })],
  },
  warehouseUsesMain: false,
  peering: { status: 'active', region: REGION },
  nat: { state: 'available', connectivity: 'public', subnet: 'quay' },
  publicAddress: { crane: '203.0.113.7' },
  internetGateway: true,
  prefixList: ['10.0.2.0/24'],
})

const VPCS = { harbour: '10.0.0.0/16', ship: '10.1.0.0/16', lighthouse: '10.2.0.0/16' } as const
const SUBNETS = [
  ['quay', 'harbour', '10.0.1.0/24'],
  ['warehouse', 'harbour', '10.0.2.0/24'],
  ['sea', 'ship', '10.1.1.0/24'],
  ['rock', 'lighthouse', '10.2.1.0/24'],
] as const
const PLACES = [
  ['crane', 'quay', 'harbour', '10.0.1.10'],
  ['office', 'quay', 'harbour', '10.0.1.20'],
  ['store', 'warehouse', 'harbour', '10.0.2.10'],
  ['ship', 'sea', 'ship', '10.1.1.10'],
  ['lighthouse', 'rock', 'lighthouse', '10.2.1.10'],
] as const

export function snapshotOf(harbour: Harbour): Snapshot {
  const responses = {
    'ec2:DescribeVpcs': {
      Vpcs: Object.entries(VPCS).map(([name, CidrBlock]) => ({
        VpcId: `vpc-${name}`,
        CidrBlock,
        CidrBlockAssociationSet: [{ CidrBlock, CidrBlockState: { State: 'associated' } }],
      })),
    },
    'ec2:DescribeSubnets': {
      Subnets: SUBNETS.map(([name, vpc, CidrBlock]) => ({
        SubnetId: `subnet-${name}`,
        VpcId: `vpc-${vpc}`,
        CidrBlock,
      })),
    },
    'ec2:DescribeNetworkInterfaces': {
      NetworkInterfaces: PLACES.map((place) => interfaceOf(harbour, place)),
    },
    'ec2:DescribeSecurityGroups': {
      SecurityGroups: [
        ...PLACES.map(([name, , vpc]) => ({
          GroupId: `sg-${name}`,
          VpcId: `vpc-${vpc}`,
          IpPermissions: harbour.ingress[name],
          IpPermissionsEgress: harbour.egress[name],
        })),
        {
          GroupId: 'sg-badge',
          VpcId: 'vpc-harbour',
          IpPermissions: [everywhere],
          IpPermissionsEgress: [everywhere],
        },
      ],
    },
    'ec2:DescribeNetworkAcls': { NetworkAcls: SUBNETS.map(([name, vpc]) => aclOf(harbour, name, vpc)) },
    'ec2:DescribeRouteTables': { RouteTables: SUBNETS.map(([name, vpc]) => tableOf(harbour, name, vpc)) },
    'ec2:DescribeInternetGateways': {
      InternetGateways: harbour.internetGateway
        ? [{ InternetGatewayId: 'igw-harbour', Attachments: [{ State: 'available', VpcId: 'vpc-harbour' }] }]
        : [],
    },
    'ec2:DescribeNatGateways': {
      NatGateways: [
        {
          NatGatewayId: 'nat-harbour',
          VpcId: 'vpc-harbour',
          SubnetId: `subnet-${harbour.nat.subnet}`,
          State: harbour.nat.state,
          ConnectivityType: harbour.nat.connectivity,
          NatGatewayAddresses: [
            {
              PrivateIp: '10.0.1.200',
              ...(harbour.nat.connectivity === 'public' ? { PublicIp: '198.51.100.9' } : {}),
            },
          ],
        },
      ],
    },
    'ec2:DescribeVpcPeeringConnections': { VpcPeeringConnections: peeringsOf(harbour) },
    'ec2:DescribeVpcBlockPublicAccessOptions': {
      VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: 'off' },
    },
    'ec2:DescribeVpcBlockPublicAccessExclusions': { VpcBlockPublicAccessExclusions: [] },
    'ec2:GetManagedPrefixListEntries': {
      'pl-stores': { Entries: harbour.prefixList.map((Cidr) => ({ Cidr })) },
    },
  }
  const scope = {
    accountId: '111122223333',
    region: REGION,
    coverage: 'region' as const,
    responses,
    errors: {},
  }
  return { schemaVersion: '1', collectedAt: '2026-11-20T03:00:00Z', scopes: [scope] }
}

function interfaceOf(harbour: Harbour, [name, subnet, vpc, PrivateIpAddress]: (typeof PLACES)[number]) {
  const PublicIp = harbour.publicAddress[name]
  return {
    NetworkInterfaceId: `eni-${name}`,
    VpcId: `vpc-${vpc}`,
    SubnetId: `subnet-${subnet}`,
    PrivateIpAddress,
    Groups: [{ GroupId: `sg-${name}` }, ...(harbour.badges.includes(name) ? [{ GroupId: 'sg-badge' }] : [])],
    ...(PublicIp ? { Association: { PublicIp } } : {}),
  }
}

const aclOf = (harbour: Harbour, name: keyof Harbour['acls'], vpc: string): NetworkAcl => ({
  NetworkAclId: `acl-${name}`,
  VpcId: `vpc-${vpc}`,
  IsDefault: false,
  Associations: [{ SubnetId: `subnet-${name}`, NetworkAclId: `acl-${name}` }],
  Entries: [
    { ...open(32767, true), RuleAction: 'deny' },
    { ...open(32767, false), RuleAction: 'deny' },
    ...harbour.acls[name],
  ],
})

const tableOf = (harbour: Harbour, name: keyof Harbour['routes'], vpc: string): RouteTable => ({
  RouteTableId: `rtb-${name}`,
  VpcId: `vpc-${vpc}`,
  Associations:
    name === 'warehouse'
      ? harbour.warehouseUsesMain
        ? []
        : [{ SubnetId: 'subnet-warehouse', Main: false }]
      : [{ Main: true }],
  Routes: harbour.routes[name],
})

function peeringsOf(harbour: Harbour): VpcPeeringConnection[] {
  const side = (name: keyof typeof VPCS, Region = REGION) => ({
    VpcId: `vpc-${name}`,
    Region,
    CidrBlock: VPCS[name],
    CidrBlockSet: [{ CidrBlock: VPCS[name] }],
  })
  return [
    {
      VpcPeeringConnectionId: 'pcx-harbour-ship',
      RequesterVpcInfo: side('harbour'),
      AccepterVpcInfo: side('ship', harbour.peering.region),
      Status: { Code: harbour.peering.status },
    },
    {
      VpcPeeringConnectionId: 'pcx-ship-lighthouse',
      RequesterVpcInfo: side('ship'),
      AccepterVpcInfo: side('lighthouse'),
      Status: { Code: 'active' },
    },
  ]
}

export type { Harbour }
