/**
 * Security groups, compiled. Rules only allow; the rules of all groups of an interface are united.
 * https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
 */
import { known } from '../snapshot/known.ts'
import type { IpPermission, Known, Missing, SecurityGroup } from '../snapshot/types.ts'
import { type Address, parseCidr } from './address.ts'
import { find, type IntervalMap, segment } from './interval-map.ts'
import type { Interval } from './intervals.ts'
import type { PrefixLists } from './prefix-lists.ts'
import { hasPorts, isIcmp, parseProtocol, ruleRange } from './protocol.ts'

/** One peer of one permission, as AWS shows it: a row of the security group's rule table. */
export interface GroupRule {
  readonly securityGroupId: string
  readonly direction: 'ingress' | 'egress'
  readonly protocol: number | 'all'
  readonly ports: Interval<number>
  readonly cidr?: string | undefined
  readonly prefixListId?: string | undefined
  readonly referencedGroupId?: string | undefined
}

/** A rule that may apply, but part of it is not known. */
interface UnclearRule {
  readonly rule: GroupRule
  readonly missing: Missing
}

/** The rules for one protocol, by the address of the other end or by a group that it carries. */
export interface ProtocolRules {
  readonly v4: IntervalMap<number, readonly GroupRule[]>
  readonly v6: IntervalMap<bigint, readonly GroupRule[]>
  readonly byGroup: ReadonlyMap<string, readonly GroupRule[]>
  readonly unclear: readonly UnclearRule[]
}

/** The rules of one direction; compiled for a protocol when first asked. */
export interface DirectionRules {
  readonly rules: readonly GroupRule[]
  readonly unclear: readonly UnclearRule[]
  readonly prefixLists: PrefixLists
  readonly compiled: Map<number, ProtocolRules>
}

export interface CompiledGroup {
  readonly id: string
  readonly name: string | undefined
  readonly vpcId: string | undefined
  /** Absent when the response did not tell the rules of this direction. */
  readonly ingress: DirectionRules | undefined
  readonly egress: DirectionRules | undefined
}

export function compileGroup(group: SecurityGroup, prefixLists: PrefixLists): CompiledGroup {
  const side = (direction: 'ingress' | 'egress', permissions: readonly IpPermission[] | undefined) =>
    permissions && directionRules(group.GroupId, direction, permissions, prefixLists)
  return {
    id: group.GroupId,
    name: group.GroupName,
    vpcId: group.VpcId,
    ingress: side('ingress', group.IpPermissions),
    egress: side('egress', group.IpPermissionsEgress),
  }
}

function directionRules(
  groupId: string,
  direction: 'ingress' | 'egress',
  permissions: readonly IpPermission[],
  prefixLists: PrefixLists,
): DirectionRules {
  const rules: GroupRule[] = []
  const unclear: UnclearRule[] = []
  for (const permission of permissions) {
    const protocol = parseProtocol(permission.IpProtocol ?? '')
    const base = { securityGroupId: groupId, direction, protocol: protocol ?? ('all' as const) }
    const ports = ruleRange(base.protocol, permission.FromPort, permission.ToPort)
    const peers = peersOf(permission).map((peer) => ({ ...base, ports, ...peer }))
    const problem = unreadable(permission, protocol)
    for (const rule of peers) {
      const missing = problem ?? (hasPeer(rule) ? undefined : PEER_NOT_TOLD)
      if (missing) unclear.push({ rule, missing })
      else rules.push(rule)
    }
  }
  return { rules, unclear, prefixLists, compiled: new Map() }
}

/** TCP and UDP rules always have both ports, ICMP rules type and code; without them a rule may mean anything. */
function unreadable(permission: IpPermission, protocol: number | 'all' | undefined): Missing | undefined {
  const missing = 'ec2:DescribeSecurityGroups'
  if (protocol === undefined)
    return { missing, because: `protocol ${permission.IpProtocol ?? 'not given'} is not known` }
  const portless = permission.FromPort === undefined || permission.ToPort === undefined
  if (!portless || protocol === 'all') return undefined
  if (hasPorts(protocol)) return { missing, because: 'a rule without its ports' }
  return isIcmp(protocol) ? { missing, because: 'a rule without its ICMP type and code' } : undefined
}

