/**
 * The check of an Application Load Balancer that is itself a target: only its listeners answer.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html
 */
import { listenersOf } from '../edge/listeners.ts'
import type { Incident, TargetFacts } from '../incident.ts'
import { absent, type Judgement, notKnown } from '../judgement.ts'
import { healthEvidence } from '../path/evidence.ts'
import { checkPortEvidence, groupComponent, groupName } from './evidence.ts'

const LISTENERS = 'elasticloadbalancing:DescribeListeners'

export function listenerPort({ group, scope }: Incident, target: TargetFacts): readonly Judgement[] {
  if (!group || target.checkPort === undefined) return []
  const listeners = listenersOf(scope, { LoadBalancerArn: target.id })
  if (!listeners.known) return notKnown(listeners.missing)
  const ports = listeners.value.map(({ Port }) => Port)
  if (ports.includes(target.checkPort)) return absent(`${target.id} has a listener on ${target.checkPort}`)
  const expected = `a listener on ${target.checkPort}`
  return [
    {
      kind: 'present',
      confidence: 'proven',
      title: `Health check of ${groupName(group.targetGroup)} asks port ${target.checkPort}, but the load balancer behind it has ${ports.length > 0 ? `listeners on ${ports.join(', ')} only` : 'no listener'}`,
      component: groupComponent(group.targetGroup),
      evidence: [
        checkPortEvidence(target, expected),
        { operation: LISTENERS, resource: target.id, field: 'Listeners[].Port', observed: ports, expected },
        healthEvidence(target),
      ],
      targets: [target],
      fixes: [],
    },
  ]
}
