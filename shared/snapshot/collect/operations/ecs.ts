/** ECS's part of the table: List gives ARNs, Describe takes so many. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ */
import {
  DescribeClustersCommand,
  DescribeContainerInstancesCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  type DesiredStatus,
  paginateListClusters,
  paginateListContainerInstances,
  paginateListServices,
  paginateListTasks,
} from '@aws-sdk/client-ecs'
import type { Clients } from '../clients.ts'
import { all, answer, once, slices } from '../fetch.ts'
import type { Json } from '../json.ts'
import { idsOf, type KeyedTable } from '../keyed.ts'
import { taskDefinitionsOf } from './task-definitions.ts'

const PAGE = 100
/** Running tasks, and those that stopped within about the last hour: AWS tells of no others. */
const told: readonly DesiredStatus[] = ['RUNNING', 'STOPPED']

export async function listClusters(clients: Clients): Promise<string[]> {
  const pages = await all(paginateListClusters({ client: clients.ecs, pageSize: PAGE }, {}))
  return pages.flatMap((page) => page.clusterArns ?? [])
}

export async function listServices(clients: Clients, cluster: string): Promise<string[]> {
  const pages = await all(paginateListServices({ client: clients.ecs, pageSize: PAGE }, { cluster }))
  return pages.flatMap((page) => page.serviceArns ?? [])
}

/** @param serviceName only the tasks of this service */
export async function listTasks(clients: Clients, cluster: string, serviceName?: string): Promise<string[]> {
  const lists = told.map((desiredStatus) =>
    all(paginateListTasks({ client: clients.ecs, pageSize: PAGE }, { cluster, serviceName, desiredStatus })),
  )
  return (await Promise.all(lists)).flat().flatMap((page) => page.taskArns ?? [])
}

async function listContainerInstances(clients: Clients, cluster: string): Promise<string[]> {
  const pages = await all(
    paginateListContainerInstances({ client: clients.ecs, pageSize: PAGE }, { cluster }),
  )
  return pages.flatMap((page) => page.containerInstanceArns ?? [])
}

/** Ten at once are allowed. */
export async function describeServices(
  clients: Clients,
  cluster: string,
  named: readonly string[],
): Promise<Json> {
  const pages = slices(named, 10).map((services) =>
    clients.ecs.send(new DescribeServicesCommand({ cluster, services })),
  )
  const service = { deployments: {}, loadBalancers: {}, events: {} }
  return answer(await Promise.all(pages), { services: service, failures: {} })
}

export async function describeTasks(
  clients: Clients,
  cluster: string,
  arns: readonly string[],
): Promise<Json> {
  const pages = slices(arns, 100).map((tasks) =>
    clients.ecs.send(new DescribeTasksCommand({ cluster, tasks })),
  )
  return answer(await Promise.all(pages), { tasks: { containers: {}, attachments: {} }, failures: {} })
}

export async function describeContainerInstances(
  clients: Clients,
  cluster: string,
  arns: readonly string[],
): Promise<Json> {
  const pages = slices(arns, 100).map((containerInstances) =>
    clients.ecs.send(new DescribeContainerInstancesCommand({ cluster, containerInstances })),
  )
  return answer(await Promise.all(pages), { containerInstances: {}, failures: {} })
}

async function describeClusters(clients: Clients): Promise<Json> {
  const pages = slices(await listClusters(clients), 100).map((clusters) =>
    clients.ecs.send(new DescribeClustersCommand({ clusters })),
  )
  return answer(await Promise.all(pages), { clusters: {}, failures: {} })
}

const describeTaskDefinition = once(
  (c, taskDefinition: string) => c.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition })),
  {},
)

export const ecsUnkeyed = {
  'ecs:DescribeClusters': describeClusters,
} as const

const clusters = idsOf('ecs:DescribeClusters', 'clusters', 'clusterArn')

// biome-ignore format: a table reads best with one operation a line
export const ecsKeyed = {
  'ecs:DescribeServices': { ...clusters, fetch: async (c, cluster) => describeServices(c, cluster, await listServices(c, cluster)) },
  'ecs:DescribeTasks': { ...clusters, fetch: async (c, cluster) => describeTasks(c, cluster, await listTasks(c, cluster)) },
  'ecs:DescribeContainerInstances': { ...clusters, fetch: async (c, cluster) => describeContainerInstances(c, cluster, await listContainerInstances(c, cluster)) },
  'ecs:DescribeTaskDefinition': { from: ['ecs:DescribeServices', 'ecs:DescribeTasks'], keys: taskDefinitionsOf, fetch: describeTaskDefinition },
} as const satisfies KeyedTable
