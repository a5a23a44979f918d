/** No group of the target admits the load balancer. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html */
import { targetsOf } from '../path/breaches.ts'
import { groupEvidence, healthEvidence } from '../path/evidence.ts'
import { ingressFixes } from '../path/group-fixes.ts'
import { layers, pathRule } from '../path/rule.ts'
import { balancerName, checkPorts, groupNames, refersInVain, targetGroupIds } from '../path/words.ts'

export const netTargetSgIngress = pathRule({
  code: 'net.target-sg-ingress',
  layer: layers.targetGroups,
  needs: ['ec2:DescribeSecurityGroups', 'ec2:GetManagedPrefixListEntries'],
  tell(breach, incident) {
    const receivers = targetGroupIds(breach)
    const sender = groupNames(incident, breach.paths[0].probe.node.nic.groups.ids)
    const targets = targetsOf(breach)
    const ports = checkPorts(targets)
    const expected = `a rule that admits tcp ${ports} from ${sender}`
    return {
      title: `${groupNames(incident, receivers)} of the targets ${refersInVain(breach) ? `refers to a group to admit tcp ${ports}, which matches nothing on the way` : `admits no tcp ${ports}`} from load balancer ${balancerName(breach)} (${sender})`,
      evidence: [
        ...receivers.map((id) => groupEvidence(incident, id, 'IpPermissions', expected)),
        ...targets.slice(0, 1).map(healthEvidence),
      ],
      fixes: ingressFixes(breach),
    }
  },
  clean: (_incident, suspects) =>
    `the targets’ security groups admit the load balancer on tcp ${checkPorts(suspects)}`,
})
