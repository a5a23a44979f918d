/**
 * In bridge and host mode, hostPort 0 takes a port from the instance's ephemeral range.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
 */
import { targetsOf } from '../path/breaches.ts'
import { hostPortMappings } from '../path/claims.ts'
import { groupEvidence, healthEvidence } from '../path/evidence.ts'
import { ingressFixes } from '../path/group-fixes.ts'
import { layers, pathRule } from '../path/rule.ts'
import { balancerName, checkPorts, groupNames, targetGroupIds } from '../path/words.ts'

/** Linux instances; Amazon Linux 2 on arm64 begins at 1025. */
const EPHEMERAL = { from: 32768, to: 65535 }

export const tgDynamicPortRange = pathRule({
  code: 'tg.dynamic-port-range',
  layer: layers.targetGroups,
  concerns: (incident) => hostPortMappings(incident).some((ports) => ports.includes(0)),
  needs: ['ec2:DescribeSecurityGroups', 'ecs:DescribeTaskDefinition', 'ec2:GetManagedPrefixListEntries'],
  tell(breach, incident) {
    const targets = targetsOf(breach)
    const receivers = targetGroupIds(breach)
    const lowest = Math.min(...targets.map(({ checkPort }) => checkPort ?? EPHEMERAL.from))
    const range = { from: Math.min(EPHEMERAL.from, lowest), to: EPHEMERAL.to }
    const expected = `a rule that admits tcp ${range.from}-${range.to} from load balancer ${balancerName(breach)}`
    return {
      title: `${groupNames(incident, receivers)} of the instances does not admit the dynamic host ports ${checkPorts(targets)} from load balancer ${balancerName(breach)}`,
      evidence: [
        ...receivers.map((id) => groupEvidence(incident, id, 'IpPermissions', expected)),
        ...targets.slice(0, 1).map(healthEvidence),
      ],
      fixes: ingressFixes(breach, [range]),
    }
  },
  clean: (_incident, suspects) => `the registered ports ${checkPorts(suspects)} are admitted`,
})
