/**
 * Only the proxy or a sidecar has a health check: ECS calls the task healthy before the container behind the proxy is
 * up. Clients get 502 to 504 meanwhile, and the load balancer's checks end the task once the grace period is over.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html
 */
import type { Confidence } from '../../findings/finding.ts'
import type { TargetGroup, Task } from '../../snapshot/types.ts'
import { codesOf } from '../checks/answers.ts'
import { groupsOf, pathTo, stopsFor } from '../ecs/checked-by.ts'
import { containerComponent, ranOutOfMemory } from '../ecs/containers.ts'
import { definitionEvidence, stopEvidence } from '../ecs/evidence.ts'
import { deadlineOf, meets } from '../ecs/grace.ts'
import { orderingFix, type Unordered, unorderedIn } from '../ecs/readiness.ts'
import { judgeServices, type ServiceTasks, targetsOfTasks } from '../ecs/services.ts'
import type { Stop } from '../ecs/stops.ts'
import { revisionName } from '../ecs/words.ts'
import type { TargetFacts } from '../incident.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'
import { healthEvidence } from '../path/evidence.ts'
import { isFailing } from '../reasons.ts'

export const ecsReadinessOrdering: CauseRule = {
  code: 'ecs.readiness-ordering',
  judge: (incident) => judgeServices(incident, judgeService),
}

function judgeService(tasks: ServiceTasks): readonly Judgement[] {
  const { incident, service } = tasks
  if (!service.loadBalancers?.length) return []
  const groups = groupsOf(incident, service)
  if (!groups.known) return notKnown(groups.missing)
  return groups.value.flatMap((group) => judgeGroup(tasks, group))
}

/** What the start of the service's tasks suffers from. */
interface Suffering {
  readonly stops: readonly Stop[]
  readonly targets: readonly TargetFacts[]
}

function judgeGroup(tasks: ServiceTasks, group: TargetGroup): readonly Judgement[] {
  const suffering: Suffering = { stops: soonEnded(tasks, group), targets: soonRefused(tasks, group) }
  const task = suffering.stops[0]?.task ?? suffering.targets[0]?.task
  if (!task) return absent('no task was ended by checks, or answered 502 to 504, soon after its start')
  const definition = tasks.definitionOf(task)
  if (!definition.known) return notKnown(definition.missing)
  const found = unorderedIn(tasks.service, group, definition.value)
  if (!found) return absent('no proxy of the task is checked before the container behind it')
  const path = pathTo(tasks.incident, group)
  if (path.kind === 'unknown') return notKnown(path)
  if (path.kind === 'closed') return absent('the path to the targets is broken, so that no order would help')
  const often = suffering.targets.length > 0 || (path.kind === 'open' && suffering.stops.length > 1)
  return [present(group, found, suffering, often ? 'likely' : 'possible')]
}

function soonEnded({ stops, service }: ServiceTasks, group: TargetGroup): readonly Stop[] {
  const deadline = deadlineOf(group, service.healthCheckGracePeriodSeconds ?? 0)
  return stopsFor(stops, group).filter(
    (stop) =>
      stop.kind === 'target-health' &&
      !ranOutOfMemory(stop.task) &&
      deadline !== undefined &&
      meets(deadline, stop),
  )
}

/** What proxies answer while there is nobody behind them. */
const BAD_GATEWAY = [502, 503, 504]

function soonRefused({ incident, service, running }: ServiceTasks, group: TargetGroup) {
  const own = incident.group?.targetGroup.TargetGroupArn === group.TargetGroupArn ? incident.group : undefined
  const targets = own?.targets.known ? own.targets.value : []
  const deadline = deadlineOf(group, service.healthCheckGracePeriodSeconds ?? 0)
  const now = incident.network.snapshot.collectedAt
  const young = running.filter((task) => deadline !== undefined && ageOf(task, now) <= deadline.to)
  return targetsOfTasks(targets, young).filter(
    (target) => isFailing(target) && codesOf(target).some((code) => BAD_GATEWAY.includes(code)),
  )
}

/** In seconds; of a task whose start is not told: never young. */
const ageOf = ({ startedAt }: Task, now: string): number =>
  startedAt === undefined ? Number.POSITIVE_INFINITY : (Date.parse(now) - Date.parse(startedAt)) / 1000

function present(
  group: TargetGroup,
  found: Unordered,
  { stops, targets }: Suffering,
  confidence: Confidence,
): Judgement {
  const { definition, proxy, backend, checked } = found
  const { taskDefinitionArn } = definition
  const shown = (name: string | undefined, field: string, observed: unknown, expected: string) =>
    definitionEvidence(taskDefinitionArn, `containerDefinitions[${name}].${field}`, observed, expected)
  return {
    kind: 'present',
    confidence,
    title: `Tasks of ${revisionName(taskDefinitionArn)} count as healthy before container ${backend.name} is ready: only ${checked.name} has a health check, and proxy ${proxy.name} does not wait for ${backend.name}`,
    component: containerComponent({ taskDefinitionArn }, backend.name ?? ''),
    evidence: [
      ...stopEvidence(stops, 'the task keeps running'),
      ...targets.slice(0, 1).map(healthEvidence),
      shown(backend.name, 'healthCheck', backend.healthCheck, 'a health check of its own'),
      shown(proxy.name, 'dependsOn', proxy.dependsOn ?? [], `${backend.name} with condition HEALTHY`),
      shown(checked.name, 'healthCheck', checked.healthCheck, 'not the only one'),
    ],
    targets,
    fixes: [orderingFix(group, found)],
  }
}
