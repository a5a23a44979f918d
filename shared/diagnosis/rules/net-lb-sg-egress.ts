/** The load balancer's own group cannot open the connection. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html */
import type { TargetFacts } from '../incident.ts'
import { targetsOf } from '../path/breaches.ts'
import { groupEvidence, healthEvidence } from '../path/evidence.ts'
import { egressFixes } from '../path/group-fixes.ts'
import { layers, pathRule } from '../path/rule.ts'
import { balancerName, checkPorts, groupNames, refersInVain, targetGroupIds } from '../path/words.ts'

export const netLbSgEgress = pathRule({
  code: 'net.lb-sg-egress',
  layer: layers.balancerGroups,
  needs: ['ec2:DescribeSecurityGroups', 'ec2:GetManagedPrefixListEntries'],
  tell(breach, incident) {
    const { ids } = breach.paths[0].probe.node.nic.groups
    const targets = targetsOf(breach)
    const ports = checkPorts(targets)
    const receivers = groupNames(incident, targetGroupIds(breach))
    const expected = `a rule that allows tcp ${ports} to ${receivers}`
    const own = groupNames(incident, ids)
    return {
      title: `${own} of load balancer ${balancerName(breach)} ${refersInVain(breach) ? `refers to a group to let tcp ${ports} out, which matches nothing on the way` : `allows no outbound tcp ${ports}`} to the targets (${receivers})`,
      evidence: [
        ...ids.map((id) => groupEvidence(incident, id, 'IpPermissionsEgress', expected)),
        ...targets.slice(0, 1).map(healthEvidence),
      ],
      fixes: egressFixes(breach),
    }
  },
  clean: (_incident, suspects) =>
    suspects.some(hasSenderGroup)
      ? `outbound rules of the load balancer allow tcp ${checkPorts(suspects)} to every target`
      : 'the load balancer has no security group',
})

/** Network Load Balancers may go without. */
const hasSenderGroup = ({ probes }: TargetFacts): boolean =>
  probes.known && probes.value.some(({ node }) => node.nic.groups.ids.length > 0)
