/** Hand-made packets through the harbour and what must block them: each pins one fact about AWS. */
import type { Packet } from './evaluator.ts'
import { type Harbour, INTERNET_HOST, open, route } from './harbour.ts'

export interface Case {
  readonly says: string
  readonly change?: (harbour: Harbour) => void
  readonly packet: Partial<Packet> & Pick<Packet, 'from' | 'to'>
  readonly blockedBy: readonly string[]
}

export const http: Omit<Packet, 'from' | 'to'> = {
  protocol: 6,
  sourcePort: 40000,
  destinationPort: 80,
  natPort: 50000,
  farNatPort: 50000,
}
const toStore = { from: 'eni-crane', to: 'eni-store' }
const toOffice = { from: 'eni-crane', to: 'eni-office' }
const toShip = { from: 'eni-crane', to: 'eni-ship' }
const craneOut = { from: 'eni-crane', to: INTERNET_HOST }
const storeOut = { from: 'eni-store', to: INTERNET_HOST }
const tcp = (FromPort: number, ToPort = FromPort) => ({ IpProtocol: 'tcp', FromPort, ToPort })
const tcpEntry = { Protocol: '6', PortRange: { From: 80, To: 80 } }
const all = [{ CidrIp: '0.0.0.0/0' }]

export const securityGroups: readonly Case[] = [
  { says: 'an open harbour lets everything through', packet: toStore, blockedBy: [] },
  {
    says: 'no egress rules: no egress',
    change: (harbour) => {
      harbour.egress.crane = []
    },
    packet: toStore,
    blockedBy: ['forward egress security-group'],
  },
  {
    says: 'no ingress rules: no ingress, and none needed for the reply (stateful)',
    change: (harbour) => {
      harbour.ingress.store = []
      harbour.ingress.crane = []
      harbour.egress.store = []
    },
    packet: toStore,
    blockedBy: ['forward ingress security-group'],
  },
  {
    says: 'the rules of all groups of an interface are united',
    change: (harbour) => {
      harbour.ingress.store = []
      harbour.badges = ['store']
    },
    packet: toStore,
    blockedBy: [],
  },
  {
    says: 'a reference stands for the interfaces that have the group',
    change: (harbour) => {
      harbour.ingress.store = [{ ...tcp(80), UserIdGroupPairs: [{ GroupId: 'sg-crane' }] }]
    },
    packet: toStore,
    blockedBy: [],
  },
  {
    says: 'a reference does not stand for an interface without the group',
    change: (harbour) => {
      harbour.ingress.store = [{ ...tcp(80), UserIdGroupPairs: [{ GroupId: 'sg-crane' }] }]
    },
    packet: { from: 'eni-office', to: 'eni-store' },
    blockedBy: ['forward ingress security-group'],
  },
  {
    says: 'a group may refer to itself',
    change: (harbour) => {
      harbour.badges = ['crane', 'store']
      harbour.ingress.store = [{ ...tcp(80), UserIdGroupPairs: [{ GroupId: 'sg-badge' }] }]
    },
    packet: toStore,
    blockedBy: [],
  },
  {
    says: 'a reference reaches across an active peering connection',
    change: (harbour) => {
      harbour.ingress.ship = [{ ...tcp(80), UserIdGroupPairs: [{ GroupId: 'sg-crane' }] }]
    },
    packet: toShip,
    blockedBy: [],
  },
  {
    says: 'but not into another Region',
    change: (harbour) => {
      harbour.ingress.ship = [{ ...tcp(80), UserIdGroupPairs: [{ GroupId: 'sg-crane' }] }]
      harbour.peering.region = 'eu-central-1'
    },
    packet: toShip,
    blockedBy: ['forward ingress security-group'],
  },
  {
    says: 'a prefix list stands for its entries',
    change: (harbour) => {
      harbour.egress.crane = [{ ...tcp(80), PrefixListIds: [{ PrefixListId: 'pl-stores' }] }]
    },
    packet: toStore,
    blockedBy: [],
  },
  {
    says: 'and for nothing else',
    change: (harbour) => {
      harbour.egress.crane = [{ ...tcp(80), PrefixListIds: [{ PrefixListId: 'pl-stores' }] }]
    },
    packet: toOffice,
    blockedBy: ['forward egress security-group'],
  },
  {
    says: 'a port range ends with its last port',
    change: (harbour) => {
      harbour.ingress.store = [{ ...tcp(70, 79), IpRanges: all }]
    },
    packet: toStore,
    blockedBy: ['forward ingress security-group'],
  },
  {
    says: 'a protocol goes by name or number, and tcp is not udp',
    change: (harbour) => {
      harbour.egress.crane = [{ IpProtocol: '17', FromPort: 53, ToPort: 53, IpRanges: all }]
      harbour.ingress.store = [{ IpProtocol: 'udp', FromPort: 53, ToPort: 53, IpRanges: all }]
    },
    packet: { ...toStore, protocol: 17, destinationPort: 53 },
    blockedBy: [],
  },
  {
    says: 'ICMP: FromPort is the type (8: echo request), ToPort the code, -1 is all',
    change: (harbour) => {
      harbour.ingress.store = [{ IpProtocol: 'icmp', FromPort: 8, ToPort: -1, IpRanges: all }]
      harbour.egress.crane = [{ IpProtocol: 'icmp', FromPort: 3, ToPort: 4, IpRanges: all }]
    },
    packet: { ...toStore, protocol: 1 },
    blockedBy: ['forward egress security-group'],
  },
]

