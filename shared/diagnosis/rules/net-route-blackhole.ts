/** A route whose target was deleted still wins by its prefix. https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html */
import { targetsOf } from '../path/breaches.ts'
import { healthEvidence, routeEvidence } from '../path/evidence.ts'
import { routeFixes } from '../path/route-fixes.ts'
import { layers, pathRule } from '../path/rule.ts'
import { tableName } from '../path/words.ts'

const needs = ['ec2:DescribeRouteTables', 'ec2:DescribeSubnets', 'ec2:SearchTransitGatewayRoutes']

export const netRouteBlackhole = pathRule({
  code: 'net.route-blackhole',
  layer: layers.routes,
  needs,
  tell: (breach, incident) => ({
    title: `${tableName(breach.blocker.component)} sends ${breach.blocker.leg === 'forward' ? 'the health check' : 'its replies'} into a blackhole`,
    evidence: [
      routeEvidence(breach, 'a route in state active'),
      ...targetsOf(breach).slice(0, 1).map(healthEvidence),
    ],
    fixes: routeFixes(breach, incident),
  }),
  clean: () => 'no route on the way there or back is a blackhole',
})
