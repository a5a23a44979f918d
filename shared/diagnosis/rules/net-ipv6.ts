/**
 * IPv4 is admitted and IPv6 is not: targets of an IPv6 group are checked over IPv6, and clients of a dualstack load
 * balancer come by both. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html
 */
import { clientsByFamily } from '../edge/families.ts'
import type { CauseRule } from '../judgement.ts'
import { targetsOf } from '../path/breaches.ts'
import { groupEvidence, healthEvidence } from '../path/evidence.ts'
import { ipv6Fixes } from '../path/group-fixes.ts'
import { layers, pathRule } from '../path/rule.ts'
import { balancerName, checkPorts, groupName } from '../path/words.ts'

const ofChecks = pathRule({
  code: 'net.ipv6',
  layer: layers.groups,
  concerns: ({ group }) => group?.targetGroup.IpAddressType === 'ipv6',
  needs: ['ec2:DescribeSecurityGroups'],
  tell(breach, incident) {
    const { direction, component } = breach.blocker
    const out = direction === 'egress'
    const ends = out ? 'to the targets' : `from load balancer ${balancerName(breach)}`
    const ports = checkPorts(targetsOf(breach))
    return {
      title: `${groupName(incident, component.id)} lets tcp ${ports} ${ends} pass over IPv4 only, and the targets are checked over IPv6`,
      evidence: [
        groupEvidence(
          incident,
          component.id,
          out ? 'IpPermissionsEgress' : 'IpPermissions',
          `a rule for tcp ${ports} that holds IPv6 addresses or refers to a group`,
        ),
        ...targetsOf(breach).slice(0, 1).map(healthEvidence),
      ],
      fixes: ipv6Fixes(breach),
    }
  },
  clean: () => 'security groups let the check pass over IPv6',
})

export const netIpv6: CauseRule = {
  code: 'net.ipv6',
  judge: (incident, suspects) =>
    incident.balancer ? clientsByFamily(incident, incident.balancer) : ofChecks.judge(incident, suspects),
}
