/** Evidence of a failing container check: AWS's words, the check, what it may stumble on, and the contrast. */
import type { Evidence } from '../../findings/finding.ts'
import type { ContainerDefinition } from '../../snapshot/types.ts'
import type { Doubt } from './check-command.ts'
import { secondsToUnhealthy } from './check-fix.ts'
import { containerEvidence, definitionEvidence, stopEvidence, taskEvidence } from './evidence.ts'
import type { FailedCheck } from './failed-checks.ts'
import type { ServiceTasks } from './services.ts'

export function checkEvidence(
  tasks: ServiceTasks,
  failed: readonly [FailedCheck, ...FailedCheck[]],
  own: ContainerDefinition | undefined,
  doubts: readonly Doubt[],
): readonly Evidence[] {
  const { task } = failed[0]
  const stops = failed.flatMap(({ stop }) => stop ?? [])
  const container = task.containers?.find(({ name }) => name === own?.name)
  return [
    ...stopEvidence(stops, 'the task keeps running'),
    ...(container
      ? [containerEvidence(task, container, 'healthStatus', container.healthStatus, 'HEALTHY')]
      : []),
    ...(own ? definitionParts(task.taskDefinitionArn, own, doubts) : []),
    ...stops
      .slice(0, 1)
      .map((stop) =>
        taskEvidence(stop.task, 'seconds from startedAt to stoppingAt', stop.livedSeconds, lifeText(own)),
      ),
    ...contrast(tasks),
  ]
}

function definitionParts(
  arn: string | undefined,
  own: ContainerDefinition,
  doubts: readonly Doubt[],
): readonly Evidence[] {
  const field = `containerDefinitions[${own.name}].healthCheck`
  return [
    definitionEvidence(arn, field, own.healthCheck, 'a command that ends with 0 while the container works'),
    ...doubts.map(({ text, observed, expected, confidence }) =>
      definitionEvidence(
        arn,
        `${field}.command`,
        observed,
        `${expected} (${confidence}: the command ${text})`,
      ),
    ),
  ]
}

const lifeText = (own: ContainerDefinition | undefined): string =>
  own
    ? `longer than ${secondsToUnhealthy(own)} s: so long lives a container that never passes (startPeriod + interval × retries)`
    : 'longer than the check takes to give up'

/** The load balancer is happy: only the container's own check takes the task out. */
function contrast({ incident: { group } }: ServiceTasks): readonly Evidence[] {
  const targets = group?.targets.known ? group.targets.value : []
  const healthy = targets.filter(({ state }) => state === 'healthy')
  if (!group || healthy.length === 0) return []
  return [
    {
      operation: 'elasticloadbalancing:DescribeTargetHealth',
      resource: group.targetGroup.TargetGroupArn,
      field: 'TargetHealth.State',
      observed: healthy.map(({ id, state }) => ({ id, state })),
      expected: 'healthy: the load balancer’s own check passes, so it is not what takes tasks out',
    },
  ]
}
