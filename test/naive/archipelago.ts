/**
 * Islands and a ferry (a transit gateway), everything open. `boat` lies at the beach (zone a), `baker` is in the
 * village (zone c), both on the island; `crane` (zone a) and `grocer` (zone c) are on the mainland. The ferry lands at
 * subnets of its own in zone a (pier, berth), and where the people are in zone c. The way to the internet leads over
 * the strait: ferry, buoy, NAT gateway in the lock, internet gateway. The `hermit` sits on a rock that is peered with
 * the island. In the island's cave is a private NAT gateway that nothing leads to; parcels go by a gateway endpoint.
 */
import type { IpPermission, NetworkAclEntry, Route } from '../../shared/snapshot/types.ts'
import type { TransitRoute } from './aws.ts'

export const INTERNET_HOST = '8.8.8.8'
export const INTERNET_IPV6 = '2606:4700:4700::1111'
/** Behind the gateway endpoint. */
export const PARCELS = '52.219.4.4'

export const VPCS = {
  island: { cidr: '10.10.0.0/16', ipv6: '2600:1f18:0:a00::/56' },
  mainland: { cidr: '10.20.0.0/16', ipv6: '2600:1f18:0:b00::/56' },
  strait: { cidr: '10.30.0.0/16', ipv6: '2600:1f18:0:c00::/56' },
  rock: { cidr: '10.40.0.0/16', ipv6: '2600:1f18:0:d00::/56' },
} as const
export const SUBNETS = {
  beach: { vpc: 'island', zone: 'a', cidr: '10.10.1.0/24' },
  village: { vpc: 'island', zone: 'c', cidr: '10.10.2.0/24' },
  cave: { vpc: 'island', zone: 'a', cidr: '10.10.3.0/24' },
  pier: { vpc: 'island', zone: 'a', cidr: '10.10.9.0/24' },
  dock: { vpc: 'mainland', zone: 'a', cidr: '10.20.1.0/24' },
  market: { vpc: 'mainland', zone: 'c', cidr: '10.20.2.0/24' },
  berth: { vpc: 'mainland', zone: 'a', cidr: '10.20.9.0/24' },
  buoy: { vpc: 'strait', zone: 'a', cidr: '10.30.1.0/24' },
  lock: { vpc: 'strait', zone: 'a', cidr: '10.30.2.0/24' },
  ledge: { vpc: 'rock', zone: 'a', cidr: '10.40.1.0/24' },
} as const
export const PLACES = {
  boat: { subnet: 'beach', address: '10.10.1.10', ipv6: '2600:1f18:0:a01::10' },
  baker: { subnet: 'village', address: '10.10.2.10', ipv6: '2600:1f18:0:a02::10' },
  crane: { subnet: 'dock', address: '10.20.1.10', ipv6: '2600:1f18:0:b01::10' },
  grocer: { subnet: 'market', address: '10.20.2.10', ipv6: '2600:1f18:0:b02::10' },
  hermit: { subnet: 'ledge', address: '10.40.1.10', ipv6: '2600:1f18:0:d01::10' },
} as const
export const NATS = {
  cave: { vpc: 'island', address: '10.10.3.200' },
  lock: { vpc: 'strait', address: '10.30.2.200' },
} as const

export type SubnetName = keyof typeof SUBNETS
export type PlaceName = keyof typeof PLACES
type Landing = 'island' | 'mainland' | 'strait'

interface Attachment {
  state: string
  subnets: SubnetName[]
  ipv6: string
  referencing: string
  applianceMode: string
  association: string
}

export interface Archipelago {
  ingress: Record<PlaceName, IpPermission[]>
  egress: Record<PlaceName, IpPermission[]>
  acls: Record<SubnetName, NetworkAclEntry[]>
  routes: Record<SubnetName, Route[]>
  ferry: { state: string; referencing: string }
  attachments: Record<Landing, Attachment>
  /** The one route table of the transit gateway. */
  timetable: Omit<TransitRoute, 'table'>[]
  nats: Record<keyof typeof NATS, { connectivity: string; state: string }>
  /** Where the peering connection from the island ends. */
  ropeEnd: 'rock' | 'mainland'
  endpoint: { state: string; vpc: string }
  egressOnly: { vpc: string }
}

const everywhere: IpPermission = {
  IpProtocol: '-1',
  IpRanges: [{ CidrIp: '0.0.0.0/0' }],
  Ipv6Ranges: [{ CidrIpv6: '::/0' }],
}
const everybody = () => Object.fromEntries(Object.keys(PLACES).map((name) => [name, [everywhere]]))

