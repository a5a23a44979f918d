/** The check has a port of its own; the groups let only the traffic port through. */
import { targetsOf } from '../path/breaches.ts'
import { groupEvidence } from '../path/evidence.ts'
import { checkPortFixes } from '../path/group-fixes.ts'
import { layers, pathRule } from '../path/rule.ts'
import { checkPorts, groupName } from '../path/words.ts'

export const netHcPortNotOpened = pathRule({
  code: 'net.hc-port-not-opened',
  layer: layers.groups,
  needs: ['ec2:DescribeSecurityGroups', 'ec2:GetManagedPrefixListEntries'],
  tell(breach, incident) {
    const targets = targetsOf(breach)
    const [check, traffic] = [checkPorts(targets), [...new Set(targets.map(({ port }) => port))].join(', ')]
    const { id } = breach.blocker.component
    const outbound = breach.blocker.direction === 'egress'
    const group = incident.group?.targetGroup
    return {
      title: `The health check uses port ${check}, but ${groupName(incident, id)} ${outbound ? 'lets only' : 'admits only'} the traffic port ${traffic}${outbound ? ' out' : ''}`,
      evidence: [
        {
          operation: 'elasticloadbalancing:DescribeTargetGroups',
          resource: group?.TargetGroupArn ?? '',
          field: 'HealthCheckPort',
          observed: group?.HealthCheckPort,
          expected: 'traffic-port, or a port that is opened like the traffic port',
        },
        groupEvidence(
          incident,
          id,
          outbound ? 'IpPermissionsEgress' : 'IpPermissions',
          `a rule for tcp ${check}`,
        ),
      ],
      fixes: checkPortFixes(breach, incident),
    }
  },
  clean(_incident, suspects) {
    const own = suspects.filter(({ port, checkPort }) => port !== checkPort)
    return own.length === 0
      ? 'the check uses the traffic port'
      : `port ${checkPorts(own)} of the check is open like the traffic port`
  },
})
