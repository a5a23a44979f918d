/** Who expects traffic from a target group, and who keeps one idle on purpose. */
import type { Service } from '../../snapshot/types.ts'
import { servicesOf } from '../facts/services.ts'
import type { Incident, ServiceFacts, TargetFacts } from '../incident.ts'
import type { Scope, Task } from '../../snapshot/types.ts'
import { allTasks } from '../facts/services.ts'

export const serviceName = ({ service }: ServiceFacts): string => service.serviceName ?? service.serviceArn

/** Blue-green deployments by CodeDeploy or another controller leave the old colour without a listener. */
const isBlueGreen = ({ deploymentController }: Service): boolean =>
  ['CODE_DEPLOY', 'EXTERNAL'].includes(deploymentController?.type ?? '')

/** The service whose idle colour the group is: it names the group, or its tasks are registered there. */
export function idleColourOf(
  { scope, services }: Incident,
  targets: readonly TargetFacts[],
): Service | undefined {
  const behind = services.known ? services.value.map(({ service }) => service) : []
  return (
    behind.find(isBlueGreen) ??
    servicesOf(scope).services.find(
      (service) => isBlueGreen(service) && tasksOf(scope, service).some((task) => isAnyOf(task, targets)),
    )
  )
}

const tasksOf = (scope: Scope, { serviceName: name, clusterArn }: Service): readonly Task[] =>
  allTasks(scope).filter((task) => task.group === `service:${name}` && task.clusterArn === clusterArn)

const isAnyOf = (task: Task, targets: readonly TargetFacts[]): boolean => {
  const details = task.attachments?.flatMap((attachment) => attachment.details ?? []) ?? []
  return targets.some(({ id }) => details.some(({ value }) => value === id))
}
