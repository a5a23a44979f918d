/** What ECS says of the application behind a target: where its container is defined, how it fares, where it logs. */
import type { Evidence } from '../../findings/finding.ts'
import type { Component } from '../../reachability/result.ts'
import type { ContainerDefinition, Task } from '../../snapshot/types.ts'
import { taskDefinitionOf } from '../facts/services.ts'
import type { Incident, ServiceFacts, TargetFacts } from '../incident.ts'
import { containerComponent, mappedPorts } from './containers.ts'
import { definitionEvidence, taskEvidence } from './evidence.ts'
import { isFailure, stopOf } from './stops.ts'

interface Server {
  readonly task: Task
  readonly container: ContainerDefinition
  readonly component: Component
}

/** The container that maps the checked port, or with dynamic host ports the one that is bound to it. */
export function serverOf({ scope }: Incident, { task, checkPort = -1 }: TargetFacts): Server | undefined {
  const definition = task && taskDefinitionOf(scope, task.taskDefinitionArn)
  if (!definition?.known) return undefined
  const bound = task?.containers?.find(({ networkBindings }) =>
    networkBindings?.some(({ hostPort }) => hostPort === checkPort),
  )?.name
  const container = definition.value.containerDefinitions?.find((item) =>
    bound === undefined
      ? mappedPorts([item]).some(({ from, to }) => from <= checkPort && checkPort <= to)
      : item.name === bound,
  )
  if (!task || container?.name === undefined) return undefined
  return { task, container, component: containerComponent(task, container.name) }
}

const SHOWN = 3

export function applicationEvidence(
  incident: Incident,
  targets: readonly TargetFacts[],
): readonly Evidence[] {
  const servers = targets.slice(0, SHOWN).flatMap((target) => serverOf(incident, target) ?? [])
  return [
    ...servers.flatMap(runningEvidence),
    ...servers.slice(0, 1).flatMap(logEvidence),
    ...restarts(incident),
  ]
}

function runningEvidence({ task, container: { name } }: Server): readonly Evidence[] {
  const told = task.containers?.find((item) => item.name === name)
  const observed = {
    lastStatus: told?.lastStatus,
    healthStatus: told?.healthStatus,
    startedAt: task.startedAt,
  }
  return [taskEvidence(task, `containers[${name}]`, observed, healthText(told?.healthStatus))]
}

/** Its own check runs on loopback: that it passes there and nowhere else is a hint. */
const healthText = (health: string | undefined): string =>
  health === 'HEALTHY'
    ? 'RUNNING; its own check passes on loopback, so look whether it listens on 127.0.0.1 only'
    : 'RUNNING, and listening on 0.0.0.0'

function logEvidence({ task, container: { name, logConfiguration } }: Server): readonly Evidence[] {
  // Options of other drivers may hold tokens.
  if (logConfiguration?.logDriver !== 'awslogs') return []
  const field = `containerDefinitions[${name}].logConfiguration`
  return [
    definitionEvidence(
      task.taskDefinitionArn,
      field,
      logConfiguration.options,
      'read there what the application says',
    ),
  ]
}

function restarts({ services }: Incident): readonly Evidence[] {
  return (services.known ? services.value : []).flatMap(({ service, stoppedTasks }: ServiceFacts) => {
    const failed = stoppedTasks.known ? stoppedTasks.value.map(stopOf).filter(isFailure) : []
    if (failed.length === 0) return []
    return [
      {
        operation: 'ecs:DescribeTasks',
        resource: service.serviceArn,
        field: 'stoppedReason of tasks stopped within about an hour',
        observed: failed.map(({ task, reason }) => ({ taskArn: task.taskArn, stoppedReason: reason })),
        expected: 'no task stops',
      },
    ]
  })
}
