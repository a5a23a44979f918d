/** From a selection to incidents: what exactly is asked about, and everything the snapshot tells of it. */
import type { Subject } from '../../findings/finding.ts'
import { grouped } from '../../network/grouped.ts'
import type { Network } from '../../network/network.ts'
import { remembered } from '../../network/remembered.ts'
import { known, listed } from '../../snapshot/known.ts'
import type { Known, LoadBalancer, Scope, Service, TargetGroup, Task } from '../../snapshot/types.ts'
import type { Incident, ServiceFacts } from '../incident.ts'
import { groupFacts } from './groups.ts'
import {
  allServicesTold,
  allTasks,
  alone,
  serviceFacts,
  servicesOf,
  servicesOfGroup,
  standaloneFacts,
} from './services.ts'

export function groupIncident(network: Network, scope: Scope, targetGroup: TargetGroup): Incident {
  const arn = targetGroup.TargetGroupArn
  const services = servicesBehind(scope, arn)
  return {
    subject: subjectOf(scope, 'target-group', arn, targetGroup.TargetGroupName ?? arn),
    scope,
    network,
    group: groupFacts(network, scope, targetGroup, services),
    balancer: undefined,
    services,
  }
}

/** Of the target groups to which a load balancer forwards, as far as they were collected. */
export function groupIncidentsBehind(
  network: Network,
  scope: Scope,
  { LoadBalancerArn }: LoadBalancer,
): readonly Incident[] {
  const groups = targetGroupsOf(scope)
  return (groups.known ? groups.value : [])
    .filter(({ LoadBalancerArns }) => LoadBalancerArns?.includes(LoadBalancerArn))
    .map((group) => groupIncident(network, scope, group))
}

export function serviceIncident(network: Network, scope: Scope, service: Service): Incident {
  const cluster = service.clusterArn?.split('/').at(-1)
  const name = cluster ? `${cluster}/${service.serviceName}` : (service.serviceName ?? service.serviceArn)
  const services = known([serviceFacts(scope, service)])
  return {
    subject: subjectOf(scope, 'ecs-service', service.serviceArn, name),
    scope,
    network,
    group: firstGroup(network, scope, service, services),
    balancer: undefined,
    services,
  }
}

export function taskIncident(network: Network, scope: Scope, task: Task): Incident {
  const service = serviceOf(scope, task)
  const facts = service ? { ...serviceFacts(scope, service), ...alone(task) } : standaloneFacts(scope, task)
  return {
    subject: subjectOf(scope, 'ecs-task', task.taskArn, task.taskArn.split('/').slice(-2).join('/')),
    scope,
    network,
    group: service && firstGroup(network, scope, service, known([facts])),
    balancer: undefined,
    services: known([facts]),
  }
}

/** How clients get to a load balancer; what is behind it is its target groups' matter. */
export function balancerIncident(network: Network, scope: Scope, balancer: LoadBalancer): Incident {
  const { LoadBalancerArn: arn, LoadBalancerName: name = arn } = balancer
  return {
    subject: subjectOf(scope, 'load-balancer', arn, name),
    scope,
    network,
    group: undefined,
    balancer,
    services: known([]),
  }
}

/** The service that started a task. */
export const serviceOf = (scope: Scope, task: Task): Service | undefined =>
  servicesOf(scope).find(
    ({ serviceName, clusterArn }) =>
      task.group === `service:${serviceName}` && task.clusterArn === clusterArn,
  )

/** Failed tasks that belong to no service: nobody else would tell of them. */
export const standaloneTasks = (scope: Scope): readonly Task[] =>
  allTasks(scope).filter(
    ({ group, lastStatus }) => !group?.startsWith('service:') && lastStatus === 'STOPPED',
  )

export const targetGroupsOf = (scope: Scope): Known<readonly TargetGroup[]> =>
  listed(scope, 'elasticloadbalancing:DescribeTargetGroups', 'TargetGroups')

export function targetGroupOf(scope: Scope, arn: string): TargetGroup | undefined {
  const groups = targetGroupsOf(scope)
  return groups.known ? groupsByArn(groups.value).get(arn)?.[0] : undefined
}

export const groupsByArn = remembered((groups: readonly TargetGroup[]) =>
  grouped(groups, ({ TargetGroupArn }) => [TargetGroupArn]),
)

export const balancersOf = (scope: Scope): Known<readonly LoadBalancer[]> =>
  listed(scope, 'elasticloadbalancing:DescribeLoadBalancers', 'LoadBalancers')

function firstGroup(
  network: Network,
  scope: Scope,
  service: Service,
  services: Known<readonly ServiceFacts[]>,
) {
  const arn = service.loadBalancers?.find(({ targetGroupArn }) => targetGroupArn)?.targetGroupArn
  const group = arn === undefined ? undefined : targetGroupOf(scope, arn)
  return group && groupFacts(network, scope, group, services)
}

function servicesBehind(scope: Scope, targetGroupArn: string): Incident['services'] {
  const behind = servicesOfGroup(scope, targetGroupArn)
  const complete = behind.length > 0 ? known(true) : allServicesTold(scope)
  return complete.known ? known(behind.map((service) => serviceFacts(scope, service))) : complete
}

export const subjectOf = (scope: Scope, kind: Subject['kind'], arn: string, name: string): Subject => ({
  kind,
  arn,
  name,
  accountId: scope.accountId,
  region: scope.region,
})
