/** The services and tasks that somebody asked about: `CLUSTER/SERVICE`, ARNs of services, ARNs of tasks. */
import type { Selection } from '../../../selection.ts'
import type { Service, Task } from '../../types.ts'
import type { Json } from '../json.ts'
import { describeServices, describeTasks } from '../operations/ecs.ts'
import type { Session } from '../session.ts'
import { keepServices, servicesOf } from './services.ts'

/**
 * What ECS refuses to tell is recorded.
 * @throws `ClusterNotFoundException`, `ServiceNotFound`, `TaskNotFound`: what is not there leads to nothing
 */
export async function collectSubjects(
  session: Session,
  { services, tasks }: Pick<Selection, 'services' | 'tasks'>,
): Promise<void> {
  const named = services.map(serviceNamed)
  const found = await Promise.all(byCluster(tasks.map(taskNamed)).map((one) => keepTasks(session, one)))
  const startedBy = found.flat().flatMap(serviceOfTask)
  const wanted = byCluster([...named, ...startedBy])
  const described = await Promise.all(wanted.map((one) => keepNamed(session, one)))
  // The clusters say whose services are missing.
  if (session.errors[SERVICES]) return session.ask('ecs:DescribeClusters', {})
  const missing = named.find(({ cluster, name }) => !described.flat().some(isNamed(cluster, name)))
  if (missing) throw notFound('ServiceNotFound', `${missing.cluster}/${missing.name}`)
}

const SERVICES = 'ecs:DescribeServices'
const TASKS = 'ecs:DescribeTasks'
const NO_CLUSTER = 'ClusterNotFoundException'

/** @returns undefined when it is refused */
async function ask(
  session: Session,
  operation: typeof SERVICES | typeof TASKS,
  cluster: string,
  step: () => Promise<Json>,
): Promise<Json | undefined> {
  const answer = await session.attempt(operation, step)
  if (session.errors[operation]?.name === NO_CLUSTER) throw notFound(NO_CLUSTER, cluster)
  return answer
}

/** `cluster` is a name or an ARN: ECS takes either. */
interface InCluster {
  readonly cluster: string
  readonly name: string
}

/** ARNs of the old form name no cluster; then it is the default one. */
function serviceNamed(given: string): InCluster {
  const path = given.split(':service/').at(-1) ?? ''
  const [name = '', cluster = 'default'] = path.split('/').reverse()
  return { cluster, name }
}

const taskNamed = (arn: string): InCluster => {
  const [, cluster] = /:task\/([^/]+)\//.exec(arn) ?? []
  return { cluster: cluster ?? 'default', name: arn }
}

function byCluster(all: readonly InCluster[]): { readonly cluster: string; readonly names: string[] }[] {
  const clusters = [...new Set(all.map(({ cluster }) => cluster))]
  return clusters.map((cluster) => ({
    cluster,
    names: [...new Set(all.filter((one) => one.cluster === cluster).map(({ name }) => name))],
  }))
}

interface Named {
  readonly cluster: string
  readonly names: readonly string[]
}

async function keepTasks(session: Session, { cluster, names }: Named): Promise<readonly Task[]> {
  const answer = await ask(session, TASKS, cluster, () => describeTasks(session.clients, cluster, names))
  if (!answer) return []
  const tasks = (answer.tasks ?? []) as readonly Task[]
  const missing = names.find((arn) => !tasks.some(({ taskArn }) => taskArn === arn))
  if (missing) throw notFound('TaskNotFound', `${missing} (of stopped tasks ECS tells for about an hour)`)
  await session.keep(TASKS, tasks[0]?.clusterArn ?? cluster, async () => answer)
  return tasks
}

const serviceOfTask = ({ group = '', clusterArn = '' }: Task): readonly InCluster[] =>
  group.startsWith('service:') ? [{ cluster: clusterArn, name: group.slice('service:'.length) }] : []

async function keepNamed(session: Session, { cluster, names }: Named): Promise<readonly Service[]> {
  const answer = await ask(session, SERVICES, cluster, () =>
    describeServices(session.clients, cluster, names),
  )
  const found = servicesOf(answer)
  const arn = found[0]?.clusterArn
  if (arn) await keepServices(session, arn, found)
  return found
}

const isNamed =
  (cluster: string, name: string) =>
  ({ serviceName, clusterArn = '' }: Service): boolean =>
    serviceName === name && (clusterArn === cluster || clusterArn.endsWith(`/${cluster}`))

const notFound = (name: string, message: string) => Object.assign(new Error(message), { name })
