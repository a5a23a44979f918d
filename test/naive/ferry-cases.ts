/** Transit gateways; https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html where no other page is named. */

import { ferry, INTERNET_HOST, PLACES, rope, route, timetabled } from './archipelago.ts'
import { admit, type IslandCase, rule, shut } from './island-case.ts'

const toCrane = { from: 'eni-boat', to: 'eni-crane' }
const toGrocer = { from: 'eni-boat', to: 'eni-grocer' }
const inOneZone = { from: 'eni-baker', to: 'eni-grocer' }
const overIpv6 = { from: PLACES.boat.ipv6, to: PLACES.crane.ipv6 }
const nowhere = (DestinationCidrBlock: string) => ({
  DestinationCidrBlock,
  Type: 'static',
  State: 'blackhole',
})

export const transitRouting: readonly IslandCase[] = [
  { says: 'an open ferry carries to the other side, and the reply back', packet: toCrane, blockedBy: [] },
  { says: 'also into another zone', packet: toGrocer, blockedBy: [] },
  {
    says: 'not from a zone in which the attachment has no subnet',
    change: (world) => {
      world.attachments.island.subnets = ['village']
    },
    packet: toCrane,
    blockedBy: ['forward route'],
  },
  {
    says: 'nor the reply from such a zone, while the request arrives by another subnet of the attachment',
    change: (world) => {
      world.attachments.mainland.subnets = ['market']
    },
    packet: toCrane,
    blockedBy: ['return route'],
  },
  {
    says: 'a transit gateway route table without a route leads nowhere',
    change: (world) => {
      world.timetable = [timetabled('10.10.0.0/16', 'island')]
    },
    packet: toCrane,
    blockedBy: ['forward route'],
  },
  {
    says: 'the longest prefix wins, also as a blackhole',
    change: (world) => {
      world.timetable.push(nowhere('10.20.1.0/24'))
    },
    packet: toCrane,
    blockedBy: ['forward route'],
  },
  {
    says: 'and over a static route, when it is a propagated one',
    change: (world) => {
      world.timetable.push(nowhere('10.0.0.0/8'))
    },
    packet: toCrane,
    blockedBy: [],
  },
  {
    says: 'of the same length the static one wins',
    change: (world) => {
      world.timetable.push(nowhere('10.20.0.0/16'))
    },
    packet: toCrane,
    blockedBy: ['forward route'],
  },
  {
    says: 'an attachment that is being deleted carries nothing either way',
    change: (world) => {
      world.attachments.mainland.state = 'deleting'
    },
    packet: toCrane,
    blockedBy: ['forward route', 'return route'],
  },
  {
    says: 'an attachment without its association sends nothing on, but receives',
    change: (world) => {
      world.attachments.island.association = 'disassociating'
    },
    packet: toCrane,
    blockedBy: ['forward route'],
  },
  {
    says: 'nor does a transit gateway that is going away',
    change: (world) => {
      world.ferry.state = 'deleting'
    },
    packet: toCrane,
    blockedBy: ['forward route', 'return route'],
  },
  {
    says: 'the subnet that it lands at routes the packet on',
    change: (world) => {
      world.routes.berth.push(route('10.20.1.0/24', { NetworkInterfaceId: 'eni-gone', State: 'blackhole' }))
    },
    packet: toCrane,
    blockedBy: ['forward route'],
  },
  {
    says: 'the reply goes by the routes of its own subnet',
    change: (world) => {
      world.routes.dock = world.routes.dock.filter(({ TransitGatewayId }) => !TransitGatewayId)
    },
    packet: toCrane,
    blockedBy: ['return route'],
  },
  {
    says: 'the reply may come back another way',
    change: (world) => {
      world.ropeEnd = 'mainland'
      world.routes.dock = world.routes.dock.map((one) =>
        one.TransitGatewayId ? { ...one, TransitGatewayId: undefined, ...rope } : one,
      )
    },
    packet: toCrane,
    blockedBy: [],
  },
  {
    says: 'whether it brings a packet back into the VPC that it came from',
    change: (world) => {
      world.timetable.push(timetabled('10.20.1.0/24', 'island', 'static'))
    },
    packet: toCrane,
    blockedBy: 'not documented',
  },
  {
    says: 'what it hands to a VPC does not go on over a peering connection, and no reply comes back that way',
    change: (world) => {
      world.timetable.push(timetabled('10.40.0.0/16', 'island', 'static'))
      world.routes.ledge.push(route('10.20.0.0/16', rope))
    },
    packet: { from: 'eni-crane', to: 'eni-hermit' },
    blockedBy: ['forward route', 'return route'],
  },
  {
    says: 'nor out of an internet gateway, where it has no public address',
    change: (world) => {
      world.routes.buoy = [route('0.0.0.0/0', { GatewayId: 'igw-strait' })]
    },
    packet: { from: 'eni-boat', to: INTERNET_HOST },
    blockedBy: ['forward route'],
  },
  {
    says: 'whether it goes back to the transit gateway',
    change: (world) => {
      world.routes.berth = [route('0.0.0.0/0', ferry)]
    },
    packet: toGrocer,
    blockedBy: 'not documented',
  },
]