const PEER_NOT_TOLD: Missing = {
  missing: 'ec2:DescribeSecurityGroups',
  because: 'a rule without its source or destination',
}

const hasPeer = ({ cidr, prefixListId, referencedGroupId }: GroupRule): boolean =>
  Boolean(cidr || prefixListId || referencedGroupId)

type Peer = Pick<GroupRule, 'cidr' | 'prefixListId' | 'referencedGroupId'>

/** AWS stores no permission without a peer: where no list that was told holds one, it stood in one that was cut. */
function peersOf(permission: IpPermission): readonly Peer[] {
  const { IpRanges, Ipv6Ranges, PrefixListIds, UserIdGroupPairs } = permission
  const peers: readonly Peer[] = [
    ...(IpRanges ?? []).map(({ CidrIp: cidr }) => ({ cidr })),
    ...(Ipv6Ranges ?? []).map(({ CidrIpv6: cidr }) => ({ cidr })),
    ...(PrefixListIds ?? []).map(({ PrefixListId: prefixListId }) => ({ prefixListId })),
    ...(UserIdGroupPairs ?? []).map(({ GroupId: referencedGroupId }) => ({ referencedGroupId })),
  ]
  const told = IpRanges && Ipv6Ranges && PrefixListIds && UserIdGroupPairs
  return peers.length > 0 || told ? peers : [{}]
}

export function rulesFor(side: DirectionRules, protocol: number): ProtocolRules {
  const found = side.compiled.get(protocol)
  if (found) return found
  const made = compileProtocol(side, protocol)
  side.compiled.set(protocol, made)
  return made
}

function compileProtocol(side: DirectionRules, protocol: number): ProtocolRules {
  const v4: (Interval<number> & { item: GroupRule })[] = []
  const v6: (Interval<bigint> & { item: GroupRule })[] = []
  const byGroup = new Map<string, GroupRule[]>()
  const unclear = side.unclear.filter(({ rule }) => applies(rule, protocol))
  const addCidr = (text: string, item: GroupRule) => {
    const range = parseCidr(text)?.range
    if (typeof range?.from === 'number') v4.push({ ...(range as Interval<number>), item })
    else if (range) v6.push({ ...(range as Interval<bigint>), item })
  }
  for (const rule of side.rules.filter((candidate) => applies(candidate, protocol))) {
    if (rule.referencedGroupId) push(byGroup, rule.referencedGroupId, rule)
    const cidrs = cidrsOf(side, rule)
    if (cidrs.known) for (const cidr of cidrs.value) addCidr(cidr, rule)
    else unclear.push({ rule, missing: cidrs.missing })
  }
  return { v4: segment(v4, (rules) => rules), v6: segment(v6, (rules) => rules), byGroup, unclear }
}

const NO_CIDRS: Known<readonly string[]> = known([])

/** The blocks that a rule names, itself or by a prefix list; none where it refers to a group. */
export function cidrsOf({ prefixLists }: DirectionRules, rule: GroupRule): Known<readonly string[]> {
  if (rule.cidr) return known([rule.cidr])
  return rule.prefixListId ? prefixLists(rule.prefixListId) : NO_CIDRS
}

export const applies = (rule: GroupRule, protocol: number) =>
  rule.protocol === 'all' || rule.protocol === protocol

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

const NONE: readonly GroupRule[] = []

/** The rules whose address ranges hold the other end's address. */
export const rulesByAddress = (rules: ProtocolRules, peer: Address): readonly GroupRule[] =>
  (typeof peer === 'number' ? find(rules.v4, peer) : find(rules.v6, peer)) ?? NONE
