/** Who expects traffic from a target group, and who keeps one idle on purpose. */

import { remembered } from '../../network/remembered.ts'
import type { Scope, Service, Task } from '../../snapshot/types.ts'
import { allTasks, servicesOf } from '../facts/services.ts'
import type { Incident, ServiceFacts, TargetFacts } from '../incident.ts'

export const serviceName = ({ service }: ServiceFacts): string => service.serviceName ?? service.serviceArn

/**
 * Blue-green deployments by CodeDeploy or another controller leave the old colour without a listener; ECS's own name
 * the other colour as the alternate target group.
 */
const isBlueGreen = ({ deploymentController, loadBalancers = [] }: Service): boolean =>
  ['CODE_DEPLOY', 'EXTERNAL'].includes(deploymentController?.type ?? '') ||
  loadBalancers.some(({ advancedConfiguration }) => advancedConfiguration?.alternateTargetGroupArn)

const bluesAndGreens = remembered((services: readonly Service[]) => services.filter(isBlueGreen))

const groupsNamedBy = ({ loadBalancers = [], taskSets = [] }: Service): readonly (string | undefined)[] =>
  [...loadBalancers, ...taskSets.flatMap((set) => set.loadBalancers ?? [])].flatMap(
    ({ targetGroupArn, advancedConfiguration }) => [
      targetGroupArn,
      advancedConfiguration?.alternateTargetGroupArn,
    ],
  )

/** The service whose idle colour the group is: it names the group, or its tasks are registered there. */
export function idleColourOf(
  { scope, group }: Incident,
  targets: readonly TargetFacts[],
): Service | undefined {
  const arn = group?.targetGroup.TargetGroupArn
  const colours = bluesAndGreens(servicesOf(scope))
  return (
    colours.find((service) => groupsNamedBy(service).includes(arn)) ??
    colours.find((service) => tasksOf(scope, service).some((task) => isAnyOf(task, targets)))
  )
}

const tasksOf = (scope: Scope, { serviceName: name, clusterArn }: Service): readonly Task[] =>
  allTasks(scope).filter((task) => task.group === `service:${name}` && task.clusterArn === clusterArn)

const isAnyOf = (task: Task, targets: readonly TargetFacts[]): boolean => {
  const details = task.attachments?.flatMap((attachment) => attachment.details ?? []) ?? []
  return targets.some(({ id }) => details.some(({ value }) => value === id))
}