/** https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html */
export const transitAcls: readonly IslandCase[] = [
  {
    says: 'the subnet of the attachment lets in what its own side sends (source address)',
    change: (world) => shut(world, ['pier', 'in'], '10.10.1.0/24'),
    packet: toCrane,
    blockedBy: ['forward ingress network-acl acl-pier'],
  },
  {
    says: 'and is not asked when that leaves with the ferry',
    change: (world) => shut(world, ['pier', 'out'], '10.20.0.0/16'),
    packet: toCrane,
    blockedBy: [],
  },
  {
    says: 'on the other side it is not asked about what comes off the ferry',
    change: (world) => shut(world, ['berth', 'in'], '10.10.0.0/16'),
    packet: toCrane,
    blockedBy: [],
  },
  {
    says: 'but about where that goes on to (destination address)',
    change: (world) => shut(world, ['berth', 'out'], '10.20.1.0/24'),
    packet: toCrane,
    blockedBy: ['forward egress network-acl acl-berth'],
  },
  {
    says: 'which is the subnet in the zone of the sender, not of the receiver',
    change: (world) => shut(world, ['berth', 'out'], '10.20.2.0/24'),
    packet: toGrocer,
    blockedBy: ['forward egress network-acl acl-berth'],
  },
  {
    says: 'so that the reply lands where it comes from another zone',
    change: (world) => shut(world, ['village', 'out'], '10.10.1.0/24'),
    packet: toGrocer,
    blockedBy: ['return egress network-acl acl-village'],
  },
  {
    says: 'in appliance mode it may be any of them',
    change: (world) => {
      world.attachments.mainland.applianceMode = 'enable'
      shut(world, ['market', 'out'], '10.20.1.0/24')
    },
    packet: toCrane,
    blockedBy: 'not documented',
  },
  {
    says: 'which does not matter where they are alike',
    change: (world) => {
      world.attachments.mainland.applianceMode = 'enable'
      shut(world, ['dock', 'in'], '10.10.1.0/24')
    },
    packet: toCrane,
    blockedBy: ['forward ingress network-acl acl-dock'],
  },
  {
    says: 'the subnets of sender and receiver are asked as ever: out',
    change: (world) => shut(world, ['beach', 'out'], '10.20.0.0/16'),
    packet: toCrane,
    blockedBy: ['forward egress network-acl acl-beach'],
  },
  {
    says: 'and back in',
    change: (world) => shut(world, ['beach', 'in'], '10.20.0.0/16', 40000),
    packet: toCrane,
    blockedBy: ['return ingress network-acl acl-beach'],
  },
  {
    says: 'the reply leaves by an attachment subnet, too',
    change: (world) => shut(world, ['berth', 'in'], '10.20.1.0/24', 40000),
    packet: toCrane,
    blockedBy: ['return ingress network-acl acl-berth'],
  },
  {
    says: 'a sender in the subnet of the attachment meets its inbound rules, too (source address)',
    change: (world) => shut(world, ['village', 'in'], '10.10.2.0/24'),
    packet: inOneZone,
    blockedBy: ['forward ingress network-acl acl-village'],
  },
  {
    says: 'and its outbound rules',
    change: (world) => shut(world, ['village', 'out'], '10.20.0.0/16'),
    packet: inOneZone,
    blockedBy: ['forward egress network-acl acl-village'],
  },
  {
    says: 'a receiver in the subnet of the attachment is not asked about at all',
    change: (world) => {
      shut(world, ['market', 'in'], '10.10.0.0/16')
      shut(world, ['market', 'out'], '10.20.2.0/24')
    },
    packet: inOneZone,
    blockedBy: [],
  },
]

