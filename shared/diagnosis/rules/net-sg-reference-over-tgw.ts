/**
 * A rule refers to a group behind a transit gateway: outbound such rules never match, inbound only where the gateway
 * and both attachments support it. https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
 */
import { targetsOf } from '../path/breaches.ts'
import { groupEvidence, healthEvidence } from '../path/evidence.ts'
import { egressFixes, ingressFixes } from '../path/group-fixes.ts'
import { layers, pathRule } from '../path/rule.ts'
import { crossesTransit, transitGatewaysOn } from '../path/transit.ts'
import { balancerName, checkPorts, groupName } from '../path/words.ts'

export const netSgReferenceOverTgw = pathRule({
  code: 'net.sg-reference-over-tgw',
  layer: layers.groups,
  concerns: crossesTransit,
  needs: [
    'ec2:DescribeSecurityGroups',
    'ec2:DescribeTransitGateways',
    'ec2:DescribeTransitGatewayVpcAttachments',
  ],
  tell(breach, incident) {
    const { direction, component } = breach.blocker
    const out = direction === 'egress'
    const gateways = transitGatewaysOn(breach).join(', ')
    const rule = out ? 'outbound rules never match' : 'inbound rules match only where all of it supports that'
    const field = out ? 'IpPermissionsEgress' : 'IpPermissions'
    const between = out ? 'to the targets' : `from load balancer ${balancerName(breach)}`
    return {
      title: `${groupName(incident, component.id)} lets tcp ${checkPorts(targetsOf(breach))} ${between} pass by a rule that refers to a group, but the way leads over ${gateways}: there ${rule}`,
      evidence: [
        groupEvidence(incident, component.id, field, 'a rule for the addresses of the other end'),
        ...targetsOf(breach).slice(0, 1).map(healthEvidence),
      ],
      fixes: out ? egressFixes(breach) : ingressFixes(breach),
    }
  },
  clean: () => 'no rule that the check needs refers to a group behind a transit gateway',
})
