/** Deciding rules in AWS's words: the fields of AnalysisSecurityGroupRule, AnalysisAclRule, AnalysisRouteTableRoute. */
import type { AclSegment } from '../network/network-acls.ts'
import { formatPorts } from '../network/ports.ts'
import { protocolName } from '../network/protocol.ts'
import type { CompiledRoute } from '../network/route-tables.ts'
import type { GroupRule } from '../network/security-groups.ts'
import type { DecidingRule, Direction } from './result.ts'

export const groupRule = (rule: GroupRule): DecidingRule => ({
  securityGroupId: rule.securityGroupId,
  direction: rule.direction,
  protocol: rule.protocol === 'all' ? '-1' : protocolName(rule.protocol),
  portRange: formatPorts([rule.ports]),
  ...(rule.cidr && { cidr: rule.cidr }),
  ...(rule.prefixListId && { prefixListId: rule.prefixListId }),
  ...(rule.referencedGroupId && { referencedGroupId: rule.referencedGroupId }),
})

/** The implicit deny at the end is rule "*", as the console shows it. */
export function aclRule({ entry, allow }: AclSegment, direction: Direction): DecidingRule {
  const egress = direction === 'egress'
  if (!entry) return { ruleNumber: '*', egress, ruleAction: 'deny', protocol: '-1' }
  const range = entry.PortRange
  return {
    ruleNumber: entry.RuleNumber,
    egress,
    ruleAction: allow ? 'allow' : 'deny',
    protocol: entry.Protocol,
    ...(range && { portRange: range.From === range.To ? `${range.From}` : `${range.From}-${range.To}` }),
    cidr: entry.CidrBlock ?? entry.Ipv6CidrBlock,
  }
}

export function routeRule({ route, target }: CompiledRoute): DecidingRule {
  return {
    destinationCidr: route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock,
    ...(route.DestinationPrefixListId && { destinationPrefixListId: route.DestinationPrefixListId }),
    target: target.kind === 'local' ? 'local' : target.id,
    state: route.State,
    ...(route.Origin && { origin: route.Origin }),
  }
}
