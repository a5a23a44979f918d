/**
 * Where tasks stand, as target groups register them: an address (awsvpc), or an instance and a host port. The agent
 * tells host ports; which instance it is, DescribeContainerInstances.
 */
import { grouped } from '../../network/grouped.ts'
import { remembered } from '../../network/remembered.ts'
import { keyedResponse, known } from '../../snapshot/known.ts'
import type { KeyedResponse } from '../../snapshot/operations.ts'
import type { Known, Scope, Task } from '../../snapshot/types.ts'
import type { TargetFacts } from '../incident.ts'

type Registered = Pick<TargetFacts, 'id' | 'port'>

export const isInstance = ({ id }: Registered): boolean => /^i-/.test(id)

/** The EC2 instance of a task; undefined on Fargate. */
function instanceOfTask(scope: Scope, task: Task): Known<string | undefined> {
  const { containerInstanceArn: arn, clusterArn = '' } = task
  if (arn === undefined) return known(undefined)
  const found = keyedResponse(scope, 'ecs:DescribeContainerInstances', clusterArn)
  if (!found.known) return found
  const list = found.value.containerInstances ?? NONE
  return known(instancesByArn(list).get(arn)?.[0]?.ec2InstanceId)
}

type ContainerInstances = NonNullable<KeyedResponse<'ecs:DescribeContainerInstances'>['containerInstances']>

const NONE: ContainerInstances = []

const instancesByArn = remembered((list: ContainerInstances) =>
  grouped(list, ({ containerInstanceArn }) => [containerInstanceArn]),
)

/** Whether a task stands, or stood, where the target is registered. */
export function standsAt(scope: Scope, task: Task, target: Registered): Known<boolean> {
  if (!isInstance(target)) return known(addressesOf(task).includes(target.id))
  if (!hostPortsOf(task).includes(target.port)) return known(false)
  const instance = instanceOfTask(scope, task)
  return instance.known ? known(instance.value === target.id) : instance
}

/** The first of the tasks that stands where the target is registered. */
export function taskAt(scope: Scope, tasks: readonly Task[], target: Registered): Task | undefined {
  if (!isInstance(target)) return byAddress(tasks).get(target.id)?.[0]
  return tasks.find((task) => {
    const stands = standsAt(scope, task, target)
    return stands.known && stands.value
  })
}

const addressesOf = remembered(
  ({ attachments = [], containers = [] }: Task): readonly (string | undefined)[] => [
    ...attachments.flatMap(({ details = [] }) => details.map(({ value }) => value)),
    ...containers.flatMap(({ networkInterfaces = [] }) =>
      networkInterfaces.flatMap(({ privateIpv4Address, ipv6Address }) => [privateIpv4Address, ipv6Address]),
    ),
  ],
)

const byAddress = remembered((tasks: readonly Task[]) => grouped(tasks, addressesOf))

const hostPortsOf = ({ containers = [] }: Task): readonly (number | undefined)[] =>
  containers.flatMap(({ networkBindings = [] }) => networkBindings.map(({ hostPort }) => hostPort))
