/** Security groups, network ACLs and route tables as they grow over the years. */
import {
  ACCOUNT,
  internetGatewayId,
  natGatewayId,
  type Place,
  PREFIX_LIST,
  REGION,
  TIERS,
  ZONES,
} from './places.ts'
import type { Random } from './random.ts'

const PORTS = [80, 443, 3000, 5432, 6379, 8000, 8080, 8443, 9090, 9200] as const
const NO_PEERS = { IpRanges: [], Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] }

/** 5 to 15 rules each. */
export const groupsOf = (random: Random, place: Place, places: readonly Place[]) =>
  place.groupIds.map((GroupId, number) => ({
    GroupId,
    IpPermissionsEgress: egressOf(random, place, places),
    Tags: [{ Key: 'Name', Value: `service-${number}` }],
    VpcId: place.vpcId,
    SecurityGroupArn: `arn:aws:ec2:${REGION}:${ACCOUNT}:security-group/${GroupId}`,
    OwnerId: ACCOUNT,
    GroupName: `service-${GroupId.slice(-12)}`,
    Description: `Managed by the platform team, service ${number}`,
    IpPermissions: Array.from({ length: random.between(4, 12) }, () => permissionOf(random, place, places)),
  }))

function egressOf(random: Random, place: Place, places: readonly Place[]) {
  if (random.below(10) < 7) return [{ ...NO_PEERS, IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }]
  return Array.from({ length: random.between(1, 3) }, () => permissionOf(random, place, places))
}

function permissionOf(random: Random, place: Place, places: readonly Place[]) {
  const port = random.pick(PORTS)
  const ToPort = random.below(10) === 0 ? port + 99 : port
  return {
    ...NO_PEERS,
    IpProtocol: random.below(10) === 0 ? 'udp' : 'tcp',
    FromPort: port,
    ToPort,
    ...peersOf(random, place, places),
  }
}

function peersOf(random: Random, place: Place, places: readonly Place[]) {
  const choice = random.below(20)
  if (choice < 9) return { UserIdGroupPairs: [{ UserId: ACCOUNT, GroupId: random.pick(place.groupIds) }] }
  if (choice < 10) return peeredGroup(random, place, places)
  if (choice < 11) return { PrefixListIds: [{ PrefixListId: PREFIX_LIST, Description: 'offices' }] }
  if (choice < 14) return { IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'everything inside' }] }
  const subnets = Array.from({ length: random.between(1, 3) }, () => random.pick(place.subnets).octet)
  return { IpRanges: [...new Set(subnets)].map((octet) => ({ CidrIp: `10.${place.vpc}.${octet}.0/20` })) }
}

function peeredGroup(random: Random, place: Place, places: readonly Place[]) {
  const peer = random.pick(place.peers)
  const other = places[peer.vpc] ?? place
  const pair = {
    UserId: ACCOUNT,
    GroupId: random.pick(other.groupIds),
    VpcId: other.vpcId,
    VpcPeeringConnectionId: peer.id,
    PeeringStatus: 'active',
  }
  return { UserIdGroupPairs: [pair] }
}

/** One ACL per tier, shared by its three subnets, with 4 to 12 entries. */
export const aclsOf = (random: Random, place: Place) =>
  TIERS.map((_, tier) => {
    const NetworkAclId = `acl-0${place.vpc.toString(16).padStart(4, '0')}${String(tier).padStart(12, '0')}`
    return {
      Associations: place.subnets
        .filter((subnet) => subnet.tier === tier)
        .map((subnet) => ({
          NetworkAclAssociationId: `aclassoc-${subnet.id.slice(-17)}`,
          NetworkAclId,
          SubnetId: subnet.id,
        })),
      Entries: [...entriesOf(random, true), ...entriesOf(random, false)],
      IsDefault: tier === 0,
      NetworkAclId,
      Tags: [],
      VpcId: place.vpcId,
      OwnerId: ACCOUNT,
    }
  })

function entriesOf(random: Random, Egress: boolean) {
  const denies = Array.from({ length: random.between(0, 2) }, (_, number) => ({
    CidrBlock: `192.0.${random.below(255)}.0/24`,
    Egress,
    Protocol: '-1',
    RuleAction: 'deny',
    RuleNumber: 10 + number,
  }))
  const tcp = { Egress, Protocol: '6', RuleAction: 'allow' }
  const allows = Array.from({ length: random.between(0, 1) }, (_, number) => ({
    ...tcp,
    CidrBlock: '10.0.0.0/8',
    PortRange: { From: random.pick(PORTS), To: 10000 },
    RuleNumber: 100 + number,
  }))
  const end = { CidrBlock: '0.0.0.0/0', Egress, Protocol: '-1' }
  const last =
    random.below(4) === 0
      ? { ...tcp, CidrBlock: '0.0.0.0/0', PortRange: { From: 1, To: 61000 }, RuleNumber: 200 }
      : { ...end, RuleAction: 'allow', RuleNumber: 200 }
  return [...denies, ...allows, last, { ...end, RuleAction: 'deny', RuleNumber: 32767 }]
}

const PUBLIC_TIER = 0
const MOST_PEER_ROUTES = 6

/** A table for the public tier (main) and one per zone for the others, with 3 to 8 routes. */
export function routeTablesOf(random: Random, place: Place) {
  const isPublic = { GatewayId: internetGatewayId(place.vpc) }
  const zones = ZONES.map((_, zone) => ({
    target: { NatGatewayId: natGatewayId(place.vpc, zone) },
    subnets: place.subnets.filter((subnet) => subnet.zone === zone && subnet.tier !== PUBLIC_TIER),
  }))
  return [{ target: isPublic, subnets: [] }, ...zones].map(({ target, subnets }, number) => {
    const RouteTableId = `rtb-0${place.vpc.toString(16).padStart(4, '0')}${String(number).padStart(12, '0')}`
    const association = (SubnetId?: string) => ({
      Main: SubnetId === undefined,
      RouteTableAssociationId: `rtbassoc-0${random.hex(16)}`,
      RouteTableId,
      ...(SubnetId ? { SubnetId } : {}),
      AssociationState: { State: 'associated' },
    })
    return {
      Associations: number === 0 ? [association()] : subnets.map((subnet) => association(subnet.id)),
      PropagatingVgws: [],
      RouteTableId,
      Routes: routesOf(place, target),
      Tags: [{ Key: 'Name', Value: `table-${number}` }],
      VpcId: place.vpcId,
      OwnerId: ACCOUNT,
    }
  })
}

function routesOf(place: Place, target: { readonly [field: string]: string }) {
  const active = { Origin: 'CreateRoute', State: 'active' }
  return [
    {
      DestinationCidrBlock: `10.${place.vpc}.0.0/16`,
      GatewayId: 'local',
      Origin: 'CreateRouteTable',
      State: 'active',
    },
    ...place.peers.slice(0, MOST_PEER_ROUTES).map((peer) => ({
      ...active,
      DestinationCidrBlock: `10.${peer.vpc}.0.0/16`,
      VpcPeeringConnectionId: peer.id,
    })),
    { ...active, DestinationCidrBlock: '0.0.0.0/0', ...target },
  ]
}
