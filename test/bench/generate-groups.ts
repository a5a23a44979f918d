/** Security groups as they grow over the years. */
import { ACCOUNT, type Place, PREFIX_LIST, REGION } from './places.ts'
import type { Random } from './random.ts'

const PORTS = [80, 443, 3000, 5432, 6379, 8000, 8080, 8443, 9090, 9200] as const
const FEWEST_RULES = 4
const MOST_RULES = 12

/** @param growth how many times 4 to 12 inbound rules each has */
export const groupsOf = (random: Random, place: Place, places: readonly Place[], growth: number) =>
  place.groupIds.map((GroupId, number) => ({
    GroupId,
    IpPermissionsEgress: egressOf(random, place, places),
    Tags: [{ Key: 'Name', Value: `service-${number}` }],
    VpcId: place.vpcId,
    SecurityGroupArn: `arn:aws:ec2:${REGION}:${ACCOUNT}:security-group/${GroupId}`,
    OwnerId: ACCOUNT,
    GroupName: `service-${GroupId.slice(-12)}`,
    Description: `Managed by the platform team, service ${number}`,
    IpPermissions: permissionsOf(random, place, places, growth * random.between(FEWEST_RULES, MOST_RULES)),
  }))

const EVERYWHERE = { ...noPeers(), IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }

function egressOf(random: Random, place: Place, places: readonly Place[]) {
  if (random.below(10) < 7) return [EVERYWHERE]
  return permissionsOf(random, place, places, random.between(1, 3))
}

interface Peers {
  readonly IpRanges: object[]
  readonly Ipv6Ranges: object[]
  readonly PrefixListIds: object[]
  readonly UserIdGroupPairs: object[]
}

function noPeers(): Peers {
  return { IpRanges: [], Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] }
}

type Permission = Peers & { readonly IpProtocol: string; readonly FromPort: number; readonly ToPort: number }

/** AWS keeps one permission per protocol and ports, with all of its peers. */
function permissionsOf(random: Random, place: Place, places: readonly Place[], count: number) {
  const byPorts = new Map<string, Permission>()
  for (let rule = 0; rule < count; rule += 1) {
    const IpProtocol = random.below(10) === 0 ? 'udp' : 'tcp'
    const FromPort = random.pick(PORTS)
    const ToPort = random.below(10) === 0 ? FromPort + 99 : FromPort
    const key = `${IpProtocol} ${FromPort} ${ToPort}`
    const permission = byPorts.get(key) ?? { ...noPeers(), IpProtocol, FromPort, ToPort }
    byPorts.set(key, permission)
    addPeer(permission, random, place, places)
  }
  return [...byPorts.values()]
}

function addPeer(to: Peers, random: Random, place: Place, places: readonly Place[]): void {
  const choice = random.below(20)
  if (choice < 9) addOnce(to.UserIdGroupPairs, { UserId: ACCOUNT, GroupId: random.pick(place.groupIds) })
  else if (choice < 10) addOnce(to.UserIdGroupPairs, peeredGroup(random, place, places))
  else if (choice < 11) addOnce(to.PrefixListIds, { PrefixListId: PREFIX_LIST, Description: 'offices' })
  else if (choice < 14) addOnce(to.IpRanges, { CidrIp: '10.0.0.0/8', Description: 'everything inside' })
  else if (choice < 18) addSubnets(to.IpRanges, random, place)
  else addOnce(to.IpRanges, { CidrIp: fewHosts(random, place) })
}

function addSubnets(ranges: object[], random: Random, place: Place): void {
  const count = random.between(1, 3)
  for (let subnet = 0; subnet < count; subnet += 1)
    addOnce(ranges, { CidrIp: `10.${place.vpc}.${random.pick(place.subnets).octet}.0/20` })
}

const fewHosts = (random: Random, place: Place) =>
  `10.${place.vpc}.${random.pick(place.subnets).octet + random.below(16)}.${random.below(16) * 16}/28`

/** AWS refuses a rule that is there already. */
function addOnce(list: object[], item: object): void {
  const text = JSON.stringify(item)
  if (!list.some((other) => JSON.stringify(other) === text)) list.push(item)
}

function peeredGroup(random: Random, place: Place, places: readonly Place[]) {
  const peer = random.pick(place.peers)
  const other = places[peer.vpc] ?? place
  return {
    UserId: ACCOUNT,
    GroupId: random.pick(other.groupIds),
    VpcId: other.vpcId,
    VpcPeeringConnectionId: peer.id,
    PeeringStatus: 'active',
  }
}
