/** ECS services and their tasks, as far as the snapshot tells. */
import { grouped } from '../../network/grouped.ts'
import { remembered } from '../../network/remembered.ts'
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

/** Every service of the scope that was collected. */
export const servicesOf = ({ responses }: Scope): readonly Service[] =>
  servicesAmong(responses[SERVICES] ?? NOTHING)

/** Whether no cluster is left out. */
export function allServicesTold(scope: Scope): Known<true> {
  const clusters = listed(scope, 'ecs:DescribeClusters', 'clusters')
  if (!clusters.known) return clusters
  const gap = clusters.value.find(({ clusterArn }) => !servicesIn(scope, clusterArn).known)
  return gap ? unknown(SERVICES, `the services of ${gap.clusterArn} were not collected`) : known(true)
}

const NOTHING = {}

const servicesAmong = remembered(
  (responses: NonNullable<Scope['responses'][typeof SERVICES]>): readonly Service[] =>
    Object.values(responses).flatMap(({ services }) => services ?? []),
)

/** The services that register their tasks in a target group. */
export const servicesOfGroup = (scope: Scope, targetGroupArn: string): readonly Service[] =>
  byGroup(servicesOf(scope)).get(targetGroupArn) ?? []

const byGroup = remembered((services: readonly Service[]) =>
  grouped(services, ({ loadBalancers = [] }) => [
    ...new Set(loadBalancers.map(({ targetGroupArn }) => targetGroupArn)),
  ]),
)

/** Whether a scope holds the service with this ARN or `CLUSTER/SERVICE`. */
export const findsService =
  (name: string) =>
  (scope: Scope): boolean =>
    servicesOf(scope).some((service) => isService(service, name))

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

export const allTasks = ({ responses }: Scope): readonly Task[] =>
  tasksAmong(responses['ecs:DescribeTasks'] ?? NOTHING)

const tasksAmong = remembered(
  (responses: NonNullable<Scope['responses']['ecs:DescribeTasks']>): readonly Task[] =>
    Object.values(responses).flatMap(({ tasks }) => tasks ?? []),
)

function tasksOf(scope: Scope, service: Service): Known<readonly Task[]> {
  const { clusterArn = '' } = service
  const found = keyedResponse(scope, 'ecs:DescribeTasks', clusterArn)
  if (!found.known) return found
  const list = found.value.tasks
  if (!list) return unknown('ecs:DescribeTasks', `the tasks of ${clusterArn} are not told`)
  return known(byStarter(list).get(`service:${service.serviceName}`) ?? [])
}

const byStarter = remembered((tasks: readonly Task[]) => grouped(tasks, ({ group }) => [group]))

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
