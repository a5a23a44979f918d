/** NAT gateways that do not simply lead to their own VPC's internet gateway. */
import type { Route } from '../../shared/snapshot/types.ts'
import { type Archipelago, cave, ferry, INTERNET_HOST, rope, route, type SubnetName } from './archipelago.ts'
import { admit, type IslandCase, rule, shut } from './island-case.ts'

const toInternet = { from: 'eni-boat', to: INTERNET_HOST }
const toCrane = { from: 'eni-boat', to: 'eni-crane' }
const toBaker = { from: 'eni-boat', to: 'eni-baker' }

/** In the place of the route that the subnet has to the block. */
function reroute(world: Archipelago, subnet: SubnetName, to: string, target: Partial<Route>) {
  const others = world.routes[subnet].filter(({ DestinationCidrBlock }) => DestinationCidrBlock !== to)
  world.routes[subnet] = [...others, route(to, target)]
}
const byCave = (to: string) => (world: Archipelago) => reroute(world, 'beach', to, cave)
const toMainlandByCave = byCave('10.20.0.0/16')
const toVillageByCave = byCave('10.10.2.0/24')

/** Egress for all VPCs through one of them.
 * https://docs.aws.amazon.com/whitepapers/latest/building-scalable-secure-multi-vpc-network-infrastructure/centralized-egress-to-internet.html */
export const centralEgress: readonly IslandCase[] = [
  { says: 'over the transit gateway, through the NAT gateway, out', packet: toInternet, blockedBy: [] },
  {
    says: 'the subnet of the NAT gateway must lead back to the transit gateway',
    change: (world) => {
      world.routes.lock = world.routes.lock.filter(({ TransitGatewayId }) => !TransitGatewayId)
    },
    packet: toInternet,
    blockedBy: ['return route'],
  },
  {
    says: 'it sees who sends',
    change: (world) => shut(world, ['lock', 'in'], '10.10.1.0/24'),
    packet: toInternet,
    blockedBy: ['forward ingress network-acl acl-lock'],
  },
  {
    says: 'and where to',
    change: (world) => shut(world, ['lock', 'out'], '8.0.0.0/8'),
    packet: toInternet,
    blockedBy: ['forward egress network-acl acl-lock'],
  },
  {
    says: 'the subnet that it comes to land in is asked when it goes on to the NAT gateway',
    change: (world) => shut(world, ['buoy', 'out'], '8.0.0.0/8'),
    packet: toInternet,
    blockedBy: ['forward egress network-acl acl-buoy'],
  },
  {
    says: 'and when the reply comes from there',
    change: (world) => shut(world, ['buoy', 'in'], '8.0.0.0/8'),
    packet: toInternet,
    blockedBy: ['return ingress network-acl acl-buoy'],
  },
  {
    says: 'the reply comes in on the port of the NAT gateway',
    change: (world) => shut(world, ['lock', 'in'], '8.0.0.0/8', 50000),
    packet: toInternet,
    blockedBy: ['return ingress network-acl acl-lock'],
  },
  {
    says: 'and leaves its subnet on the port of the sender',
    change: (world) => shut(world, ['lock', 'out'], '10.10.0.0/16', 40000),
    packet: toInternet,
    blockedBy: ['return egress network-acl acl-lock'],
  },
  {
    says: 'it lands on the own side by the attachment subnet',
    change: (world) => shut(world, ['pier', 'out'], '10.10.1.0/24'),
    packet: toInternet,
    blockedBy: ['return egress network-acl acl-pier'],
  },
  {
    says: 'a private NAT gateway is not known on the internet',
    change: (world) => {
      world.nats.lock.connectivity = 'private'
    },
    packet: toInternet,
    blockedBy: ['forward route'],
  },
  {
    says: 'a NAT gateway that failed serves nobody',
    change: (world) => {
      world.nats.lock.state = 'failed'
    },
    packet: toInternet,
    blockedBy: ['forward route'],
  },
  {
    says: 'nothing that comes over a peering connection is served (NGW_REQUIRES_SOURCE_IN_VPC)',
    change: (world) => {
      world.routes.ledge.push(route('0.0.0.0/0', rope))
    },
    packet: { from: 'eni-hermit', to: INTERNET_HOST },
    blockedBy: ['forward route'],
  },
  {
    says: 'a second NAT gateway on the way puts in a port of its own',
    change: (world) => {
      byCave('0.0.0.0/0')(world)
      shut(world, ['lock', 'in'], '8.0.0.0/8', 60000)
    },
    packet: { ...toInternet, farNatPort: 60000 },
    blockedBy: ['return ingress network-acl acl-lock'],
  },
  {
    says: 'and the first one is replied to on its',
    change: (world) => {
      byCave('0.0.0.0/0')(world)
      shut(world, ['lock', 'out'], '10.10.3.0/24', 50000)
    },
    packet: { ...toInternet, farNatPort: 60000 },
    blockedBy: ['return egress network-acl acl-lock'],
  },
]

