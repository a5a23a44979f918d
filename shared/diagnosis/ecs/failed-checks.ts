/** Tasks whose own container health check fails, with the containers to blame. */
import type { Known, Task, TaskDefinition } from '../../snapshot/types.ts'
import { containerDefinitionOf, essentialOf } from './containers.ts'
import type { ServiceTasks } from './services.ts'
import type { Stop } from './stops.ts'

export interface FailedCheck {
  readonly task: Task
  /** Absent while the task still runs. */
  readonly stop: Stop | undefined
  /** The container that is UNHEALTHY; where AWS tells of none, all that have a check. */
  readonly containers: readonly string[]
}

/** Newest first; stopped tasks before running ones; one for each container that fails. */
export function failedChecksOf({ stops, running, definitionOf }: ServiceTasks): readonly FailedCheck[] {
  const stopped = stops
    .filter(({ kind }) => kind === 'container-health')
    .flatMap((stop) =>
      blamed(stop.task, definitionOf(stop.task)).map((containers) => ({ task: stop.task, stop, containers })),
    )
  const failing = running.flatMap((task) =>
    unhealthyIn(task, definitionOf(task)).map((name) => ({ task, stop: undefined, containers: [name] })),
  )
  return [...stopped, ...failing]
}

/** Only essential containers decide on the health of a task; UNKNOWN means that no check has ended yet. */
const unhealthyIn = (task: Task, definition: Known<TaskDefinition>): readonly string[] =>
  essentialOf(task, definition)
    .filter(({ healthStatus }) => healthStatus === 'UNHEALTHY')
    .map(({ name = '' }) => name)

function blamed(task: Task, definition: Known<TaskDefinition>): readonly (readonly string[])[] {
  const unhealthy = unhealthyIn(task, definition)
  if (unhealthy.length > 0) return unhealthy.map((name) => [name])
  const checked = essentialOf(task, definition).filter(
    ({ name }) => containerDefinitionOf(definition, name)?.healthCheck,
  )
  return [checked.map(({ name = '' }) => name)]
}
