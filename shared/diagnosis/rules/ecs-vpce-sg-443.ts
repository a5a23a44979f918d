/**
 * The endpoint is there, and the group of its interfaces does not let the tasks in.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
 */
import { admissionFixes } from '../ecs/start/group-fixes.ts'
import { startPathRule } from '../ecs/start/rule.ts'
import { distinct, groupText, listText, servicesText, tasksText } from '../ecs/start/words.ts'
import { groupEvidence } from '../path/evidence.ts'

export const ecsVpceSg443 = startPathRule({
  code: 'ecs.vpce-sg-443',
  tell(breaches, facts) {
    const { incident } = facts.tasks
    const { component } = breaches[0].blocker
    const senders = listText(
      distinct(breaches.flatMap(({ way }) => way.place.groupIds)).map((id) =>
        groupText(incident.network, id),
      ),
    )
    return {
      title: `${groupText(incident.network, component.id)} of the endpoints of ${servicesText(breaches)} does not admit tcp 443 from the ${tasksText(facts, breaches)} (${senders})`,
      component,
      evidence: [
        groupEvidence(incident, component.id, 'IpPermissions', `a rule that admits tcp 443 from ${senders}`),
      ],
      fixes: admissionFixes(breaches),
    }
  },
})
