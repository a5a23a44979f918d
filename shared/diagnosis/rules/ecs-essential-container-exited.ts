/**
 * A task ends with its first essential container. ECS then stops the others, so that their 0, 137 or 143 say
 * nothing. A task that no service started may end with 0: it has done its work.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 */

import type { Container } from '../../snapshot/types.ts'
import { containerComponent, essentialOf, ranOutOfMemory } from '../ecs/containers.ts'
import { containerEvidence, definitionEvidence, stopEvidence, taskEvidence } from '../ecs/evidence.ts'
import { exitMeaning, isFromStopping } from '../ecs/exit-codes.ts'
import { groupBy } from '../ecs/group-by.ts'
import { otherProcessor } from '../ecs/other-processor.ts'
import { judgeServices, otherStops, type ServiceTasks, targetsOfTasks } from '../ecs/services.ts'
import type { Stop } from '../ecs/stops.ts'
import { countOf, duration, isService, subjectName } from '../ecs/words.ts'
import type { TargetFacts } from '../incident.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'

interface Exit {
  readonly stop: Stop
  readonly container: Container
  readonly code: number
  /** Several containers may have been the first to end. */
  readonly certain: boolean
}

export const ecsEssentialContainerExited: CauseRule = {
  code: 'ecs.essential-container-exited',
  judge: (incident, suspects) => judgeServices(incident, (tasks) => judgeService(tasks, suspects)),
}

function judgeService(tasks: ServiceTasks, suspects: readonly TargetFacts[]): readonly Judgement[] {
  const ended = tasks.stops.filter(({ kind }) => kind === 'essential-exited')
  const exits = ended.flatMap((stop) => exitOf(stop, tasks))
  const found = groupBy(exits, ({ container, code }) => `${container.name} ${code}`)
  if (found.length === 0) return absent(whyNot(tasks, ended))
  return found.flatMap((own) => present(tasks, own, suspects))
}

/** Memory and a wrong processor are causes of their own, and a task that has done its work is none. */
function exitOf(stop: Stop, { service, definitionOf }: ServiceTasks): readonly Exit[] {
  if (ranOutOfMemory(stop.task) || otherProcessor(stop.task)) return []
  const ended = essentialOf(stop.task, definitionOf(stop.task)).flatMap((container) =>
    container.exitCode === undefined ? [] : [{ stop, container, code: container.exitCode }],
  )
  if (!isService(service) && ended.every(({ code }) => code === 0)) return []
  const telling = ended.filter(({ code }) => !isFromStopping(code))
  // An end by itself needs no signal: between 0 and a signal's code, 0 was first.
  const candidates = telling.length > 0 ? telling : [...ended].sort((a, b) => a.code - b.code)
  const certain = candidates.length === 1
  return candidates.slice(0, 1).map((exit) => ({ ...exit, certain }))
}

function present(
  { service, definitionOf }: ServiceTasks,
  exits: readonly [Exit, ...Exit[]],
  suspects: readonly TargetFacts[],
): readonly Judgement[] {
  const { stop, container, code, certain } = exits[0]
  const { task, livedSeconds } = stop
  const name = container.name ?? ''
  const definition = definitionOf(task)
  const several = (task.containers?.length ?? 0) > 1
  const after = livedSeconds === undefined ? '' : `, ${duration(livedSeconds)} after its start`
  const judgement: Judgement = {
    kind: 'present',
    confidence: certain && (definition.known || !several) ? 'proven' : 'likely',
    title: `Essential container ${name} of ${subjectName(service)} exits with ${code} (${exitMeaning(code)})${after}, ${countOf(exits.length)}`,
    component: containerComponent(task, name),
    evidence: [
      ...stopEvidence(
        exits.map((exit) => exit.stop),
        'the task keeps running',
      ),
      taskEvidence(task, 'stopCode', task.stopCode, 'none'),
      containerEvidence(
        task,
        container,
        'exitCode',
        code,
        `the container keeps running; ${code}: ${exitMeaning(code)}`,
      ),
      ...(container.reason ? [containerEvidence(task, container, 'reason', container.reason, 'none')] : []),
      ...(definition.known
        ? [
            definitionEvidence(
              task.taskDefinitionArn,
              `containerDefinitions[${name}].essential`,
              true,
              'ECS ends the task with it',
            ),
          ]
        : []),
    ],
    targets: targetsOfTasks(
      suspects,
      exits.map((exit) => exit.stop.task),
    ),
    fixes: [],
  }
  return several && !definition.known ? [judgement, ...notKnown(definition.missing)] : [judgement]
}

function whyNot({ stops, service }: ServiceTasks, ended: readonly Stop[]): string {
  if (ended.some(({ task }) => ranOutOfMemory(task))) return 'the container that ended was killed for memory'
  if (ended.some(({ task }) => otherProcessor(task))) return 'the image is made for another processor'
  if (ended.length > 0) return `${subjectName(service)} ended by itself with 0: it has done its work`
  return `no task ended with an essential container; ${otherStops(stops)}`
}
