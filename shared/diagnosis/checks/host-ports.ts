/**
 * Host ports that ECS gave to tasks in bridge mode, and gave to others later.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
 */
import type { Confidence, Evidence } from '../../findings/finding.ts'
import { taskEvidence } from '../ecs/evidence.ts'
import { allTasks } from '../facts/services.ts'
import type { Incident, ServiceFacts, TargetFacts } from '../incident.ts'
import { isFailing } from '../reasons.ts'
import { standsAt } from './task-places.ts'

export interface Stale {
  /** Completes "Target X of Y ...". */
  readonly stale: string
  readonly confidence: Confidence
  readonly evidence: readonly Evidence[]
}

/**
 * A dynamic host port is ECS's to give: when none of the group's tasks holds it, a task of another service has been
 * given it, or nobody. Other ports may have been registered by hand.
 */
export function portOfOthers(
  { scope }: Incident,
  services: readonly ServiceFacts[],
  target: TargetFacts,
): Stale | undefined {
  const other = allTasks(scope).find((task) => {
    const stands = standsAt(scope, task, target)
    return task.lastStatus === 'RUNNING' && stands.known && stands.value
  })
  if (other) {
    const bound = other.containers?.map(({ name, networkBindings }) => ({ name, networkBindings }))
    return {
      stale: `has a host port that now belongs to task ${other.taskArn.split('/').at(-1)} (${other.group})`,
      confidence: 'proven',
      evidence: [
        taskEvidence(other, 'containers[].networkBindings', bound, 'a task of the group’s services'),
      ],
    }
  }
  if (!isFailing(target) || !services.every(givesPorts)) return undefined
  return {
    stale: 'has a host port that no running task of the group’s services binds',
    confidence: 'likely',
    evidence: services.map((facts) => boundEvidence(facts, target)),
  }
}

const boundEvidence = ({ service, runningTasks }: ServiceFacts, { port }: TargetFacts): Evidence => ({
  operation: 'ecs:DescribeTasks',
  resource: service.serviceArn,
  field: 'tasks[].containers[].networkBindings',
  observed: (runningTasks.known ? runningTasks.value : []).flatMap(({ containers = [] }) =>
    containers.flatMap(({ networkBindings = [] }) => networkBindings.map(({ hostPort }) => hostPort)),
  ),
  expected: `a running task that binds host port ${port}`,
})

/** Bridge mode with host port 0, which a missing one means. */
const givesPorts = ({ taskDefinition }: ServiceFacts): boolean =>
  taskDefinition.known &&
  (taskDefinition.value.networkMode ?? 'bridge') === 'bridge' &&
  (taskDefinition.value.containerDefinitions ?? []).every(({ portMappings = [] }) =>
    portMappings.every(({ hostPort = 0 }) => hostPort === 0),
  )
