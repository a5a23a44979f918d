/** No route for the check or its replies. https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html */
import type { Component } from '../../reachability/result.ts'
import { targetsOf } from '../path/breaches.ts'
import { healthEvidence, hopEvidence, routeEvidence } from '../path/evidence.ts'
import { routeFixes } from '../path/route-fixes.ts'
import { layers, pathRule } from '../path/rule.ts'
import { tableName } from '../path/words.ts'

export const netRouteMissing = pathRule({
  code: 'net.route-missing',
  layer: layers.routes,
  needs: [
    'ec2:DescribeRouteTables',
    'ec2:DescribeSubnets',
    'ec2:DescribeVpcPeeringConnections',
    'ec2:GetManagedPrefixListEntries',
    'ec2:SearchTransitGatewayRoutes',
    'ec2:DescribeVpnGateways',
    'ec2:DescribeNatGateways',
    'ec2:DescribeVpcEndpoints',
  ],
  tell(breach, incident) {
    const { blocker, paths } = breach
    const what = blocker.leg === 'forward' ? 'the health check' : 'its replies'
    return {
      title: `${nameOf(blocker.component)} ${what}: ${paths[0].blocker.explanation}`,
      evidence: [
        blocker.component.type === 'vpc-peering-connection'
          ? hopEvidence(breach, 'ec2:DescribeVpcPeeringConnections', 'Status', 'active')
          : routeEvidence(breach, 'an active route to the other end'),
        ...targetsOf(breach).slice(0, 1).map(healthEvidence),
      ],
      fixes: routeFixes(breach, incident),
    }
  },
  clean: () => 'routes lead from the load balancer to the targets and back',
})

function nameOf(component: Component): string {
  if (component.type === 'vpc-peering-connection') return `Peering connection ${component.id} does not carry`
  return `${tableName(component)} has no usable route for`
}
