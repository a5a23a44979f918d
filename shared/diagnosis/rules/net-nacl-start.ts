/**
 * The same network ACLs in front of tasks that start: requests to the registry and AWS's APIs must get out to port 443,
 * and the answers in to the ports from which tasks ask.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html
 */
import { startAclFixes } from '../ecs/start/acl-fixes.ts'
import type { StartBreach } from '../ecs/start/claims.ts'
import { startPathRule } from '../ecs/start/rule.ts'
import { servicesText, tasksText } from '../ecs/start/words.ts'
import { decidedBy } from '../path/evidence.ts'

export const netNaclStart = startPathRule({
  code: 'net.nacl',
  isOfChecksToo: true,
  key: ({ blocker: { component, direction, leg } }) => `${component.id} ${direction} ${leg}`,
  tell(breaches, facts) {
    const [{ blocker }] = breaches
    const { id } = blocker.component
    const ports = portsOf(breaches[0])
    const answers = blocker.leg === 'return'
    const what = answers ? `answers to ports ${ports}` : `tcp ${ports}`
    const way = blocker.direction === 'egress' ? 'lets out no' : 'lets in no'
    const services = servicesText(breaches)
    return {
      title: `Network ACL ${id} ${way} ${what} between the ${tasksText(facts, breaches)} and ${services}: ${blocker.explanation}`,
      component: blocker.component,
      evidence: [
        decidedBy(breaches[0].way.explanation, blocker, {
          operation: 'ec2:DescribeNetworkAcls',
          field: 'Entries',
          expected: `an ${blocker.direction} entry that allows ${answers ? 'tcp 1024-65535, the ports from which tasks ask' : `tcp ${ports}`}, in front of any deny`,
        }),
      ],
      fixes: startAclFixes(breaches, facts.tasks.incident),
    }
  },
})

const portsOf = ({ blocker: { blocked } }: StartBreach) => blocked.destinationPorts ?? blocked.sourcePorts
