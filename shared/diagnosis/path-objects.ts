/**
 * Which objects a subject rests on: whoever changes one of them may break its paths. Named as CloudTrail names them
 * (see `events/changed-objects.ts`).
 */
import type { Network } from '../network/network.ts'
import type { Component } from '../reachability/result.ts'
import { roleNameOf } from '../snapshot/references.ts'
import type { Known, Task, TaskDefinition } from '../snapshot/types.ts'
import type { Incident, ServiceFacts, TargetFacts } from './incident.ts'
import { type Beside, isObject, objectsBeside, startAt } from './objects-beside.ts'

/** @returns what tells the objects of an incident of this network, sorted */
export function pathObjectsIn(network: Network): (incident: Incident) => readonly string[] {
  const beside = objectsBeside(network)
  return (incident) => [...closure(startsOf(incident), beside)].filter(isObject).sort()
}

function closure(starts: Iterable<string>, beside: Beside): ReadonlySet<string> {
  const found = new Set(starts)
  for (const object of found) for (const next of beside(object)) found.add(next)
  return found
}

function startsOf(incident: Incident): readonly string[] {
  const { subject, group, balancer, services } = incident
  const balancers = [
    ...(balancer ? [balancer] : []),
    ...(group?.loadBalancers.known ? group.loadBalancers.value : []),
  ]
  return [
    subject.arn,
    ...(group ? [group.targetGroup.TargetGroupArn] : []),
    ...balancers.flatMap((one) => [
      one.LoadBalancerArn,
      ...(one.SecurityGroups ?? []),
      ...(one.AvailabilityZones ?? []).flatMap(({ SubnetId }) => SubnetId ?? []),
    ]),
    // How clients come in.
    ...(balancer?.AvailabilityZones ?? []).flatMap(({ SubnetId }) => (SubnetId ? [startAt(SubnetId)] : [])),
    ...of(group?.targets).flatMap(ofTarget),
    ...of(services).flatMap(ofService),
  ]
}

const of = <T>(list: Known<readonly T[]> | undefined): readonly T[] => (list?.known ? list.value : [])

function ofTarget({ end, probes }: TargetFacts): readonly string[] {
  const components = of(probes).flatMap(({ explanation }) =>
    [...explanation.forward, ...explanation.return].map(({ component }) => component),
  )
  return [...(end.known ? [end.value.nic.id] : []), ...components.flatMap(named)]
}

/** Addresses and AWS services are nobody's objects. */
const named = ({ type, id }: Component): readonly string[] => {
  if (type === 'vpc-block-public-access') return ['public-access']
  return /^[a-z-]+-[0-9a-f]+$/.test(id) ? [id] : []
}

/** Where a service's next task starts; what it needs there lies behind the subnet's route table and endpoints. */
function ofService({ service, taskDefinition, runningTasks, stoppedTasks }: ServiceFacts): readonly string[] {
  const placed = service.networkConfiguration?.awsvpcConfiguration
  const tasks = [...of(runningTasks), ...of(stoppedTasks)]
  return [
    service.serviceArn,
    ...[...(placed?.subnets ?? []), ...tasks.flatMap(subnetsOf)].flatMap((id) => [id, startAt(id)]),
    ...(placed?.securityGroups ?? []),
    ...(taskDefinition.known ? rolesOf(taskDefinition.value) : []),
  ]
}

const subnetsOf = ({ attachments }: Task): readonly string[] =>
  (attachments ?? [])
    .flatMap(({ details }) => details ?? [])
    .flatMap(({ name, value }) => (name === 'subnetId' && value ? [value] : []))

const rolesOf = ({ executionRoleArn, taskRoleArn }: TaskDefinition): readonly string[] =>
  [executionRoleArn, taskRoleArn].flatMap((arn) => (arn ? [`role/${roleNameOf(arn)}`] : []))
