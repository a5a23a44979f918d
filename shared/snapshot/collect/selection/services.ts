/**
 * The ECS services behind target groups, their tasks and task definitions.
 *
 * How a service is found: ECS tags a task's interface with its cluster and service where the service has managed
 * tags switched on; then no call is needed. Otherwise the clusters are searched one after the other for the service
 * whose `loadBalancers` names the group, until every group has one: ListClusters, and per cluster ListServices and
 * DescribeServices (ten a call). That way also finds a service that runs no task at all, which a search by tasks or
 * interfaces would not. Where every cluster was searched in vain, DescribeClusters says that these were all.
 */
import type { NetworkInterface, Service, Task } from '../../types.ts'
import type { Json } from '../json.ts'
import {
  describeContainerInstances,
  describeServices,
  describeTasks,
  listClusters,
  listServices,
  listTasks,
} from '../operations/ecs.ts'
import { taskDefinitionsOf } from '../operations/task-definitions.ts'
import type { Session } from '../session.ts'

export async function collectServices(
  session: Session,
  groupArns: readonly string[],
  interfaces: readonly NetworkInterface[],
): Promise<void> {
  const open = groupsWithout(session, groupArns)
  if (open.length > 0) await describeTagged(session, interfaces)
  await search(session, groupsWithout(session, open))
  await collectTasks(session)
  await session.askEach('ecs:DescribeTaskDefinition', taskDefinitionsOf(session.responses))
}

const allServices = ({ responses }: Session): readonly Service[] =>
  Object.values(responses['ecs:DescribeServices'] ?? {}).flatMap((one) => one.services ?? [])

/** The groups that no service collected so far registers with. */
const groupsWithout = (session: Session, groupArns: readonly string[]): readonly string[] =>
  groupArns.filter((arn) => !allServices(session).some((service) => registersWith(service, arn)))

/** The groups of the services that somebody asked about, those of the other colour too. */
export const groupsOfServices = (session: Session): readonly string[] =>
  allServices(session)
    .flatMap((service): readonly Registration[] => service.loadBalancers ?? [])
    .flatMap((one) => [one.targetGroupArn, one.advancedConfiguration?.alternateTargetGroupArn])
    .filter((arn) => arn !== undefined)

/** ALBs for blue/green deployments are named twice: the group in use, and the other one. */
interface Registration {
  readonly targetGroupArn?: string | undefined
  readonly advancedConfiguration?: { readonly alternateTargetGroupArn?: string | undefined } | undefined
}

function registersWith(service: Service, groupArn: string): boolean {
  const registrations: readonly Registration[] = service.loadBalancers ?? []
  return registrations.some(
    (one) =>
      one.targetGroupArn === groupArn || one.advancedConfiguration?.alternateTargetGroupArn === groupArn,
  )
}

export const servicesOf = (answer: Json | undefined) => (answer?.services ?? []) as readonly Service[]

async function describeTagged(session: Session, interfaces: readonly NetworkInterface[]): Promise<void> {
  const found = await Promise.all(
    [...taggedServices(interfaces)].map(([cluster, names]) =>
      session.attempt('ecs:DescribeServices', () => describeServices(session.clients, cluster, [...names])),
    ),
  )
  const services = found.flatMap(servicesOf)
  for (const cluster of new Set(services.map((service) => service.clusterArn ?? '')))
    await keepServices(
      session,
      cluster,
      services.filter((service) => service.clusterArn === cluster),
    )
}

/** @returns cluster name -> service names */
function taggedServices(interfaces: readonly NetworkInterface[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const { TagSet = [] } of interfaces) {
    const cluster = TagSet.find((tag) => tag.Key === 'aws:ecs:clusterName')?.Value
    const service = TagSet.find((tag) => tag.Key === 'aws:ecs:serviceName')?.Value
    if (cluster && service) found.set(cluster, (found.get(cluster) ?? new Set()).add(service))
  }
  return found
}

async function search(session: Session, groupArns: readonly string[]): Promise<void> {
  if (groupArns.length === 0) return
  const clusters = await session.attempt('ecs:DescribeClusters', () => listClusters(session.clients))
  if (!clusters) return
  let missing = groupArns
  for (const cluster of clusters) {
    const answer = await session.attempt('ecs:DescribeServices', async () =>
      describeServices(session.clients, cluster, await listServices(session.clients, cluster)),
    )
    if (!answer) continue
    const matching = servicesOf(answer).filter((service) =>
      groupArns.some((arn) => registersWith(service, arn)),
    )
    await keepServices(session, cluster, matching)
    missing = missing.filter((arn) => !matching.some((service) => registersWith(service, arn)))
    if (missing.length === 0) return
  }
  await session.ask('ecs:DescribeClusters', {})
}

export async function keepServices(
  session: Session,
  cluster: string,
  found: readonly Service[],
): Promise<void> {
  const before = session.responses['ecs:DescribeServices']?.[cluster]?.services ?? []
  const services = [
    ...before,
    ...found.filter(({ serviceArn }) => !before.some((one) => one.serviceArn === serviceArn)),
  ]
  await session.keep('ecs:DescribeServices', cluster, async () => ({ services, failures: [] }))
}

async function collectTasks(session: Session): Promise<void> {
  const all = Object.entries(session.responses['ecs:DescribeServices'] ?? {})
  const byCluster = all.filter(([, { services = [] }]) => services.length > 0)
  await Promise.all(
    byCluster.map(([cluster, { services = [] }]) => collectTasksOf(session, cluster, services)),
  )
}

async function collectTasksOf(
  session: Session,
  cluster: string,
  services: readonly Service[],
): Promise<void> {
  await session.keep('ecs:DescribeTasks', cluster, async () => {
    const lists = services.map((service) => listTasks(session.clients, cluster, service.serviceName))
    const asked = session.responses['ecs:DescribeTasks']?.[cluster]?.tasks ?? []
    const arns = [...asked.map(({ taskArn }) => taskArn), ...(await Promise.all(lists)).flat()]
    return describeTasks(session.clients, cluster, [...new Set(arns)])
  })
  const tasks: readonly Task[] = session.responses['ecs:DescribeTasks']?.[cluster]?.tasks ?? []
  const hosts = [
    ...new Set(tasks.map((task) => task.containerInstanceArn).filter((arn) => arn !== undefined)),
  ]
  if (hosts.length === 0) return
  await session.keep('ecs:DescribeContainerInstances', cluster, () =>
    describeContainerInstances(session.clients, cluster, hosts),
  )
}
