/**
 * The subnet’s default route leads to an internet gateway, and tasks get no public address. On EC2 an awsvpc task cannot
 * have one. With endpoints or a NAT gateway it needs none.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
 */
import { endpointsEvidence, routesEvidence } from '../ecs/start/evidence.ts'
import { publicIpFixes } from '../ecs/start/public-ip-fixes.ts'
import { tableIds } from '../ecs/start/route-fixes.ts'
import { startPathRule } from '../ecs/start/rule.ts'
import { listText, servicesText, subnetIds, tasksText } from '../ecs/start/words.ts'

export const ecsPublicIpDisabled = startPathRule({
  code: 'ecs.public-ip-disabled',
  tell(breaches, facts) {
    const { incident, service } = facts.tasks
    const services = servicesText(breaches)
    const { vpcId } = breaches[0].way.place.subnet
    return {
      title: `The ${tasksText(facts, breaches)} get no public address in ${listText(subnetIds(breaches))}, whose way to ${services} is the internet gateway ${breaches[0].blocker.component.id}`,
      component: { type: 'ecs-service', id: service.serviceArn },
      evidence: [
        ...tableIds(breaches, incident.network).map((id) =>
          routesEvidence(incident, id, 'a route to a NAT gateway, or tasks with public addresses'),
        ),
        endpointsEvidence(incident, vpcId, `endpoints for ${services}, or another way out`),
      ],
      fixes: publicIpFixes(breaches, facts),
    }
  },
})
