/** What shows that a grace period is too short, and a longer one. */
import type { Evidence } from '../../findings/finding.ts'
import type { TargetGroup } from '../../snapshot/types.ts'
import type { Fix } from '../fix.ts'
import { definitionEvidence, stopEvidence, taskEvidence } from './evidence.ts'
import { type Deadline, saneGrace } from './grace.ts'
import type { ServiceTasks } from './services.ts'
import type { Stop } from './stops.ts'

const SHOWN = 3

export function graceEvidence(
  tasks: ServiceTasks,
  group: TargetGroup,
  { deadline, soon }: { readonly deadline: Deadline; readonly soon: readonly Stop[] },
): readonly Evidence[] {
  const { service } = tasks
  return [
    ...stopEvidence(soon, 'the task keeps running'),
    ...soon
      .slice(0, SHOWN)
      .map(({ task, livedSeconds }) =>
        taskEvidence(
          task,
          'seconds from startedAt to stoppingAt',
          livedSeconds,
          `longer than ${deadline.to}: the checks’ deadline is met every time`,
        ),
      ),
    {
      operation: 'ecs:DescribeServices',
      resource: service.serviceArn,
      field: 'healthCheckGracePeriodSeconds',
      observed: service.healthCheckGracePeriodSeconds ?? 0,
      expected: 'longer than the application needs from its start to its first answer',
    },
    {
      operation: 'elasticloadbalancing:DescribeTargetGroups',
      resource: group.TargetGroupArn,
      field: 'HealthCheckIntervalSeconds × UnhealthyThresholdCount',
      observed: deadline.checkSeconds,
      expected: 'with the grace period, longer than the start takes',
    },
    ...startPeriodEvidence(tasks, soon, deadline),
  ]
}

/** The task definition itself may say that the start takes longer than the service waits. */
function startPeriodEvidence(
  { definitionOf }: ServiceTasks,
  [stop]: readonly Stop[],
  { graceSeconds }: Deadline,
) {
  const definition = stop && definitionOf(stop.task)
  const containers = definition?.known ? (definition.value.containerDefinitions ?? []) : []
  return containers.flatMap(({ name, healthCheck }) => {
    const startPeriod = healthCheck?.startPeriod ?? 0
    if (startPeriod <= graceSeconds) return []
    const field = `containerDefinitions[${name}].healthCheck.startPeriod`
    return [
      definitionEvidence(
        stop?.task.taskDefinitionArn,
        field,
        startPeriod,
        `at most the grace period of ${graceSeconds} s`,
      ),
    ]
  })
}

export function graceFix(
  { service, definitionOf, stops }: ServiceTasks,
  lives: readonly number[],
): readonly Fix[] {
  const { clusterArn, serviceName } = service
  if (clusterArn === undefined || serviceName === undefined) return []
  const [newest] = stops
  const definition = newest && definitionOf(newest.task)
  const containers = definition?.known ? (definition.value.containerDefinitions ?? []) : []
  const startPeriods = containers.map(({ healthCheck }) => healthCheck?.startPeriod ?? 0)
  const longest = Math.max(...lives)
  const grace = saneGrace(longest, startPeriods)
  return [
    {
      title: `Give ${serviceName} a grace period of ${grace} s: twice the ${Math.max(longest, ...startPeriods)} s that were too short, in whole half minutes; measure the start and take that instead`,
      patches: [
        { kind: 'service', clusterArn, serviceName, settings: { healthCheckGracePeriodSeconds: grace } },
      ],
      verifiable: false,
    },
  ]
}
