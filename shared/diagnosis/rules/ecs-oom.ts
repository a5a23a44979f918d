/**
 * The kernel kills what exceeds a container's or the task's memory. Exit code 137 alone does not say so: ECS also
 * sends SIGKILL when a container outlives its stopTimeout. A killed child may leave exit code 0.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/out-of-memory.html
 */

import type { Container, Known, Task, TaskDefinition } from '../../snapshot/types.ts'
import {
  containerComponent,
  containerDefinitionOf,
  isOutOfMemory,
  ranOutOfMemory,
} from '../ecs/containers.ts'
import { containerEvidence, definitionEvidence, stopEvidence } from '../ecs/evidence.ts'
import { groupBy } from '../ecs/group-by.ts'
import { memoryFix } from '../ecs/memory-fix.ts'
import { judgeServices, otherStops, type ServiceTasks, targetsOfTasks } from '../ecs/services.ts'
import { stopOf } from '../ecs/stops.ts'
import { countOf, revisionName, subjectName } from '../ecs/words.ts'
import type { TargetFacts } from '../incident.ts'
import { absent, type CauseRule, type Judgement } from '../judgement.ts'

interface Kill {
  readonly task: Task
  readonly container: Container
}

export const ecsOom: CauseRule = {
  code: 'ecs.oom',
  judge: (incident, suspects) => judgeServices(incident, (tasks) => judgeService(tasks, suspects)),
}

function judgeService(tasks: ServiceTasks, suspects: readonly TargetFacts[]): readonly Judgement[] {
  const all = [...tasks.stops.map(({ task }) => task), ...tasks.running]
  const kills = all.flatMap((task) => killedIn(task).map((container): Kill => ({ task, container })))
  if (kills.length === 0) return absent(whyNot(tasks, all))
  return groupBy(kills, ({ container }) => container.name ?? '').map((own) => present(tasks, own, suspects))
}

/** SIGKILL: 128 + 9. */
const KILLED = 137

/** ECS names the memory at the container, or only in the task's stoppedReason; then exit codes tell whom it hit. */
function killedIn(task: Task): readonly Container[] {
  const { containers = [] } = task
  const told = containers.filter(isOutOfMemory)
  if (told.length > 0 || !ranOutOfMemory(task)) return told
  const killed = containers.filter(({ exitCode }) => exitCode === KILLED)
  return killed.length > 0 ? killed : containers.filter(({ exitCode }) => exitCode !== 0).slice(0, 1)
}

function present(
  { service, definitionOf }: ServiceTasks,
  kills: readonly [Kill, ...Kill[]],
  suspects: readonly TargetFacts[],
): Judgement {
  const { task, container } = kills[0]
  const name = container.name ?? ''
  const definition = definitionOf(task)
  return {
    kind: 'present',
    confidence: 'proven',
    title: `Container ${name} of ${subjectName(service)} is killed for memory (${countOf(kills.length)}): ${limitText(definition, name)}`,
    component: containerComponent(task, name),
    evidence: [
      ...(container.reason
        ? [containerEvidence(task, container, 'reason', container.reason, 'no OutOfMemoryError')]
        : []),
      containerEvidence(task, container, 'exitCode', container.exitCode, 'the container keeps running'),
      ...(task.stoppedReason ? stopEvidence([stopOf(task)], 'the task keeps running') : []),
      ...limitEvidence(definition, task, name),
    ],
    targets: targetsOfTasks(
      suspects,
      kills.map((kill) => kill.task),
    ),
    fixes: definition.known ? memoryFix(definition.value, name) : [],
  }
}

function limitText(definition: Known<TaskDefinition>, name: string): string {
  if (!definition.known) return 'its limit is not known'
  const own = containerDefinitionOf(definition, name)?.memory
  const { memory, taskDefinitionArn } = definition.value
  const ofTask = memory ? `${memory} MiB for all containers of the task` : undefined
  const limits = [own === undefined ? undefined : `${own} MiB for the container`, ofTask].filter(Boolean)
  return `${revisionName(taskDefinitionArn)} allows ${limits.join(', ') || 'what the instance has'}`
}

function limitEvidence(definition: Known<TaskDefinition>, { taskDefinitionArn }: Task, name: string) {
  if (!definition.known) return []
  const { memory, memoryReservation } = containerDefinitionOf(definition, name) ?? {}
  const observed = {
    container: memory,
    containerReservation: memoryReservation,
    task: definition.value.memory,
  }
  return [
    definitionEvidence(
      taskDefinitionArn,
      `memory of the task and of ${name}`,
      observed,
      'more than the container uses',
    ),
  ]
}

/** 137 without the reason is named, since everybody takes it for an OOM kill. */
function whyNot({ stops }: ServiceTasks, tasks: readonly Task[]): string {
  const killed = tasks
    .flatMap(({ containers = [] }) => containers)
    .find(({ exitCode }) => exitCode === KILLED)
  if (!killed) return `no container’s reason names an OutOfMemoryError; ${otherStops(stops)}`
  return `container ${killed.name} ended with 137 (SIGKILL), but ECS names no OutOfMemoryError: it outlived its stopTimeout or was killed otherwise`
}
