/** ECS services and their tasks, as far as the snapshot tells. */
import { keyedResponse, known, listed, mapKnown, unknown } from '../../snapshot/known.ts'
import type { Known, Scope, Service, Task } from '../../snapshot/types.ts'
import type { ServiceFacts } from '../incident.ts'

const SERVICES = 'ecs:DescribeServices'

/** The services of a cluster; a response without its list tells nothing. */
export function servicesIn(scope: Scope, clusterArn: string): Known<readonly Service[]> {
  const found = keyedResponse(scope, SERVICES, clusterArn)
  if (!found.known) return found
  const { services } = found.value
  return services ? known(services) : unknown(SERVICES, `the services of ${clusterArn} are not told`)
}

/** Every service of the scope that was collected; `complete` when no cluster is left out. */
export function servicesOf(scope: Scope): {
  readonly services: readonly Service[]
  readonly complete: Known<true>
} {
  const responses = Object.values(scope.responses[SERVICES] ?? {})
  const services = responses.flatMap((response) => response.services ?? [])
  const clusters = listed(scope, 'ecs:DescribeClusters', 'clusters')
  if (!clusters.known) return { services, complete: clusters }
  const gap = clusters.value.find(({ clusterArn }) => !servicesIn(scope, clusterArn).known)
  if (!gap) return { services, complete: known(true) }
  return { services, complete: unknown(SERVICES, `the services of ${gap.clusterArn} were not collected`) }
}

/** Whether a scope holds the service with this ARN or `CLUSTER/SERVICE`. */
export const findsService =
  (name: string) =>
  (scope: Scope): boolean =>
    servicesOf(scope).services.some((service) => isService(service, name))

export const isService = (service: Service, name: string): boolean =>
  service.serviceArn === name || shortName(service) === name

export const shortName = ({ clusterArn, serviceName }: Service): string =>
  `${clusterArn?.split('/').at(-1)}/${serviceName}`

export function serviceFacts(scope: Scope, service: Service): ServiceFacts {
  const tasks = tasksOf(scope, service)
  return {
    service,
    taskDefinition: taskDefinitionOf(scope, service.taskDefinition),
    runningTasks: mapKnown(tasks, (list) => list.filter((task) => !stopped(task))),
    stoppedTasks: mapKnown(tasks, (list) => list.filter(stopped).sort(newestFirst)),
  }
}

/** A task that no service started, told as a service of its own. */
export function standaloneFacts(scope: Scope, task: Task): ServiceFacts {
  const service: Service = {
    serviceArn: task.taskArn,
    serviceName: task.group ?? task.taskArn,
    clusterArn: task.clusterArn,
    taskDefinition: task.taskDefinitionArn,
  }
  return { service, taskDefinition: taskDefinitionOf(scope, task.taskDefinitionArn), ...alone(task) }
}

export const alone = (task: Task): Pick<ServiceFacts, 'runningTasks' | 'stoppedTasks'> => ({
  runningTasks: known(stopped(task) ? [] : [task]),
  stoppedTasks: known(stopped(task) ? [task] : []),
})

export function allTasks(scope: Scope): readonly Task[] {
  return Object.values(scope.responses['ecs:DescribeTasks'] ?? {}).flatMap((response) => response.tasks ?? [])
}

function tasksOf(scope: Scope, service: Service): Known<readonly Task[]> {
  const { clusterArn = '' } = service
  const found = keyedResponse(scope, 'ecs:DescribeTasks', clusterArn)
  if (!found.known) return found
  const list = found.value.tasks
  if (!list) return unknown('ecs:DescribeTasks', `the tasks of ${clusterArn} are not told`)
  return known(list.filter(({ group }) => group === `service:${service.serviceName}`))
}

export function taskDefinitionOf(scope: Scope, arn: string | undefined): ServiceFacts['taskDefinition'] {
  const operation = 'ecs:DescribeTaskDefinition'
  if (arn === undefined) return unknown(operation, 'the task definition is not named')
  const found = keyedResponse(scope, operation, arn)
  if (!found.known) return found
  const { taskDefinition } = found.value
  return taskDefinition ? known(taskDefinition) : unknown(operation, `${arn} came without its definition`)
}

const ENDING = ['DEACTIVATING', 'STOPPING', 'DEPROVISIONING', 'STOPPED', 'DELETED']

const stopped = (task: Task): boolean => ENDING.includes(task.lastStatus ?? '')

const newestFirst = (a: Task, b: Task): number => (b.stoppedAt ?? '').localeCompare(a.stoppedAt ?? '')
