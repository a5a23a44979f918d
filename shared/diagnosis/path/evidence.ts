/** What AWS said, quoted: the rules, entries and routes that decide a path. */
import type { Evidence } from '../../findings/finding.ts'
import { grouped } from '../../network/grouped.ts'
import { remembered } from '../../network/remembered.ts'
import type { Blocker, Explanation } from '../../reachability/result.ts'
import { listed } from '../../snapshot/known.ts'
import type { SecurityGroup } from '../../snapshot/types.ts'
import type { Incident, TargetFacts } from '../incident.ts'
import type { Breach } from './breaches.ts'

export function groupEvidence(
  { network }: Incident,
  groupId: string,
  field: 'IpPermissions' | 'IpPermissionsEgress',
  expected: string,
): Evidence {
  const [group] = network.snapshot.scopes.flatMap((scope) => {
    const list = listed(scope, 'ec2:DescribeSecurityGroups', 'SecurityGroups')
    return (list.known && groupsById(list.value).get(groupId)) || []
  })
  const observed = group?.[field]
  return { operation: 'ec2:DescribeSecurityGroups', resource: groupId, field, observed, expected }
}

const groupsById = remembered((groups: readonly SecurityGroup[]) =>
  grouped(groups, ({ GroupId }) => [GroupId]),
)

export const healthEvidence = (target: TargetFacts): Evidence => ({
  operation: 'elasticloadbalancing:DescribeTargetHealth',
  resource: target.id,
  field: 'TargetHealth',
  observed: { State: target.state, Reason: target.reason, Description: target.description },
  expected: 'healthy',
})

/** The hop at which the path breaks, with the entry or route that decided there. */
export const hopEvidence = (
  { blocker, paths }: Breach,
  operation: string,
  field: string,
  expected: string,
): Evidence => decidedBy(paths[0].probe.explanation, blocker, { operation, field, expected })

/** Of a subnet's route table, or of a transit gateway's. */
export const routeEvidence = (breach: Breach, expected: string): Evidence =>
  hopEvidence(
    breach,
    breach.blocker.component.type === 'transit-gateway-route-table'
      ? 'ec2:SearchTransitGatewayRoutes'
      : 'ec2:DescribeRouteTables',
    'Routes',
    expected,
  )

export function decidedBy(
  explanation: Explanation | undefined,
  blocker: Blocker,
  { operation, field, expected }: Pick<Evidence, 'operation' | 'field' | 'expected'>,
): Evidence {
  const hop = explanation?.[blocker.leg].find(
    ({ component, direction, verdict }) =>
      component.id === blocker.component.id &&
      direction === blocker.direction &&
      (verdict === 'block' || verdict === 'partial'),
  )
  return {
    operation,
    resource: blocker.component.id,
    field,
    observed: hop?.rule ?? hop?.explanation,
    expected,
  }
}
