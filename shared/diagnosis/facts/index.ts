/** The incidents of a selection. */
import type { Subject } from '../../findings/finding.ts'
import { InputError } from '../../input-error.ts'
import type { Network } from '../../network/network.ts'
import type { Selection } from '../../selection.ts'
import { selectsEverything } from '../../selection.ts'
import type { Scope, Service, TargetGroup } from '../../snapshot/types.ts'
import type { Incident } from '../incident.ts'
import { groupGap, serviceGap, taskGap } from './gaps.ts'
import {
  balancerIncident,
  balancersOf,
  groupIncident,
  serviceIncident,
  serviceOf,
  standaloneTasks,
  targetGroupOf,
  targetGroupsOf,
  taskIncident,
} from './incidents.ts'
import { allTasks, isService, servicesOf, shortName } from './services.ts'

/** @throws InputError when the selection names something that certainly is not there; see `gapsOf` for the rest */
export function incidentsOf(network: Network, selection: Selection): readonly Incident[] {
  const { scopes } = network.snapshot
  if (selectsEverything(selection)) return scopes.flatMap((scope) => everythingIn(network, scope))
  const groups = selection.targetGroups.flatMap((name) => selectGroups(network, name))
  const services = selection.services.flatMap((name) => selectServices(network, name))
  const tasks = selection.tasks.flatMap((arn) => selectTask(network, arn))
  return distinct([...groups, ...services, ...tasks])
}

/** The incident of a subject in another state of the same network. */
export function incidentOfSubject(
  network: Network,
  { kind, arn, accountId, region }: Subject,
): Incident | undefined {
  const scope = network.snapshot.scopes.find((item) => item.accountId === accountId && item.region === region)
  if (!scope) return undefined
  if (kind === 'target-group') {
    const group = targetGroupOf(scope, arn)
    return group && groupIncident(network, scope, group)
  }
  if (kind === 'ecs-service') {
    const service = servicesOf(scope).find(({ serviceArn }) => serviceArn === arn)
    return service && serviceIncident(network, scope, service)
  }
  if (kind === 'load-balancer') {
    const balancers = balancersOf(scope)
    const balancer = balancers.known ? balancers.value.find((one) => one.LoadBalancerArn === arn) : undefined
    return balancer && balancerIncident(network, scope, balancer)
  }
  const task = allTasks(scope).find(({ taskArn }) => taskArn === arn)
  return task && taskIncident(network, scope, task)
}

/** A group is diagnosed together with the services behind it, each as a subject of its own. */
function everythingIn(network: Network, scope: Scope): readonly Incident[] {
  const groups = targetGroupsOf(scope)
  const balancers = balancersOf(scope)
  return [
    ...(groups.known ? groups.value : []).map((group) => groupIncident(network, scope, group)),
    ...(balancers.known ? balancers.value : []).map((one) => balancerIncident(network, scope, one)),
    ...servicesOf(scope).map((service) => serviceIncident(network, scope, service)),
    ...standaloneTasks(scope).map((task) => taskIncident(network, scope, task)),
  ]
}

function selectGroups(network: Network, name: string): readonly Incident[] {
  const matches = network.snapshot.scopes.flatMap((scope) => {
    const groups = targetGroupsOf(scope)
    const list: readonly TargetGroup[] = groups.known ? groups.value : []
    return list
      .filter(({ TargetGroupArn, TargetGroupName }) => TargetGroupArn === name || TargetGroupName === name)
      .flatMap((group) => withServices(network, scope, groupIncident(network, scope, group)))
  })
  if (matches.length > 0 || groupGap(network.snapshot.scopes, name)) return matches
  throw notThere(network, `target group ${name}`, (scope) =>
    (targetGroupsOf(scope) as { value?: readonly TargetGroup[] }).value?.map(
      (group) => group.TargetGroupName ?? '',
    ),
  )
}

const withServices = (network: Network, scope: Scope, incident: Incident): readonly Incident[] => [
  incident,
  ...balancersBefore(incident).map((one) => balancerIncident(network, scope, one)),
  ...(incident.services.known ? incident.services.value : []).map(({ service }) =>
    serviceIncident(network, scope, service),
  ),
]

const balancersBefore = ({ group }: Incident) => (group?.loadBalancers.known ? group.loadBalancers.value : [])

function selectServices(network: Network, name: string): readonly Incident[] {
  const matches = network.snapshot.scopes.flatMap((scope) =>
    servicesOf(scope)
      .filter((service) => isService(service, name))
      .flatMap((service) => [
        ...groupsBehind(network, scope, service),
        serviceIncident(network, scope, service),
      ]),
  )
  if (matches.length > 0 || serviceGap(network.snapshot.scopes, name)) return matches
  throw notThere(network, `service ${name}`, (scope) => servicesOf(scope).map(shortName))
}

/** The target groups in which a service's tasks are registered: what is unhealthy there is the service's matter. */
function groupsBehind(network: Network, scope: Scope, service: Service | undefined): readonly Incident[] {
  const arns = service?.loadBalancers?.map(({ targetGroupArn }) => targetGroupArn) ?? []
  const groups = targetGroupsOf(scope)
  return (groups.known ? groups.value : [])
    .filter(({ TargetGroupArn }) => arns.includes(TargetGroupArn))
    .map((group) => groupIncident(network, scope, group))
    .flatMap((incident) => [
      incident,
      ...balancersBefore(incident).map((one) => balancerIncident(network, scope, one)),
    ])
}

function selectTask(network: Network, arn: string): readonly Incident[] {
  for (const scope of network.snapshot.scopes) {
    const task = allTasks(scope).find(({ taskArn }) => taskArn === arn || taskArn.endsWith(`/${arn}`))
    if (task)
      return [...groupsBehind(network, scope, serviceOf(scope, task)), taskIncident(network, scope, task)]
  }
  if (taskGap(network.snapshot.scopes, arn)) return []
  throw notThere(network, `task ${arn}`, () => undefined)
}

const SHOWN = 5

function notThere(
  network: Network,
  what: string,
  names: (scope: Scope) => readonly string[] | undefined,
): InputError {
  const there = network.snapshot.scopes.flatMap((scope) => names(scope) ?? [])
  const more = there.length > SHOWN ? `, ... (${there.length} in all)` : ''
  const hint = there.length > 0 ? `there are ${there.slice(0, SHOWN).join(', ')}${more}` : 'there are none'
  return new InputError(`${what}: not in the snapshot; ${hint}`)
}

const distinct = (incidents: readonly Incident[]): readonly Incident[] => [
  ...new Map(incidents.map((incident) => [incident.subject.arn, incident] as const)).values(),
]
