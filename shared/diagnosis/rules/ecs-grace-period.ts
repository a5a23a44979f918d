/**
 * A task that needs longer to start than ECS waits is stopped at the same offset after its start, over and over.
 * Grace 0 alone is no cause; hours of life, other offsets and memory kills have other causes.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_definition_parameters.html
 */

import type { TargetGroup } from '../../snapshot/types.ts'
import { groupsOf, pathTo, stopsFor } from '../ecs/checked-by.ts'
import { ranOutOfMemory } from '../ecs/containers.ts'
import { type Deadline, deadlineOf, isSteady, meets } from '../ecs/grace.ts'
import { graceEvidence, graceFix, settingsMissing } from '../ecs/grace-words.ts'
import { judgeServices, otherStops, type ServiceTasks } from '../ecs/services.ts'
import type { Stop } from '../ecs/stops.ts'
import { countOf, duration, subjectName } from '../ecs/words.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'
import { isFailing } from '../reasons.ts'

export const ecsGracePeriod: CauseRule = {
  code: 'ecs.grace-period',
  judge: (incident) => judgeServices(incident, judgeService),
}

function judgeService(tasks: ServiceTasks): readonly Judgement[] {
  const { incident, service, stops } = tasks
  if (!service.loadBalancers?.length) return []
  const byChecks = stops.filter(({ kind }) => kind === 'target-health')
  const killed = byChecks.filter(({ task }) => !ranOutOfMemory(task))
  if (killed.length === 0) return absent(noKills(byChecks, stops))
  const groups = groupsOf(incident, service)
  if (!groups.known) return notKnown(groups.missing)
  return groups.value.flatMap((group) => judgeGroup(tasks, group, stopsFor(killed, group)))
}

function noKills(byChecks: readonly Stop[], stops: readonly Stop[]): string {
  if (byChecks.length > 0) return 'the tasks that failed the load balancer’s checks ran out of memory'
  return `ECS stopped no task for the load balancer’s health checks; ${otherStops(stops)}`
}

function judgeGroup(tasks: ServiceTasks, group: TargetGroup, stops: readonly Stop[]): readonly Judgement[] {
  if (stops.length === 0) return []
  const { healthCheckGracePeriodSeconds: grace = 0 } = tasks.service
  const deadline = deadlineOf(group, grace)
  if (!deadline) return notKnown(settingsMissing(group))
  const soon = stops.filter((stop) => meets(deadline, stop))
  const lives = soon.flatMap(({ livedSeconds }) => livedSeconds ?? [])
  if (soon.length === 0 || soon.length * 2 <= stops.length) return absent(otherOffsets(stops, deadline))
  if (!isSteady(deadline, lives)) return absent(varying(lives))
  return judgePath(tasks, group, { deadline, soon, lives })
}

interface Kills {
  readonly deadline: Deadline
  readonly soon: readonly Stop[]
  readonly lives: readonly number[]
}

/** A broken path fails the same checks at the same offset: it must be known to be open. */
function judgePath(tasks: ServiceTasks, group: TargetGroup, kills: Kills): readonly Judgement[] {
  const path = pathTo(tasks.incident, group)
  if (path.kind === 'unknown') return notKnown(path)
  if (path.kind === 'closed')
    return absent('the path to the targets is broken, so that no start would be long enough')
  return [
    present(tasks, group, kills, path.kind === 'open' && kills.soon.length > 1 && !answersWrongly(tasks)),
  ]
}

/** A code like 404 is rather a wrong path than a slow start; while starting, applications answer with 5xx. */
function answersWrongly({ incident: { group } }: ServiceTasks): boolean {
  const failing = group?.targets.known ? group.targets.value.filter(isFailing) : []
  return failing.length > 0 && failing.every(({ description = '' }) => /\[[1-4]\d\d/.test(description))
}

function present(tasks: ServiceTasks, group: TargetGroup, kills: Kills, likely: boolean): Judgement {
  const { service } = tasks
  const { lives, deadline } = kills
  return {
    kind: 'present',
    confidence: likely ? 'likely' : 'possible',
    title: `ECS stops ${countOf(lives.length)} of ${subjectName(service)} ${range(lives)} after the start: the grace period of ${deadline.graceSeconds} s ends before the application answers the checks of ${group.TargetGroupName}`,
    component: {
      type: 'ecs-service',
      id: service.serviceArn,
      ...(service.serviceName && { name: service.serviceName }),
    },
    evidence: graceEvidence(tasks, group, kills),
    targets: [],
    fixes: graceFix(tasks, kills.lives),
  }
}

function range(lives: readonly number[]): string {
  const [least, most] = [Math.min(...lives), Math.max(...lives)]
  return least === most ? duration(least) : `${least}-${most} s`
}

const lifeTexts = (stops: readonly Stop[]): string =>
  stops
    .slice(0, 5)
    .map(({ livedSeconds }) => (livedSeconds === undefined ? 'never ran' : duration(livedSeconds)))
    .join(', ')

const otherOffsets = (stops: readonly Stop[], { from, to }: Deadline): string =>
  `the tasks lived ${lifeTexts(stops)}; a grace period that is too short ends them ${from}-${to} s after their start`

const varying = (lives: readonly number[]): string =>
  `the tasks lived ${lives.join(', ')} s: a grace period that is too short ends them all after the same time`
