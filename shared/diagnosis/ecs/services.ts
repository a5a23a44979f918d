/** The services (or single tasks) of an incident, each judged with its running tasks and its stops. */

import type { Known, Service, Task, TaskDefinition } from '../../snapshot/types.ts'
import { taskDefinitionOf } from '../facts/services.ts'
import type { Incident, ServiceFacts, TargetFacts } from '../incident.ts'
import { type Judgement, notKnown } from '../judgement.ts'
import { type Stop, stopOf } from './stops.ts'

export interface ServiceTasks {
  readonly incident: Incident
  readonly service: Service
  readonly running: readonly Task[]
  /** Of about the last hour, newest first; without those of revisions that the service has left behind, unless asked for. */
  readonly stops: readonly Stop[]
  readonly definitionOf: (task: Task) => Known<TaskDefinition>
}

/** What is found in one service counts more than that another one is clean. */
export function judgeServices(
  incident: Incident,
  judge: (tasks: ServiceTasks) => readonly Judgement[],
): readonly Judgement[] {
  if (cannotBeTasks(incident)) return []
  const { services } = incident
  if (!services.known) return notKnown(services.missing)
  const judgements = services.value.flatMap((facts) => judgeService(incident, facts, judge))
  const decisive = judgements.filter(({ kind }) => kind !== 'absent')
  return decisive.length > 0 ? decisive : judgements.slice(0, 1)
}

/** Functions and load balancers are targets that ECS never registers. */
const cannotBeTasks = ({ group }: Incident): boolean =>
  ['lambda', 'alb'].includes(group?.targetGroup.TargetType ?? '')

function judgeService(
  incident: Incident,
  { service, runningTasks, stoppedTasks }: ServiceFacts,
  judge: (tasks: ServiceTasks) => readonly Judgement[],
): readonly Judgement[] {
  if (!runningTasks.known) return notKnown(runningTasks.missing)
  if (!stoppedTasks.known) return notKnown(stoppedTasks.missing)
  const isAsked = ({ taskArn }: Task) => taskArn === incident.subject.arn
  return judge({
    incident,
    service,
    running: runningTasks.value,
    stops: newestFirst(
      stoppedTasks.value.filter((task) => isAsked(task) || !isLeftBehind(service, task)),
    ).map(stopOf),
    definitionOf: (task) => taskDefinitionOf(incident.scope, task.taskDefinitionArn),
  })
}

/** Tasks that are only just stopping have no `stoppedAt` yet. */
const newestFirst = (tasks: readonly Task[]): readonly Task[] =>
  [...tasks].sort((a, b) => endOf(b).localeCompare(endOf(a)))

const endOf = ({ stoppingAt, stoppedAt, createdAt }: Task): string =>
  stoppingAt ?? stoppedAt ?? createdAt ?? ''

/** A later revision has replaced it: what made it stop may have been mended since. After a rollback it still counts. */
function isLeftBehind({ taskDefinition }: Service, task: Task): boolean {
  const [family, revision] = (taskDefinition ?? '').split(/:(?=\d+$)/)
  const [ownFamily, ownRevision] = (task.taskDefinitionArn ?? '').split(/:(?=\d+$)/)
  return family === ownFamily && Number(ownRevision) < Number(revision)
}

/** Targets behind which one of the tasks stands. */
export const targetsOfTasks = (
  targets: readonly TargetFacts[],
  tasks: readonly Task[],
): readonly TargetFacts[] =>
  targets.filter(({ task }) => task !== undefined && tasks.some(({ taskArn }) => taskArn === task.taskArn))

/** Why nothing was found, with what ECS did say of the tasks that it stopped. */
export function otherStops(stops: readonly Stop[]): string {
  const reasons = [...new Set(stops.map(({ reason }) => `“${reason}”`))]
  if (reasons.length === 0) return 'ECS remembers no stopped task (it does for about an hour)'
  return `the stopped tasks that ECS remembers ended for other reasons: ${reasons.slice(0, 3).join(', ')}`
}
