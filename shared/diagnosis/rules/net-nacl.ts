/**
 * Network ACLs are stateless: the check must get in, and its replies out, on the load balancer's client ports.
 * https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
 */
import { aclFixes } from '../path/acl-fixes.ts'
import { type Breach, targetsOf } from '../path/breaches.ts'
import { healthEvidence, hopEvidence } from '../path/evidence.ts'
import { layers, pathRule } from '../path/rule.ts'

export const netNacl = pathRule({
  code: 'net.nacl',
  layer: layers.acls,
  needs: ['ec2:DescribeNetworkAcls', 'ec2:DescribeSubnets'],
  tell(breach, incident) {
    const { component, direction, leg } = breach.blocker
    const ports = portsText(breach)
    const whole = leg === 'forward' ? `the health check (tcp ${ports})` : `replies to ports ${ports}`
    return {
      title: `Network ACL ${component.id} stops ${whole} on the way ${direction === 'egress' ? 'out of' : 'into'} ${subnetOf(breach)}`,
      evidence: [
        hopEvidence(
          breach,
          'ec2:DescribeNetworkAcls',
          'Entries',
          `an ${direction} entry that allows tcp ${leg === 'forward' ? ports : '1024-65535, the ports from which load balancers connect'}, in front of any deny`,
        ),
        ...targetsOf(breach).slice(0, 1).map(healthEvidence),
      ],
      fixes: aclFixes(breach, incident),
    }
  },
  clean: () => 'the network ACLs of both subnets pass the check and its replies to all ports 1024-65535',
})

const portsText = ({ blocker }: Breach) => blocker.blocked.destinationPorts ?? blocker.blocked.sourcePorts

/** The subnet at whose border the packet is dropped. */
function subnetOf({ blocker, paths }: Breach): string {
  const { target, probe } = paths[0]
  const atBalancer = (blocker.leg === 'forward') === (blocker.direction === 'egress')
  const nic = atBalancer ? probe.node.nic : target.end.known ? target.end.value.nic : undefined
  const zone = nic?.subnet?.availabilityZone
  return `${nic?.subnetId ?? 'its subnet'}${zone ? ` (${zone})` : ''}`
}
