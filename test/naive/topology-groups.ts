import { ACCOUNT, cidrOf, ids, wrap } from './topology-ids.ts'
import type { GroupRulePlan, NetworkPlan, PeerPlan, VpcPlan } from './topology-plan.ts'

export const groupsOf = (plan: NetworkPlan, vpc: VpcPlan, index: number) =>
  vpc.groups.map((group, position) => ({
    GroupId: ids.group(index, position),
    GroupName: `group-${index}-${position}`,
    VpcId: ids.vpc(index),
    OwnerId: ACCOUNT,
    IpPermissions: group.ingress.map((rule) => permissionOf(plan, index, rule)),
    IpPermissionsEgress: group.egress.map((rule) => permissionOf(plan, index, rule)),
  }))

function permissionOf(plan: NetworkPlan, vpc: number, rule: GroupRulePlan) {
  const cidrs = rule.peers.flatMap((peer) => (peer.kind === 'cidr' ? cidrOf(plan, peer.block) : []))
  return {
    IpProtocol: rule.protocol,
    ...portFieldsOf(rule),
    IpRanges: cidrs.filter((cidr) => !cidr.includes(':')).map((CidrIp) => ({ CidrIp })),
    Ipv6Ranges: cidrs.filter((cidr) => cidr.includes(':')).map((CidrIpv6) => ({ CidrIpv6 })),
    PrefixListIds: rule.peers.flatMap((peer) =>
      peer.kind === 'prefix-list' && plan.prefixLists.length > 0
        ? { PrefixListId: ids.prefixList(wrap(plan.prefixLists, peer.list)[1]) }
        : [],
    ),
    UserIdGroupPairs: rule.peers.flatMap((peer) => (peer.kind === 'group' ? pairOf(plan, vpc, peer) : [])),
  }
}

/** AWS leaves the port fields out where the protocol has none. */
function portFieldsOf(rule: GroupRulePlan) {
  if (['tcp', 'udp', '6', '17'].includes(rule.protocol))
    return { FromPort: rule.ports.from, ToPort: rule.ports.to }
  if (['icmp', 'icmpv6', '1', '58'].includes(rule.protocol))
    return { FromPort: rule.icmp.type, ToPort: rule.icmp.code }
  return {}
}

/** A reference to a group of another VPC names the peering connection that it was made over, also a stale one. */
function pairOf(plan: NetworkPlan, vpc: number, peer: Extract<PeerPlan, { kind: 'group' }>) {
  const [other, otherIndex] = wrap(plan.vpcs, peer.vpc)
  const pair = [0, 1, 2].find((candidate) =>
    ids.pair(candidate).every((end) => [vpc, otherIndex].includes(end)),
  )
  const status = pair === undefined ? 'none' : plan.peerings[pair]
  return {
    GroupId: ids.group(otherIndex, wrap(other.groups, peer.group)[1]),
    UserId: ACCOUNT,
    ...(otherIndex !== vpc && pair !== undefined && status !== 'none'
      ? { VpcId: ids.vpc(otherIndex), VpcPeeringConnectionId: ids.peering(pair), PeeringStatus: status }
      : {}),
  }
}
