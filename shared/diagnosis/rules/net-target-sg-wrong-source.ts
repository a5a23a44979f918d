/** A rule is there, but it refers to a group that the load balancer does not carry, or sits on one that the target does not carry. */
import { targetsOf } from '../path/breaches.ts'
import { strayRules } from '../path/claims.ts'
import { groupEvidence, healthEvidence } from '../path/evidence.ts'
import { ingressFixes } from '../path/group-fixes.ts'
import { layers, pathRule } from '../path/rule.ts'
import { balancerName, checkPorts, groupName, groupNames, targetGroupIds } from '../path/words.ts'

export const netTargetSgWrongSource = pathRule({
  code: 'net.target-sg-wrong-source',
  layer: layers.targetGroups,
  needs: ['ec2:DescribeSecurityGroups'],
  tell(breach, incident) {
    const sender = groupNames(incident, breach.paths[0].probe.node.nic.groups.ids)
    const [stray] = strayRules(breach, incident)
    const holder = stray?.securityGroupId ?? breach.blocker.component.id
    const carried = targetGroupIds(breach).includes(holder)
    const source = groupName(incident, stray?.referencedGroupId ?? '')
    const ports = checkPorts(targetsOf(breach))
    const title = carried
      ? `${groupName(incident, holder)} of the targets admits ${source} on tcp ${ports}, but load balancer ${balancerName(breach)} carries ${sender}`
      : `The rule for tcp ${ports} from ${source} sits on ${groupName(incident, holder)}, which the targets do not carry (they carry ${groupNames(incident, targetGroupIds(breach))})`
    return {
      title,
      evidence: [
        groupEvidence(
          incident,
          holder,
          'IpPermissions',
          `a rule that admits tcp ${ports} from ${sender}, on a group of the targets`,
        ),
        {
          operation: 'elasticloadbalancing:DescribeLoadBalancers',
          resource: breach.paths[0].probe.loadBalancer.LoadBalancerArn,
          field: 'SecurityGroups',
          observed: breach.paths[0].probe.loadBalancer.SecurityGroups,
          expected: `the group that the rule refers to`,
        },
        ...targetsOf(breach).slice(0, 1).map(healthEvidence),
      ],
      fixes: ingressFixes(breach),
    }
  },
  clean: () =>
    'every rule for the check refers to a group that the load balancer carries, on a group that the targets carry',
})
