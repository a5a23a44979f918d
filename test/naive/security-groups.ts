/** Security groups, one packet, one direction: is there a rule in any of the interface's groups that allows it? */
import { contains } from './addresses.ts'
import { type Aws, activePeering, attachmentOf, type Interface, type Permission } from './aws.ts'
import type { Header } from './header.ts'

type Direction = 'egress' | 'ingress'

/** The other end as this interface's rules see it; `end` when it is an interface, by whose groups it is known. */
export interface Other {
  readonly address: string
  readonly end?: Interface
  /** What is between the two, as far as it matters to references. */
  readonly across?: 'transit'
}

export function groupsAllow(
  aws: Aws,
  end: Interface,
  direction: Direction,
  other: Other,
  header: Header,
): boolean {
  const groupIds = (end.Groups ?? []).map((group) => group.GroupId)
  const groups = aws.groups.filter((group) => groupIds.includes(group.GroupId))
  const rules = groups.flatMap((group) =>
    direction === 'egress' ? (group.IpPermissionsEgress ?? []) : (group.IpPermissions ?? []),
  )
  return rules.some((rule) => protocolMatches(rule, header) && peerMatches(aws, rule, end, direction, other))
}

const PROTOCOL_NAMES: Readonly<Record<string, number>> = { tcp: 6, udp: 17, icmp: 1, icmpv6: 58 }

/** "-1 all; tcp/udp/icmp/icmpv6 or number; ICMP: FromPort = type, ToPort = code, -1 = all" */
function protocolMatches(rule: Permission, header: Header): boolean {
  const name = rule.IpProtocol ?? ''
  if (name === '-1') return true
  if ((PROTOCOL_NAMES[name] ?? Number(name)) !== header.protocol) return false
  const [from, to] = [rule.FromPort ?? -1, rule.ToPort ?? -1]
  if ('icmpType' in header) {
    return (from === -1 || from === header.icmpType) && (to === -1 || to === header.icmpCode)
  }
  if ('destinationPort' in header) return from <= header.destinationPort && header.destinationPort <= to
  return true
}

function peerMatches(
  aws: Aws,
  rule: Permission,
  end: Interface,
  direction: Direction,
  other: Other,
): boolean {
  const inRange = (cidr: string | undefined) => cidr !== undefined && contains(cidr, other.address)
  return (
    (rule.IpRanges ?? []).some((range) => inRange(range.CidrIp)) ||
    (rule.Ipv6Ranges ?? []).some((range) => inRange(range.CidrIpv6)) ||
    (rule.PrefixListIds ?? []).some((list) =>
      (aws.prefixLists[list.PrefixListId ?? ''] ?? []).some(inRange),
    ) ||
    (rule.UserIdGroupPairs ?? []).some((pair) => referenceMatches(aws, pair.GroupId, end, direction, other))
  )
}

/** A reference stands for the interfaces that have the group: in the same VPC, across an active peering connection
 * within one Region, or, in inbound rules only, across a transit gateway. */
function referenceMatches(
  aws: Aws,
  groupId: string | undefined,
  end: Interface,
  direction: Direction,
  { end: member, across }: Other,
): boolean {
  if (!member || !(member.Groups ?? []).some((group) => group.GroupId === groupId)) return false
  if (across === 'transit') return direction === 'ingress' && transitPreserves(aws, end.VpcId, member.VpcId)
  if (member.VpcId === end.VpcId) return true
  const peering = activePeering(aws, member.VpcId, end.VpcId)
  return peering !== undefined && peering.RequesterVpcInfo?.Region === peering.AccepterVpcInfo?.Region
}

/**
 * Both VPCs are attached to one transit gateway, and it and both attachments support references.
 * https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
 */
const transitPreserves = (aws: Aws, one: string | undefined, other: string | undefined): boolean =>
  aws.transitGateways.some((gateway) =>
    [
      gateway,
      attachmentOf(aws, gateway.TransitGatewayId, one),
      attachmentOf(aws, gateway.TransitGatewayId, other),
    ].every((each) => each?.Options?.SecurityGroupReferencingSupport === 'enable'),
  )
