/**
 * ECS takes a task out when an essential container fails the check of its definition, whatever the load balancer
 * says. A HEALTHCHECK in the image is ignored, UNKNOWN is not unhealthy, and the check runs on the container's own
 * loopback, so that it never proves anything about security groups.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/healthcheck.html
 */

import type { Component } from '../../reachability/result.ts'
import type { ContainerDefinition, Task } from '../../snapshot/types.ts'
import { type Doubt, doubtsAbout } from '../ecs/check-command.ts'
import { checkEvidence } from '../ecs/check-evidence.ts'
import { checkFixes, secondsToUnhealthy } from '../ecs/check-fix.ts'
import { containerComponent, containerDefinitionOf } from '../ecs/containers.ts'
import { type FailedCheck, failedChecksOf } from '../ecs/failed-checks.ts'
import { groupBy } from '../ecs/group-by.ts'
import { judgeServices, otherStops, type ServiceTasks, targetsOfTasks } from '../ecs/services.ts'
import { countOf, familyName, isService, subjectName } from '../ecs/words.ts'
import type { TargetFacts } from '../incident.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'

export const ecsContainerHealthcheck: CauseRule = {
  code: 'ecs.container-healthcheck',
  judge: (incident, suspects) => judgeServices(incident, (tasks) => judgeService(tasks, suspects)),
}

function judgeService(tasks: ServiceTasks, suspects: readonly TargetFacts[]): readonly Judgement[] {
  const failed = failedChecksOf(tasks)
  if (failed.length === 0) return absent(whyNot(tasks))
  return groupBy(failed, ({ containers }) => containers.join()).flatMap((own) =>
    present(tasks, own, suspects),
  )
}

function present(
  tasks: ServiceTasks,
  failed: readonly [FailedCheck, ...FailedCheck[]],
  suspects: readonly TargetFacts[],
): readonly Judgement[] {
  const { task, containers } = failed[0]
  const definition = tasks.definitionOf(task)
  const own = containers.length === 1 ? containerDefinitionOf(definition, containers[0]) : undefined
  const doubts = own && definition.known ? doubtsAbout(own, definition.value) : []
  const judgement: Judgement = {
    kind: 'present',
    confidence: 'proven',
    title: titleOf(tasks, failed, doubts),
    component: componentOf(task, containers),
    evidence: checkEvidence(tasks, failed, own, doubts),
    targets: targetsOfTasks(
      suspects,
      failed.map((item) => item.task),
    ),
    fixes: own && definition.known ? checkFixes(definition.value, own, doubts, diedEarly(failed, own)) : [],
  }
  return definition.known ? [judgement] : [judgement, ...notKnown(definition.missing)]
}

/** Without one container to blame, the task definition that holds the checks. */
const componentOf = (task: Task, [name, rival]: readonly string[]): Component =>
  name !== undefined && rival === undefined
    ? containerComponent(task, name)
    : { type: 'task-definition', id: familyName(task.taskDefinitionArn) }

function titleOf(
  { service }: ServiceTasks,
  failed: readonly FailedCheck[],
  doubts: readonly Doubt[],
): string {
  const who = blamedText(failed[0]?.containers ?? [])
  const [doubt] = doubts
  const hint = doubt
    ? `; ${doubt.confidence === 'likely' ? 'most likely' : 'possibly'} its command ${doubt.text}`
    : ''
  const stopped = failed.filter(({ stop }) => stop !== undefined).length
  if (stopped === 0) return `In ${subjectName(service)}, ${who} fails its own health check${hint}`
  const what = isService(service) ? `${countOf(stopped)} of ${subjectName(service)}` : subjectName(service)
  return `ECS stops ${what} because ${who} fails its own health check${hint}`
}

function blamedText(containers: readonly string[]): string {
  const [name, rival] = containers
  if (name === undefined) return 'a container'
  return rival === undefined ? `container ${name}` : `one of the containers ${containers.join(', ')}`
}

/** Slack for the scheduler, beside one more check. */
const LATE_SECONDS = 60

/** Tasks that never passed: dead as soon as the check allows. */
function diedEarly(failed: readonly FailedCheck[], own: ContainerDefinition): boolean {
  const lives = failed.flatMap(({ stop }) => stop?.livedSeconds ?? [])
  const latest = secondsToUnhealthy(own) + (own.healthCheck?.interval ?? 0) + LATE_SECONDS
  return lives.length > 0 && lives.every((seconds) => seconds <= latest)
}

function whyNot({ service, running, stops, definitionOf }: ServiceTasks): string {
  const [task] = [...running, ...stops.map((stop) => stop.task)]
  const definition = task && definitionOf(task)
  const unchecked =
    definition?.known && definition.value.containerDefinitions?.every(({ healthCheck }) => !healthCheck)
  if (unchecked)
    return 'no container has a healthCheck in its definition, and ECS ignores a HEALTHCHECK of the image'
  return `no container of ${subjectName(service)} is UNHEALTHY; ${otherStops(stops)}`
}