/** Number 100, and the same for IPv6. */
const allow = (Egress: boolean): NetworkAclEntry[] => {
  const entry = { Egress, Protocol: '-1', RuleAction: 'allow' }
  return [
    { ...entry, RuleNumber: 100, CidrBlock: '0.0.0.0/0' },
    { ...entry, RuleNumber: 101, Ipv6CidrBlock: '::/0' },
  ]
}

export function route(to: string, target: Partial<Route>): Route {
  const destination = to.startsWith('pl-')
    ? { DestinationPrefixListId: to }
    : to.includes(':')
      ? { DestinationIpv6CidrBlock: to }
      : { DestinationCidrBlock: to }
  return { ...destination, Origin: 'CreateRoute', State: 'active', ...target }
}
const local = (vpc: keyof typeof VPCS): Route[] =>
  [VPCS[vpc].cidr, VPCS[vpc].ipv6].map((to) => route(to, { GatewayId: 'local', Origin: 'CreateRouteTable' }))

export const ferry = { TransitGatewayId: 'tgw-ferry' }
export const rope = { VpcPeeringConnectionId: 'pcx-rope' }
export const cave = { NatGatewayId: 'nat-cave' }
const byFerry = (...to: string[]) => to.map((cidr) => route(cidr, ferry))

const island = (): Route[] => [
  ...local('island'),
  ...byFerry('0.0.0.0/0', VPCS.mainland.cidr, VPCS.mainland.ipv6),
  route('::/0', { EgressOnlyInternetGatewayId: 'eigw-island' }),
  route(VPCS.rock.cidr, rope),
  route(VPCS.rock.ipv6, rope),
  route('pl-parcels', { GatewayId: 'vpce-parcels' }),
]
const mainland = (): Route[] => [
  ...local('mainland'),
  ...byFerry('0.0.0.0/0', VPCS.island.cidr, VPCS.island.ipv6),
]

const attachment = (...subnets: SubnetName[]): Attachment => ({
  state: 'available',
  subnets,
  ipv6: 'enable',
  referencing: 'enable',
  applianceMode: 'disable',
  association: 'associated',
})

export const timetabled = (
  DestinationCidrBlock: string,
  vpc: Landing,
  Type: 'static' | 'propagated' = 'propagated',
): Omit<TransitRoute, 'table'> => ({
  DestinationCidrBlock,
  Type,
  State: 'active',
  TransitGatewayAttachments: [
    { TransitGatewayAttachmentId: `tgw-attach-${vpc}`, ResourceType: 'vpc', ResourceId: `vpc-${vpc}` },
  ],
})

export const openArchipelago = (): Archipelago => ({
  ingress: everybody() as Archipelago['ingress'],
  egress: everybody() as Archipelago['egress'],
  acls: Object.fromEntries(
    Object.keys(SUBNETS).map((name) => [name, [...allow(true), ...allow(false)]]),
  ) as Archipelago['acls'],
  routes: {
    beach: island(),
    village: island(),
    cave: island(),
    pier: island(),
    dock: mainland(),
    market: mainland(),
    berth: mainland(),
    buoy: [...local('strait'), route('0.0.0.0/0', { NatGatewayId: 'nat-lock' })],
    lock: [
      ...local('strait'),
      route('0.0.0.0/0', { GatewayId: 'igw-strait' }),
      ...byFerry(VPCS.island.cidr, VPCS.mainland.cidr),
    ],
    ledge: [...local('rock'), route(VPCS.island.cidr, rope), route(VPCS.island.ipv6, rope)],
  },
  ferry: { state: 'available', referencing: 'enable' },
  attachments: {
    island: attachment('pier', 'village'),
    mainland: attachment('berth', 'market'),
    strait: attachment('buoy'),
  },
  timetable: [
    timetabled(VPCS.island.cidr, 'island'),
    timetabled(VPCS.island.ipv6, 'island'),
    timetabled(VPCS.mainland.cidr, 'mainland'),
    timetabled(VPCS.mainland.ipv6, 'mainland'),
    timetabled('0.0.0.0/0', 'strait', 'static'),
  ],
  nats: {
    cave: { connectivity: 'private', state: 'available' },
    lock: { connectivity: 'public', state: 'available' },
  },
  ropeEnd: 'rock',
  endpoint: { state: 'available', vpc: 'island' },
  egressOnly: { vpc: 'island' },
})
