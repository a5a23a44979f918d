/** Gateway endpoints and egress-only internet gateways. */
import { ferry, INTERNET_IPV6, PARCELS, PLACES, route, timetabled } from './archipelago.ts'
import { type IslandCase, shut } from './island-case.ts'

const parcel = { from: 'eni-boat', to: PARCELS }
const outward = { from: PLACES.boat.ipv6, to: INTERNET_IPV6 }
const UDP = 17
const ICMP = 1

/** https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html */
export const gatewayEndpoints: readonly IslandCase[] = [
  { says: 'an endpoint takes what goes to its prefix list', packet: parcel, blockedBy: [] },
  {
    says: 'by the longest prefix, without another way out',
    change: (world) => {
      world.timetable = []
    },
    packet: parcel,
    blockedBy: [],
  },
  {
    says: 'not what goes elsewhere',
    change: (world) => {
      world.timetable = []
    },
    packet: { from: 'eni-boat', to: '52.219.16.4' },
    blockedBy: ['forward route'],
  },
  { says: 'TCP only', packet: { ...parcel, protocol: UDP }, blockedBy: ['forward route'] },
  {
    says: 'and ICMP echo (VPCE_GATEWAY_PROTOCOL_RESTRICTION)',
    packet: { ...parcel, protocol: ICMP },
    blockedBy: [],
  },
  {
    says: 'the ACL of the subnet is asked on the way out',
    change: (world) => shut(world, ['beach', 'out'], '52.219.0.0/16'),
    packet: parcel,
    blockedBy: ['forward egress network-acl acl-beach'],
  },
  {
    says: 'and when the reply comes straight back',
    change: (world) => shut(world, ['beach', 'in'], '52.219.0.0/16', 40000),
    packet: parcel,
    blockedBy: ['return ingress network-acl acl-beach'],
  },
  {
    says: 'an endpoint that is being deleted takes nothing',
    change: (world) => {
      world.endpoint.state = 'deleting'
    },
    packet: parcel,
    blockedBy: ['forward route'],
  },
  {
    says: 'nor one of another VPC',
    change: (world) => {
      world.endpoint.vpc = 'mainland'
    },
    packet: parcel,
    blockedBy: ['forward route'],
  },
  {
    says: 'what comes over a transit gateway it does not take',
    change: (world) => {
      world.timetable.push(timetabled('52.219.0.0/20', 'island', 'static'))
    },
    packet: { from: 'eni-crane', to: PARCELS },
    blockedBy: ['forward route'],
  },
  {
    says: 'whether it takes what a NAT gateway sends on',
    change: (world) => {
      world.routes.beach.push(route('52.219.4.0/24', { NatGatewayId: 'nat-cave' }))
    },
    packet: parcel,
    blockedBy: 'not documented',
  },
]

/** https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html */
export const egressOnly: readonly IslandCase[] = [
  { says: 'an egress-only internet gateway lets IPv6 out, and the reply in', packet: outward, blockedBy: [] },
  {
    says: 'through the ACL of the subnet',
    change: (world) => shut(world, ['beach', 'in'], '2606:4700::/32', 40000),
    packet: outward,
    blockedBy: ['return ingress network-acl acl-beach'],
  },
  {
    says: 'nothing that begins outside',
    packet: { from: INTERNET_IPV6, to: PLACES.boat.ipv6 },
    blockedBy: ['forward route', 'return route'],
  },
  {
    says: 'not where it is attached to another VPC',
    change: (world) => {
      world.egressOnly.vpc = 'mainland'
    },
    packet: outward,
    blockedBy: ['forward route'],
  },
  {
    says: 'not for what comes over a transit gateway',
    change: (world) => {
      world.routes.dock.push(route('::/0', ferry))
      world.timetable.push(timetabled('::/0', 'island', 'static'))
    },
    packet: { from: PLACES.crane.ipv6, to: INTERNET_IPV6 },
    blockedBy: ['forward route'],
  },
]
