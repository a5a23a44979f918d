/**
 * The VPC reaches AWS by endpoints, and one that this start needs is not among them, or not available. Where another way
 * out is open, a missing endpoint is no fault. Endpoints in other subnets of the VPC serve as well.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */

import { newEndpointFixes } from '../ecs/start/endpoint-fixes.ts'
import { endpointsEvidence } from '../ecs/start/evidence.ts'
import { startPathRule } from '../ecs/start/rule.ts'
import { listText, servicesText, tasksText, waysOf } from '../ecs/start/words.ts'

export const ecsVpceMissing = startPathRule({
  code: 'ecs.vpce-missing',
  key: ({ way }) => way.place.subnet.vpcId ?? '',
  tell(breaches, facts) {
    const { incident } = facts.tasks
    const { vpcId = '' } = breaches[0].way.place.subnet
    const services = servicesText(breaches)
    const served = waysOf(facts).flatMap(({ resolution, name }) =>
      resolution?.kind === 'endpoints' ? [name] : [],
    )
    return {
      title: `${vpcId} has no available endpoint for ${services}, which the ${tasksText(facts, breaches)} need to start: it reaches ${listText([...new Set(served)])} by endpoints, and has no other way out`,
      component: { type: 'vpc', id: vpcId },
      evidence: [endpointsEvidence(incident, vpcId, `an available endpoint for ${services}`)],
      fixes: newEndpointFixes(breaches, facts),
    }
  },
})