export const networkAcls: readonly Case[] = [
  {
    says: 'an ACL without a match denies, in each direction there and back',
    change: (harbour) => {
      harbour.acls.warehouse = []
    },
    packet: toStore,
    blockedBy: ['forward ingress network-acl acl-warehouse', 'return egress network-acl acl-warehouse'],
  },
  {
    says: 'none within a subnet',
    change: (harbour) => {
      harbour.acls.quay = []
      harbour.routes.quay = []
    },
    packet: toOffice,
    blockedBy: [],
  },
  {
    says: 'the lowest number decides, whatever the order in the list',
    change: (harbour) => {
      harbour.acls.warehouse.push({ ...open(90, false), ...tcpEntry, RuleAction: 'deny' })
    },
    packet: toStore,
    blockedBy: ['forward ingress network-acl acl-warehouse'],
  },
  {
    says: 'a later deny does not matter',
    change: (harbour) => {
      harbour.acls.warehouse.push({ ...open(110, false), ...tcpEntry, RuleAction: 'deny' })
    },
    packet: toStore,
    blockedBy: [],
  },
  {
    says: 'the reply goes to the source port (stateless)',
    change: (harbour) => {
      harbour.acls.quay = [
        open(100, true),
        { ...open(100, false), Protocol: '6', PortRange: { From: 49152, To: 65535 } },
      ]
    },
    packet: toStore,
    blockedBy: ['return ingress network-acl acl-quay'],
  },
  {
    says: 'a port range ends with its last port',
    change: (harbour) => {
      const upTo79 = { Protocol: '6', PortRange: { From: 70, To: 79 } }
      harbour.acls.warehouse = [open(100, true), { ...open(100, false), ...upTo79 }]
    },
    packet: toStore,
    blockedBy: ['forward ingress network-acl acl-warehouse'],
  },
  {
    says: 'an IPv6 entry says nothing about IPv4',
    change: (harbour) => {
      const { CidrBlock: _, ...entry } = open(90, false)
      harbour.acls.warehouse.push({ ...entry, Ipv6CidrBlock: '::/0', RuleAction: 'deny' })
    },
    packet: toStore,
    blockedBy: [],
  },
  {
    says: 'the reply to an echo request is type 0',
    change: (harbour) => {
      harbour.acls.quay = [
        open(100, true),
        { ...open(100, false), Protocol: '1', IcmpTypeCode: { Type: 8, Code: -1 } },
      ]
    },
    packet: { ...toStore, protocol: 1 },
    blockedBy: ['return ingress network-acl acl-quay'],
  },
]

export const routing: readonly Case[] = [
  { says: 'peering needs a route on both sides: both there', packet: toShip, blockedBy: [] },
  {
    says: 'none back',
    change: (harbour) => {
      harbour.routes.sea = harbour.routes.sea.slice(0, 1)
    },
    packet: toShip,
    blockedBy: ['return route'],
  },
  {
    says: 'a connection that is not active carries nothing',
    change: (harbour) => {
      harbour.peering.status = 'deleted'
    },
    packet: toShip,
    blockedBy: ['forward route', 'return route'],
  },
  {
    says: 'a route into another VPC does not lead back into its own',
    change: (harbour) => {
      harbour.routes.quay.push(route('10.0.2.0/24', { VpcPeeringConnectionId: 'pcx-harbour-ship' }))
    },
    packet: toStore,
    blockedBy: ['forward route'],
  },
  {
    says: 'peering is not transitive',
    change: (harbour) => {
      harbour.routes.quay.push(route('10.2.0.0/16', { VpcPeeringConnectionId: 'pcx-harbour-ship' }))
      harbour.routes.rock.push(route('10.0.0.0/16', { VpcPeeringConnectionId: 'pcx-ship-lighthouse' }))
    },
    packet: { from: 'eni-crane', to: 'eni-lighthouse' },
    blockedBy: ['forward route', 'return route'],
  },
  {
    says: 'the longest prefix wins, also as a blackhole',
    change: (harbour) => {
      harbour.routes.quay.push(route('10.1.1.0/24', { NetworkInterfaceId: 'eni-gone', State: 'blackhole' }))
    },
    packet: toShip,
    blockedBy: ['forward route'],
  },
  {
    says: 'a static route wins over a propagated one of the same length',
    change: (harbour) => {
      const propagated = { Origin: 'EnableVgwRoutePropagation', State: 'blackhole', GatewayId: 'vgw-old' }
      harbour.routes.quay.unshift(route('10.1.0.0/16', propagated))
    },
    packet: toShip,
    blockedBy: [],
  },
  {
    says: 'a route to a prefix list goes to its entries, and loses against a static one of the same length',
    change: (harbour) => {
      const { DestinationCidrBlock: _, ...gone } = route('', { State: 'blackhole', NatGatewayId: 'nat-gone' })
      harbour.prefixList = ['8.8.0.0/16', '10.1.0.0/16']
      harbour.routes.quay.unshift({ ...gone, DestinationPrefixListId: 'pl-stores' })
    },
    packet: craneOut,
    blockedBy: ['forward route'],
  },
  {
    says: '(the same table, the static route)',
    change: (harbour) => {
      const { DestinationCidrBlock: _, ...gone } = route('', { State: 'blackhole', NatGatewayId: 'nat-gone' })
      harbour.prefixList = ['8.8.0.0/16', '10.1.0.0/16']
      harbour.routes.quay.unshift({ ...gone, DestinationPrefixListId: 'pl-stores' })
    },
    packet: toShip,
    blockedBy: [],
  },
  {
    says: 'a subnet without an association has the main table',
    change: (harbour) => {
      harbour.warehouseUsesMain = true
      harbour.publicAddress.store = '203.0.113.8'
      harbour.nat.state = 'deleted'
    },
    packet: storeOut,
    blockedBy: [],
  },
]