/** https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html */
export const privateNat: readonly IslandCase[] = [
  {
    says: 'a NAT gateway leads to another VPC over a transit gateway',
    change: toMainlandByCave,
    packet: toCrane,
    blockedBy: [],
  },
  {
    says: 'and over a peering connection',
    change: byCave('10.40.0.0/16'),
    packet: { from: 'eni-boat', to: 'eni-hermit' },
    blockedBy: [],
  },
  {
    says: 'the receiver sees its private address: group',
    change: (world) => {
      toMainlandByCave(world)
      admit(world, 'crane', '10.10.3.200/32')
    },
    packet: toCrane,
    blockedBy: [],
  },
  {
    says: 'and not the address of the sender',
    change: (world) => {
      toMainlandByCave(world)
      admit(world, 'crane', '10.10.1.10/32')
    },
    packet: toCrane,
    blockedBy: ['forward ingress security-group'],
  },
  {
    says: 'also behind a public one',
    change: (world) => {
      toMainlandByCave(world)
      world.nats.cave.connectivity = 'public'
      admit(world, 'crane', '10.10.3.200/32')
    },
    packet: toCrane,
    blockedBy: [],
  },
  {
    says: 'ACLs behind it see that address, those before it the sender',
    change: (world) => {
      toMainlandByCave(world)
      shut(world, ['dock', 'in'], '10.10.1.0/24')
      shut(world, ['pier', 'in'], '10.10.3.0/24')
      shut(world, ['cave', 'in'], '10.10.1.0/24')
    },
    packet: toCrane,
    blockedBy: ['forward ingress network-acl acl-cave', 'forward ingress network-acl acl-pier'],
  },
  {
    says: 'references do not reach behind it',
    change: (world) => {
      toMainlandByCave(world)
      admit(world, 'crane', 'sg-boat')
    },
    packet: toCrane,
    blockedBy: ['forward ingress security-group'],
  },
  {
    says: 'the reply comes to its port',
    change: (world) => {
      toMainlandByCave(world)
      shut(world, ['dock', 'out'], '10.10.0.0/16', 50000)
    },
    packet: toCrane,
    blockedBy: ['return egress network-acl acl-dock'],
  },
  {
    says: 'and from there to the port of the sender',
    change: (world) => {
      toMainlandByCave(world)
      shut(world, ['beach', 'in'], '10.20.0.0/16', 40000)
    },
    packet: toCrane,
    blockedBy: ['return ingress network-acl acl-beach'],
  },
  {
    says: 'it needs a route to the address of the NAT gateway',
    change: (world) => {
      toMainlandByCave(world)
      const others = world.routes.dock.filter(({ TransitGatewayId }) => !TransitGatewayId)
      world.routes.dock = [...others, route('10.10.1.0/24', ferry)]
    },
    packet: toCrane,
    blockedBy: ['return route'],
  },
  {
    says: 'to ICMP the reply is an echo reply there, too',
    change: (world) => {
      toMainlandByCave(world)
      world.acls.dock.push({
        RuleNumber: 50,
        Egress: true,
        Protocol: '1',
        RuleAction: 'deny',
        CidrBlock: '10.10.3.0/24',
        IcmpTypeCode: { Type: 0, Code: -1 },
      })
    },
    packet: { ...toCrane, protocol: 1 },
    blockedBy: ['return egress network-acl acl-dock'],
  },
]

/** https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html: a route more specific than the local one. */
export const natWithinVpc: readonly IslandCase[] = [
  {
    says: 'a route to a subnet of the own VPC may lead through a NAT gateway',
    change: toVillageByCave,
    packet: toBaker,
    blockedBy: [],
  },
  {
    says: 'whose address the receiver then sees',
    change: (world) => {
      toVillageByCave(world)
      admit(world, 'baker', '10.10.1.0/24')
    },
    packet: toBaker,
    blockedBy: ['forward ingress security-group'],
  },
  {
    says: 'and whose subnet is crossed',
    change: (world) => {
      toVillageByCave(world)
      shut(world, ['cave', 'out'], '10.10.2.0/24')
    },
    packet: toBaker,
    blockedBy: ['forward egress network-acl acl-cave'],
  },
  {
    says: 'references do not reach behind it in the own VPC either',
    change: (world) => {
      toVillageByCave(world)
      admit(world, 'baker', 'sg-boat')
    },
    packet: toBaker,
    blockedBy: ['forward ingress security-group'],
  },
  {
    says: 'whether those in outbound rules do',
    change: (world) => {
      toVillageByCave(world)
      world.egress.boat = [rule('sg-baker')]
    },
    packet: toBaker,
    blockedBy: 'not documented',
  },
  {
    says: 'a reply that comes to a NAT gateway of which it is none is lost',
    change: (world) => reroute(world, 'village', '10.10.1.0/24', cave),
    packet: toBaker,
    blockedBy: ['return route'],
  },
]
