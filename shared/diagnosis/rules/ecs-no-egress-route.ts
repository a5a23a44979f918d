/**
 * The subnet has no route to the registry or to AWS's APIs, and no endpoint stands in for one.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html
 */
import { endpointsEvidence, routesEvidence } from '../ecs/start/evidence.ts'
import { outFixes, tableIds } from '../ecs/start/route-fixes.ts'
import { type StartBreaches, startPathRule } from '../ecs/start/rule.ts'
import { listText, servicesText, subnetIds, tasksText } from '../ecs/start/words.ts'

export const ecsNoEgressRoute = startPathRule({
  code: 'ecs.no-egress-route',
  tell(breaches, facts) {
    const { incident } = facts.tasks
    const tables = tableIds(breaches, incident.network)
    const { subnet } = breaches[0].way.place
    return {
      title: `The ${tasksText(facts, breaches)} have no way from ${listText(subnetIds(breaches))} to ${servicesText(breaches)}: ${because(breaches)}`,
      component: breaches[0].blocker.component,
      evidence: [
        ...tables.map((id) => routesEvidence(incident, id, 'an active route to a NAT gateway, or endpoints')),
        endpointsEvidence(incident, subnet.vpcId, `endpoints for ${servicesText(breaches)}, or a route out`),
      ],
      fixes: outFixes(breaches, incident),
    }
  },
})

function because([{ blocker, way }]: StartBreaches): string {
  const { component, awsExplanationCode: code, explanation } = blocker
  const routes = component.type === 'route-table' && component.id !== 'unknown'
  if (routes && code === 'NO_ROUTE_TO_DESTINATION') return `${component.id} leads there by no route`
  if (routes && code === 'BAD_STATE_ROUTE') return `the route of ${component.id} is a blackhole`
  return way.verdict === 'blocked' ? explanation : `now and then ${explanation}`
}
