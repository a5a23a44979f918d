/** Security groups, one packet, one direction: is there a rule in any of the interface's groups that allows it? */
import { contains } from './addresses.ts'
import { type Aws, activePeering, type Interface, type Permission } from './aws.ts'
import type { Header } from './header.ts'

/** The other end as this interface's rules see it; `end` when it is an interface, by whose groups it is known. */
export interface Other {
  readonly address: string
  readonly end?: Interface
}

export function groupsAllow(
  aws: Aws,
  end: Interface,
  direction: 'egress' | 'ingress',
  other: Other,
  header: Header,
): boolean {
  const groupIds = (end.Groups ?? []).map((group) => group.GroupId)
  const groups = aws.groups.filter((group) => groupIds.includes(group.GroupId))
  const rules = groups.flatMap((group) =>
    direction === 'egress' ? (group.IpPermissionsEgress ?? []) : (group.IpPermissions ?? []),
  )
  return rules.some((rule) => protocolMatches(rule, header) && peerMatches(aws, rule, end, other))
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

function peerMatches(aws: Aws, rule: Permission, end: Interface, other: Other): boolean {
  const inRange = (cidr: string | undefined) => cidr !== undefined && contains(cidr, other.address)
  return (
    (rule.IpRanges ?? []).some((range) => inRange(range.CidrIp)) ||
    (rule.Ipv6Ranges ?? []).some((range) => inRange(range.CidrIpv6)) ||
    (rule.PrefixListIds ?? []).some((list) =>
      (aws.prefixLists[list.PrefixListId ?? ''] ?? []).some(inRange),
    ) ||
    (rule.UserIdGroupPairs ?? []).some((pair) => referenceMatches(aws, pair.GroupId, end, other))
  )
}

/** A reference stands for the interfaces that have the group: in the same VPC, or across an active peering
 * connection within one Region. */
function referenceMatches(aws: Aws, groupId: string | undefined, end: Interface, other: Other): boolean {
  const isMember = (other.end?.Groups ?? []).some((group) => group.GroupId === groupId)
  if (!isMember || !other.end) return false
  if (other.end.VpcId === end.VpcId) return true
  const peering = activePeering(aws, other.end.VpcId, end.VpcId)
  return peering !== undefined && peering.RequesterVpcInfo?.Region === peering.AccepterVpcInfo?.Region
}