export const internet: readonly Case[] = [
  { says: 'with a public address an internet gateway is enough', packet: craneOut, blockedBy: [] },
  {
    says: 'without one it is not',
    packet: { from: 'eni-office', to: INTERNET_HOST },
    blockedBy: ['forward route'],
  },
  {
    says: 'it carries no private addresses (RFC 1918)',
    packet: { from: 'eni-crane', to: '192.168.1.1' },
    blockedBy: ['forward route'],
  },
  {
    says: 'no gateway attached: blackhole, but the ACL is still asked for the reply',
    change: (harbour) => {
      harbour.internetGateway = false
      harbour.routes.quay = [route('0.0.0.0/0', { GatewayId: 'igw-harbour', State: 'blackhole' })]
      harbour.acls.quay = [open(100, true)]
    },
    packet: craneOut,
    blockedBy: ['forward route', 'return ingress network-acl acl-quay'],
  },
  { says: 'a NAT gateway lends its public address', packet: storeOut, blockedBy: [] },
  {
    says: 'but not without an internet gateway behind it',
    change: (harbour) => {
      harbour.internetGateway = false
      const local = harbour.routes.quay.filter(({ GatewayId }) => GatewayId === 'local')
      harbour.routes.quay = [...local, route('0.0.0.0/0', { VpcPeeringConnectionId: 'pcx-harbour-ship' })]
    },
    packet: storeOut,
    blockedBy: ['forward route'],
  },
  {
    says: 'its replies go by the routes of its own subnet',
    change: (harbour) => {
      harbour.routes.quay.push(route('10.0.2.0/24', { NetworkInterfaceId: 'eni-gone', State: 'blackhole' }))
    },
    packet: storeOut,
    blockedBy: ['return route'],
  },
  {
    says: 'which the internet gateway behind it does not use for private addresses',
    packet: { from: 'eni-store', to: '192.168.1.1' },
    blockedBy: ['forward route'],
  },
  {
    says: 'a private NAT gateway has none',
    change: (harbour) => {
      harbour.nat.connectivity = 'private'
    },
    packet: storeOut,
    blockedBy: ['forward route'],
  },
  {
    says: 'a NAT gateway in its own clients subnet finds itself and no internet gateway',
    change: (harbour) => {
      harbour.nat.subnet = 'warehouse'
    },
    packet: storeOut,
    blockedBy: ['forward route'],
  },
  {
    says: 'its subnet ACL sees the reply on the port that the gateway chose, then on the source port',
    change: (harbour) => {
      const upTo = { Protocol: '6', PortRange: { From: 1024, To: 45000 } }
      harbour.acls.quay = [{ ...open(100, true), ...upTo }, open(101, true), { ...open(100, false), ...upTo }]
    },
    packet: { ...storeOut, destinationPort: 2000 },
    blockedBy: ['return ingress network-acl acl-quay'],
  },
  {
    says: 'to ICMP it is an echo reply (type 0), there too',
    change: (harbour) => {
      const request = { Protocol: '1', RuleAction: 'deny', IcmpTypeCode: { Type: 8, Code: -1 } }
      harbour.acls.quay.push({ ...open(90, false), ...request, CidrBlock: '8.0.0.0/8' })
    },
    packet: { ...storeOut, protocol: 1 },
    blockedBy: [],
  },
  {
    says: 'from the internet to a public address, and back through the same gateway',
    packet: { from: INTERNET_HOST, to: 'eni-crane' },
    blockedBy: [],
  },
  {
    says: 'not to an interface without one; and its reply would leave by the NAT gateway',
    packet: { from: INTERNET_HOST, to: 'eni-store' },
    blockedBy: ['forward route', 'return route'],
  },
]
