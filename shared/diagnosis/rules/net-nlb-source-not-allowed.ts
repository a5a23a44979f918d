/**
 * Checks of a Network Load Balancer without groups come from its own addresses, also when client addresses are kept.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html
 */
import { formatAddress } from '../../network/address.ts'
import type { LoadBalancer } from '../../snapshot/types.ts'
import { type Breach, targetsOf } from '../path/breaches.ts'
import { groupEvidence, healthEvidence } from '../path/evidence.ts'
import { ingressFixes } from '../path/group-fixes.ts'
import { layers, pathRule } from '../path/rule.ts'
import { balancerName, checkPorts, groupNames, targetGroupIds } from '../path/words.ts'

export const netNlbSourceNotAllowed = pathRule({
  code: 'net.nlb-source-not-allowed',
  layer: layers.targetGroups,
  concerns: ({ group }) => !group?.loadBalancers.known || group.loadBalancers.value.some(isGrouplessNlb),
  needs: ['ec2:DescribeSecurityGroups', 'ec2:GetManagedPrefixListEntries'],
  tell(breach, incident) {
    const receivers = targetGroupIds(breach)
    const targets = targetsOf(breach)
    const ports = checkPorts(targets)
    const sources = nodeAddresses(breach)
    const expected = `a rule that admits tcp ${ports} from ${sources} (a Network Load Balancer without groups cannot be referred to)`
    return {
      title: `${groupNames(incident, receivers)} of the targets admits no tcp ${ports} from Network Load Balancer ${balancerName(breach)}, which has no security group and checks from ${sources}`,
      evidence: [
        ...receivers.map((id) => groupEvidence(incident, id, 'IpPermissions', expected)),
        {
          operation: 'elasticloadbalancing:DescribeLoadBalancers',
          resource: breach.paths[0].probe.loadBalancer.LoadBalancerArn,
          field: 'SecurityGroups',
          observed: breach.paths[0].probe.loadBalancer.SecurityGroups ?? [],
          expected: 'none can be added after creation',
        },
        ...targets.slice(0, 1).map(healthEvidence),
      ],
      fixes: ingressFixes(breach),
    }
  },
  clean: (_incident, suspects) =>
    `the targets admit the load balancer’s own addresses on tcp ${checkPorts(suspects)}`,
})

const isGrouplessNlb = ({ Type, SecurityGroups }: LoadBalancer): boolean =>
  Type === 'network' && (SecurityGroups ?? []).length === 0

function nodeAddresses({ paths }: Breach): string {
  const nodes = new Map(paths.map(({ probe }) => [probe.node.nic.id, probe.node] as const))
  return [...nodes.values()]
    .map(({ nic, addressKnown }) => {
      const [address] = nic.addresses
      return addressKnown && address !== undefined
        ? formatAddress(address)
        : (nic.subnet?.cidr?.text ?? nic.id)
    })
    .join(', ')
}
