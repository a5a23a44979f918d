/** No route for the check or its replies. https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html */
import { targetsOf } from '../path/breaches.ts'
import { healthEvidence, routeEvidence } from '../path/evidence.ts'
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
      title: `${tableName(blocker.component)} has no usable route for ${what}: ${paths[0].blocker.explanation}`,
      evidence: [
        routeEvidence(breach, 'an active route to the other end'),
        ...targetsOf(breach).slice(0, 1).map(healthEvidence),
      ],
      fixes: routeFixes(breach, incident),
    }
  },
  clean: () => 'routes lead from the load balancer to the targets and back',
})
