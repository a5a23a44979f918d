/** What every cause of a failing start looks at, worked out once for each service of an incident. */
import { remembered } from '../../../network/remembered.ts'
import { known } from '../../../snapshot/known.ts'
import type { Known, TaskDefinition } from '../../../snapshot/types.ts'
import { taskDefinitionOf } from '../../facts/services.ts'
import type { Incident } from '../../incident.ts'
import type { Judgement } from '../../judgement.ts'
import { startNeeds } from '../needs/index.ts'
import type { StartNeeds } from '../needs/need.ts'
import type { Starting } from '../needs/starting.ts'
import { judgeServices, type ServiceTasks } from '../services.ts'
import { instancePlaces } from './instances.ts'
import { keysOf } from './keys.ts'
import { taskPlaces } from './places.ts'
import { isTrouble, type StartTrouble, troubleOf } from './trouble.ts'
import { type StartPlaces, type StartWay, startWays } from './ways.ts'

export interface StartFacts {
  readonly tasks: ServiceTasks
  readonly trouble: StartTrouble
  readonly definition: Known<TaskDefinition>
  readonly needs: Known<StartNeeds>
  readonly places: StartPlaces
  readonly ways: Known<readonly StartWay[]>
}

/** Asked only where tasks fail to start; what is not known of ECS itself other causes say already. */
export function judgeStarts(
  incident: Incident,
  judge: (facts: StartFacts) => readonly Judgement[],
): readonly Judgement[] {
  const { services } = incident
  if (!services.known || !services.value.every(isTold)) return []
  return judgeServices(incident, (tasks) => {
    const facts = factsOf(tasks)
    return facts ? judge(facts) : []
  })
}

const isTold = ({
  runningTasks,
  stoppedTasks,
}: {
  runningTasks: Known<unknown>
  stoppedTasks: Known<unknown>
}) => runningTasks.known && stoppedTasks.known

/** By the service's ARN. Every rule of an incident is asked about the same tasks. */
const made = remembered((_incident: Incident) => new Map<string, StartFacts | undefined>())

function factsOf(tasks: ServiceTasks): StartFacts | undefined {
  const { incident, service } = tasks
  const ofIncident = made(incident)
  if (!ofIncident.has(service.serviceArn)) ofIncident.set(service.serviceArn, startFacts(tasks))
  return ofIncident.get(service.serviceArn)
}

/** @returns undefined where no start fails: the ways of one need not be walked then */
function startFacts(tasks: ServiceTasks): StartFacts | undefined {
  const { incident, service, running, stops } = tasks
  const trouble = troubleOf(service, running, stops)
  if (!isTrouble(trouble)) return undefined
  const task = trouble.failed[0]?.stop.task
  const definition = taskDefinitionOf(incident.scope, task?.taskDefinitionArn ?? service.taskDefinition)
  const needs = definition.known
    ? known(startNeeds(startingOf(tasks, trouble, definition.value)))
    : definition
  const places = { task: taskPlaces(tasks), instance: instancePlaces(tasks) }
  const ways = needs.known ? startWays(incident, needs.value, places) : needs
  return { tasks, trouble, definition, needs, places, ways }
}

function startingOf(
  { incident: { scope }, service, running }: ServiceTasks,
  { failed }: StartTrouble,
  definition: TaskDefinition,
): Starting {
  const task = failed[0]?.stop.task ?? running[0]
  return {
    definition,
    accountId: scope.accountId,
    region: scope.region,
    launchType: task?.launchType ?? service.launchType,
    platformVersion: task?.platformVersion ?? service.platformVersion,
    keys: keysOf(scope, definition),
  }
}
