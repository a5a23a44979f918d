/**
 * AWS's own JSON as a plan for the kernel. Reads what AWS documents and nothing of the engine, so that a mistake of
 * the engine cannot be here, too. Left to the kernel: which prefix is longest, which rule matches, what belongs to a
 * connection, what a reply needs.
 */
import { contains, prefixLength } from '../naive/addresses.ts'
import type { Acl, Aws, Interface, NatGateway, Permission, Route } from '../naive/aws.ts'
import { aclOf } from '../naive/network-acls.ts'
import type {
  KernelAclRule,
  KernelMachine,
  KernelRoute,
  KernelRule,
  KernelSubnet,
  KernelVpc,
} from './plan.ts'

type Direction = 'egress' | 'ingress'

export const translate = (aws: Aws): readonly KernelVpc[] =>
  aws.vpcs.map(({ VpcId }) => {
    const subnets = subnetsOf(aws, VpcId)
    const position = (id: string | undefined) => subnets.findIndex(({ SubnetId }) => SubnetId === id)
    const nat = aws.natGateways.find((gateway) => gateway.VpcId === VpcId && gateway.State === 'available')
    return {
      blocks: blocksOf(aws, VpcId),
      subnets: subnets.map(({ SubnetId }) => subnetOf(aws, VpcId, SubnetId)),
      machines: machinesOf(aws, VpcId).map((item) => machineOf(aws, item, position(item.SubnetId))),
      nat: nat ? natOf(nat, position(nat.SubnetId)) : null,
      internetGateway: attachedGateways(aws, VpcId).length > 0,
    }
  })

const subnetsOf = (aws: Aws, vpcId: string | undefined) =>
  aws.subnets.filter((subnet) => subnet.VpcId === vpcId)

const machinesOf = (aws: Aws, vpcId: string | undefined): readonly Interface[] =>
  aws.interfaces.filter((item) => item.VpcId === vpcId)

function blocksOf(aws: Aws, vpcId: string | undefined): readonly string[] {
  const vpc = aws.vpcs.find((candidate) => candidate.VpcId === vpcId)
  return [
    ...(vpc?.CidrBlockAssociationSet ?? []).map(({ CidrBlock }) => CidrBlock),
    ...(vpc?.Ipv6CidrBlockAssociationSet ?? []).map(({ Ipv6CidrBlock }) => Ipv6CidrBlock),
  ].filter((block) => block !== undefined)
}

const attachedGateways = (aws: Aws, vpcId: string | undefined) =>
  aws.internetGateways.filter(({ Attachments }) =>
    (Attachments ?? []).some(({ VpcId, State }) => VpcId === vpcId && State === 'available'),
  )

function natOf({ NatGatewayAddresses: [address] = [], ConnectivityType }: NatGateway, subnet: number) {
  const isPublic = ConnectivityType === 'public'
  return {
    subnet,
    address: known(address?.PrivateIp, 'the private address of a NAT gateway'),
    publicAddress: (isPublic && address?.PublicIp) || null,
  }
}

