/** What shows that a grace period is too short, and a longer one. */
import type { Evidence } from '../../findings/finding.ts'
import type { Missing, Service, TargetGroup } from '../../snapshot/types.ts'
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
    ...waitEvidence(service, group, deadline),
    ...startPeriodEvidence(tasks, soon, deadline),
  ]
}

/** How long a task has to answer. */
export const waitEvidence = (
  service: Service,
  group: TargetGroup,
  { checkSeconds }: Deadline,
): readonly Evidence[] => [
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
    observed: checkSeconds,
    expected: 'with the grace period, longer than the start takes',
  },
]

export const settingsMissing = ({ TargetGroupArn }: TargetGroup): Missing => ({
  missing: 'elasticloadbalancing:DescribeTargetGroups',
  because: `the check interval and threshold of ${TargetGroupArn} are not told`,
})

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
  const [newest] = stops
  const definition = newest && definitionOf(newest.task)
  const containers = definition?.known ? (definition.value.containerDefinitions ?? []) : []
  const startPeriods = containers.map(({ healthCheck }) => healthCheck?.startPeriod ?? 0)
  const longest = Math.max(...lives)
  const grace = saneGrace(longest, startPeriods)
  const why = `twice the ${Math.max(longest, ...startPeriods)} s that were too short, in whole half minutes; measure the start and take that instead`
  return giveGrace(service, grace, { why, verifiable: false })
}

export function giveGrace(
  { clusterArn, serviceName }: Service,
  seconds: number,
  { why, verifiable }: { readonly why: string; readonly verifiable: boolean },
): readonly Fix[] {
  if (clusterArn === undefined || serviceName === undefined) return []
  const settings = { healthCheckGracePeriodSeconds: seconds }
  return [
    {
      title: `Give ${serviceName} a grace period of ${seconds} s: ${why}`,
      patches: [{ kind: 'service', clusterArn, serviceName, settings }],
      verifiable,
    },
  ]
}
