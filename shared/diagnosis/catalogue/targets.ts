/** Target groups, listeners, and what is registered. */
import type { About } from './about.ts'

const CHECKS =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html'
const ECS = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html'

export const targets = {
  'tg.dynamic-port-range': {
    evidence: 'hostPort 0, and the port that the task got is in no inbound rule of the instance’s groups.',
    fix: 'The range of ephemeral ports, from the load balancer’s group.',
    traps: ['The ports that are registered count, not the range that is possible.'],
    documentation: 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html',
  },
  'tg.target-type-mismatch': {
    evidence: 'TargetType of the group does not fit networkMode of the task definition.',
    fix: 'Another target group: the type cannot be changed.',
    traps: ['Instances may be registered by address.'],
    documentation: ECS,
  },
  'tg.unused-no-listener': {
    evidence:
      'Target.NotInUse, “…not configured to receive traffic…”; no listener or rule forwards to the group.',
    fix: 'A listener rule that forwards to it.',
    traps: ['The idle colour of a blue-green deployment is unused by design.'],
    documentation: CHECKS,
  },
  'tg.stale-target': {
    evidence: 'No running task has the address and port that are registered.',
    fix: 'Deregister it.',
    traps: ['Targets that drain after a stop are normal.', 'Who was registered by hand is not stale.'],
    documentation: ECS,
  },
  'tg.target-stopped': {
    evidence: 'Target.InvalidState; DescribeInstances says stopped or terminated.',
    fix: 'Start the instance, or deregister it.',
    traps: ['A terminated instance cannot be started.'],
    documentation: CHECKS,
  },
  'tg.no-targets': {
    evidence: 'A listener forwards to the group, DescribeTargetHealth is empty, the service runs no task.',
    fix: 'Whatever keeps tasks from running; a desired count above 0.',
    traps: ['A service that was scaled to 0 on purpose.'],
    documentation: CHECKS,
  },
} as const satisfies Record<string, About>