function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what} is missing`)
  return value
}

// ---- Network ACLs: by number, whatever their order in the list; 32767 and above are the final denies ----

function subnetOf(aws: Aws, vpcId: string | undefined, subnetId: string | undefined): KernelSubnet {
  const acl = aclOf(aws, subnetId)
  return {
    egress: aclRules(acl, 'egress'),
    ingress: aclRules(acl, 'ingress'),
    routes: routesOf(aws, vpcId, subnetId),
  }
}

const aclRules = (acl: Acl | undefined, direction: Direction): readonly KernelAclRule[] =>
  (acl?.Entries ?? [])
    .filter(({ Egress, RuleNumber }) => Egress === (direction === 'egress') && Number(RuleNumber) < 32767)
    .toSorted((one, other) => Number(one.RuleNumber) - Number(other.RuleNumber))
    .flatMap(({ Protocol, RuleAction, PortRange, CidrBlock, Ipv6CidrBlock }) => {
      const protocol = protocolOf(Protocol)
      const peer = known(CidrBlock ?? Ipv6CidrBlock, 'the block of an ACL entry')
      const ports = [PortRange?.From ?? 0, PortRange?.To ?? 65535] as const
      return protocol ? [{ allow: RuleAction === 'allow', protocol, ports, peer }] : []
    })

/** Probes are TCP and UDP, so that rules for any other protocol never match. */
function protocolOf(name: string | undefined): KernelRule['protocol'] | undefined {
  if (name === '-1') return 'all'
  if (name === 'tcp' || name === '6') return 'tcp'
  return name === 'udp' || name === '17' ? 'udp' : undefined
}

// ---- Security groups: the rules of all groups of an interface, references as their members' addresses ----

function machineOf(aws: Aws, item: Interface, subnet: number): KernelMachine {
  const groups = (item.Groups ?? []).map(({ GroupId }) => GroupId)
  const own = aws.groups.filter(({ GroupId }) => groups.includes(GroupId))
  const rules = (permissions: readonly Permission[]) =>
    permissions.flatMap((rule) => groupRules(aws, item, rule))
  return {
    id: known(item.NetworkInterfaceId, 'the id of an interface'),
    subnet,
    addresses: addressesOf(item),
    publicAddress: item.Association?.PublicIp ?? null,
    egress: rules(own.flatMap(({ IpPermissionsEgress }) => IpPermissionsEgress ?? [])),
    ingress: rules(own.flatMap(({ IpPermissions }) => IpPermissions ?? [])),
  }
}

function groupRules(aws: Aws, item: Interface, rule: Permission): readonly KernelRule[] {
  const protocol = protocolOf(rule.IpProtocol)
  if (!protocol) return []
  const peers = [
    ...(rule.IpRanges ?? []).map(({ CidrIp }) => CidrIp),
    ...(rule.Ipv6Ranges ?? []).map(({ CidrIpv6 }) => CidrIpv6),
    ...(rule.PrefixListIds ?? []).flatMap(({ PrefixListId }) => aws.prefixLists[PrefixListId ?? ''] ?? []),
    ...(rule.UserIdGroupPairs ?? []).flatMap(({ GroupId }) => memberAddresses(aws, item.VpcId, GroupId)),
  ]
  const ports = [rule.FromPort ?? 0, rule.ToPort ?? 65535] as const
  return peers.filter((peer) => peer !== undefined).map((peer) => ({ protocol, ports, peer }))
}

/** Members in the same VPC, or across an active peering connection within one Region. */
function memberAddresses(aws: Aws, vpcId: string | undefined, group: string | undefined): readonly string[] {
  const near = aws.peerings
    .filter(({ Status, RequesterVpcInfo: one, AccepterVpcInfo: other }) => {
      return Status?.Code === 'active' && one?.Region === other?.Region
    })
    .map(({ RequesterVpcInfo: one, AccepterVpcInfo: other }) => [one?.VpcId, other?.VpcId])
    .filter((ends) => ends.includes(vpcId))
    .flat()
  return aws.interfaces
    .filter((item) => item.VpcId === vpcId || near.includes(item.VpcId))
    .filter(({ Groups }) => (Groups ?? []).some(({ GroupId }) => GroupId === group))
    .flatMap(addressesOf)
}

const addressesOf = (item: Interface): readonly string[] => [
  known(item.PrivateIpAddress, 'the address of an interface'),
  ...(item.Ipv6Addresses ?? []).map(({ Ipv6Address }) => known(Ipv6Address, 'an IPv6 address')),
]

// ---- Routes: the subnet's own table, else the VPC's main table ----

function routesOf(aws: Aws, vpcId: string | undefined, subnetId: string | undefined): readonly KernelRoute[] {
  const tables = aws.routeTables.filter((table) => table.VpcId === vpcId)
  const own = tables.find(({ Associations }) => (Associations ?? []).some((one) => one.SubnetId === subnetId))
  const main = tables.find(({ Associations }) => (Associations ?? []).some((one) => one.Main === true))
  return ((own ?? main)?.Routes ?? []).flatMap((route) =>
    destinationsOf(aws, route)
      .filter((to) => !losesAgainstLocal(aws, vpcId, route, to))
      .map((to) => ({ to, ...leads(aws, vpcId, route), metric: metricOf(route) })),
  )
}

/**
 * Local routes win over propagated ones, even over more specific ones.
 * https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-route-priority.html
 */
const losesAgainstLocal = (aws: Aws, vpcId: string | undefined, { Origin }: Route, to: string): boolean =>
  Origin === 'EnableVgwRoutePropagation' &&
  blocksOf(aws, vpcId).some(
    (block) => contains(block, to.replace(/\/.*/, '')) && prefixLength(block) <= prefixLength(to),
  )

const destinationsOf = (aws: Aws, route: Route): readonly string[] =>
  route.DestinationPrefixListId
    ? (aws.prefixLists[route.DestinationPrefixListId] ?? [])
    : [known(route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock, 'the destination of a route')]

/** Local before static before prefix list before propagated, where the blocks are the same. */
function metricOf(route: Route): number {
  if (route.GatewayId === 'local') return 5
  if (route.Origin === 'EnableVgwRoutePropagation') return 30
  return route.DestinationPrefixListId ? 20 : 10
}

function leads(aws: Aws, vpcId: string | undefined, route: Route): Pick<KernelRoute, 'through' | 'vpc'> {
  if (route.State !== 'active') return { through: 'nowhere', vpc: null }
  if (route.GatewayId === 'local') return { through: 'local', vpc: null }
  if (route.GatewayId?.startsWith('igw-')) return { through: 'igw', vpc: null }
  if (route.NatGatewayId) return { through: 'nat', vpc: null }
  const vpc = otherEnd(aws, vpcId, route.VpcPeeringConnectionId)
  return vpc === undefined ? { through: 'nowhere', vpc: null } : { through: 'peering', vpc }
}

/** The number of the VPC at the other end of an active peering connection. */
function otherEnd(aws: Aws, vpcId: string | undefined, id: string | undefined): number | undefined {
  const peering = aws.peerings.find(
    (one) => one.VpcPeeringConnectionId === id && one.Status?.Code === 'active',
  )
  const ends = [peering?.RequesterVpcInfo?.VpcId, peering?.AccepterVpcInfo?.VpcId]
  const other = ends.find((end) => end !== vpcId)
  const index = aws.vpcs.findIndex((vpc) => vpc.VpcId === other)
  return peering && ends.includes(vpcId) && index >= 0 ? index : undefined
}
