import { cidrOf, ids, wrap } from './topology-ids.ts'
import type { AclEntryPlan, NetworkPlan, VpcPlan } from './topology-plan.ts'

export const aclsOf = (plan: NetworkPlan, vpc: VpcPlan, index: number) =>
  vpc.acls.map((entries, position) => ({
    NetworkAclId: ids.acl(index, position),
    VpcId: ids.vpc(index),
    IsDefault: position === 0,
    Associations: vpc.subnets.flatMap((subnet, subnetIndex) =>
      wrap(vpc.acls, subnet.acl)[1] === position
        ? {
            NetworkAclAssociationId: `aclassoc-${ids.subnet(index, subnetIndex)}`,
            NetworkAclId: ids.acl(index, position),
            SubnetId: ids.subnet(index, subnetIndex),
          }
        : [],
    ),
    // AWS does not promise an order: the entries come backwards, the final denies first.
    Entries: [
      ...finalDenies(vpc),
      ...entries.map((entry, number) => entryOf(plan, entry, (number + 1) * 10)).reverse(),
    ],
  }))

function entryOf(plan: NetworkPlan, entry: AclEntryPlan, RuleNumber: number) {
  const cidr = cidrOf(plan, entry.block)
  return {
    RuleNumber,
    Egress: entry.egress,
    Protocol: entry.protocol,
    RuleAction: entry.allow ? 'allow' : 'deny',
    ...(cidr.includes(':') ? { Ipv6CidrBlock: cidr } : { CidrBlock: cidr }),
    ...(['6', '17'].includes(entry.protocol) && entry.ports
      ? { PortRange: { From: entry.ports.from, To: entry.ports.to } }
      : {}),
    ...(['1', '58'].includes(entry.protocol)
      ? { IcmpTypeCode: { Type: entry.icmp.type, Code: entry.icmp.code } }
      : {}),
  }
}

function finalDenies(vpc: VpcPlan) {
  const deny = { Protocol: '-1', RuleAction: 'deny' }
  return [true, false].flatMap((Egress) => [
    { ...deny, Egress, RuleNumber: 32767, CidrBlock: '0.0.0.0/0' },
    ...(vpc.ipv6 ? [{ ...deny, Egress, RuleNumber: 32768, Ipv6CidrBlock: '::/0' }] : []),
  ])
}