/** https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html */
export const transitReferences: readonly IslandCase[] = [
  {
    says: 'a reference in an inbound rule reaches across a transit gateway',
    change: (world) => admit(world, 'crane', 'sg-boat'),
    packet: toCrane,
    blockedBy: [],
  },
  {
    says: 'and stands for those who have the group',
    change: (world) => admit(world, 'crane', 'sg-boat'),
    packet: { from: 'eni-baker', to: 'eni-crane' },
    blockedBy: ['forward ingress security-group'],
  },
  {
    says: 'not in an outbound rule',
    change: (world) => {
      world.egress.boat = [rule('sg-crane')]
    },
    packet: toCrane,
    blockedBy: ['forward egress security-group'],
  },
  {
    says: 'not when the transit gateway does not support it',
    change: (world) => {
      world.ferry.referencing = 'disable'
      admit(world, 'crane', 'sg-boat')
    },
    packet: toCrane,
    blockedBy: ['forward ingress security-group'],
  },
  {
    says: 'nor the attachment of the sender',
    change: (world) => {
      world.attachments.island.referencing = 'disable'
      admit(world, 'crane', 'sg-boat')
    },
    packet: toCrane,
    blockedBy: ['forward ingress security-group'],
  },
  {
    says: 'nor that of the receiver',
    change: (world) => {
      world.attachments.mainland.referencing = 'disable'
      admit(world, 'crane', 'sg-boat')
    },
    packet: toCrane,
    blockedBy: ['forward ingress security-group'],
  },
  {
    says: 'whether a peering connection that the packet does not take helps',
    change: (world) => {
      world.ropeEnd = 'mainland'
      world.ferry.referencing = 'disable'
      admit(world, 'crane', 'sg-boat')
    },
    packet: toCrane,
    blockedBy: 'not documented',
  },
  {
    says: 'or helps those in outbound rules',
    change: (world) => {
      world.ropeEnd = 'mainland'
      world.egress.boat = [rule('sg-crane')]
    },
    packet: toCrane,
    blockedBy: 'not documented',
  },
  {
    says: 'which does not matter where addresses are admitted',
    change: (world) => {
      world.ropeEnd = 'mainland'
      world.ferry.referencing = 'disable'
    },
    packet: toCrane,
    blockedBy: [],
  },
]

export const transitIpv6: readonly IslandCase[] = [
  { says: 'IPv6 rides along where both attachments support it', packet: overIpv6, blockedBy: [] },
  {
    says: 'not where that of the sender does not, and nothing comes back to it',
    change: (world) => {
      world.attachments.island.ipv6 = 'disable'
    },
    packet: overIpv6,
    blockedBy: ['forward route', 'return route'],
  },
  {
    says: 'nor where that of the receiver does not',
    change: (world) => {
      world.attachments.mainland.ipv6 = 'disable'
    },
    packet: overIpv6,
    blockedBy: ['forward route', 'return route'],
  },
  {
    says: 'which does not touch IPv4',
    change: (world) => {
      world.attachments.mainland.ipv6 = 'disable'
    },
    packet: toCrane,
    blockedBy: [],
  },
  {
    says: 'its ACL entries are its own',
    change: (world) => shut(world, ['pier', 'in'], '2600:1f18:0:a01::/64'),
    packet: overIpv6,
    blockedBy: ['forward ingress network-acl acl-pier'],
  },
  {
    says: 'and over a peering connection',
    packet: { from: PLACES.boat.ipv6, to: PLACES.hermit.ipv6 },
    blockedBy: [],
  },
]
