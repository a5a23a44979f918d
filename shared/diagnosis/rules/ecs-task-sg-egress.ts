/**
 * The tasks' own groups let nothing out to where images, secrets and logs are. Layers of ECR's images come from S3, so
 * that a way to the endpoints alone is not enough. DNS by Amazon's resolver is not filtered.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
import { egressFixes } from '../ecs/start/group-fixes.ts'
import { startPathRule } from '../ecs/start/rule.ts'
import { distinct, groupText, listText, servicesText, tasksText } from '../ecs/start/words.ts'
import { groupEvidence } from '../path/evidence.ts'

export const ecsTaskSgEgress = startPathRule({
  code: 'ecs.task-sg-egress',
  tell(breaches, facts) {
    const { incident } = facts.tasks
    const ids = distinct(breaches.flatMap(({ way }) => way.place.groupIds))
    const own = listText(ids.map((id) => groupText(incident.network, id)))
    const ports = listText(distinct(breaches.map(({ way }) => String(way.need.port))))
    const services = servicesText(breaches)
    return {
      title: `${own} of the ${tasksText(facts, breaches)} allows no outbound tcp ${ports} to ${services}`,
      component: breaches[0].blocker.component,
      evidence: ids.map((id) =>
        groupEvidence(incident, id, 'IpPermissionsEgress', `a rule that allows tcp ${ports} to ${services}`),
      ),
      fixes: egressFixes(breaches, incident),
    }
  },
})
