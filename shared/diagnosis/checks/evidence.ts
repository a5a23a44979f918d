/** What AWS said of a target group and its checks, quoted. */
import type { Evidence } from '../../findings/finding.ts'
import type { Component } from '../../reachability/result.ts'
import type { TargetGroup } from '../../snapshot/types.ts'
import type { GroupFacts, TargetFacts } from '../incident.ts'

export const groupName = ({ TargetGroupName, TargetGroupArn }: TargetGroup): string =>
  TargetGroupName ?? TargetGroupArn

export const groupComponent = (group: TargetGroup): Component => ({
  type: 'target-group',
  id: group.TargetGroupArn,
  name: groupName(group),
})

export const settingEvidence = (
  group: TargetGroup,
  field: keyof TargetGroup,
  expected: string,
): Evidence => ({
  operation: 'elasticloadbalancing:DescribeTargetGroups',
  resource: group.TargetGroupArn,
  field,
  observed: group[field],
  expected,
})

export const attributeEvidence = (
  { targetGroup, attributes }: GroupFacts,
  key: string,
  expected: string,
): Evidence => ({
  operation: 'elasticloadbalancing:DescribeTargetGroupAttributes',
  resource: targetGroup.TargetGroupArn,
  field: key,
  observed: attributes.known ? attributes.value[key] : undefined,
  expected,
})

/** The port that AWS says it asks. */
export const checkPortEvidence = (target: TargetFacts, expected: string): Evidence => ({
  operation: 'elasticloadbalancing:DescribeTargetHealth',
  resource: target.id,
  field: 'HealthCheckPort',
  observed: target.checkPort,
  expected,
})

const SHOWN = 3

/** "10.0.1.15", "10.0.1.15 and 10.0.2.7", "10.0.1.15, 10.0.2.7 and 4 more" */
export function namesOf(items: readonly string[]): string {
  const distinct = [...new Set(items)]
  if (distinct.length > SHOWN)
    return `${distinct.slice(0, SHOWN - 1).join(', ')} and ${distinct.length - SHOWN + 1} more`
  return [distinct.slice(0, -1).join(', '), ...distinct.slice(-1)].filter(Boolean).join(' and ')
}
