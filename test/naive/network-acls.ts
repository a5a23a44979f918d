/** Network ACLs, one packet, one direction: ascending rule numbers, the first match decides, else it is denied. */
import { contains } from './addresses.ts'
import type { Acl, AclEntry, Aws } from './aws.ts'
import type { Header } from './header.ts'

/** Numbers above are AWS's own way to print the final "*" entry, which denies. */
const HIGHEST_RULE_NUMBER = 32766

/** The subnet's own ACL; a subnet that is associated with none has its VPC's default ACL. */
export function aclOf(aws: Aws, subnetId: string | undefined): Acl | undefined {
  const subnet = aws.subnets.find((candidate) => candidate.SubnetId === subnetId)
  return (
    aws.acls.find((acl) =>
      (acl.Associations ?? []).some((association) => association.SubnetId === subnetId),
    ) ?? aws.acls.find((acl) => acl.IsDefault && acl.VpcId === subnet?.VpcId)
  )
}

/** @param remote the address outside of the subnet: the destination of what leaves, the source of what enters */
export function aclAllows(
  acl: Acl | undefined,
  direction: 'egress' | 'ingress',
  remote: string,
  header: Header,
): boolean {
  const entries = (acl?.Entries ?? [])
    .filter((entry) => entry.Egress === (direction === 'egress') && entry.RuleNumber <= HIGHEST_RULE_NUMBER)
    .sort((one, other) => one.RuleNumber - other.RuleNumber)
  const first = entries.find((entry) => entryMatches(entry, remote, header))
  return first?.RuleAction === 'allow'
}

function entryMatches(entry: AclEntry, remote: string, header: Header): boolean {
  const cidr = entry.CidrBlock ?? entry.Ipv6CidrBlock
  if (cidr === undefined || !contains(cidr, remote)) return false
  if (entry.Protocol === '-1') return true
  if (Number(entry.Protocol) !== header.protocol) return false
  if ('icmpType' in header) {
    const { Type = -1, Code = -1 } = entry.IcmpTypeCode ?? {}
    return (Type === -1 || Type === header.icmpType) && (Code === -1 || Code === header.icmpCode)
  }
  if ('destinationPort' in header) {
    const { From = 0, To = 65535 } = entry.PortRange ?? {}
    return From <= header.destinationPort && header.destinationPort <= To
  }
  return true
}
