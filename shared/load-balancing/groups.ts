/**
 * From a load balancer's node to the targets of a group.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html
 */
import { targetGroupAttributes } from '../network/load-balancing/attributes.ts'
import { crossZone } from '../network/load-balancing/cross-zone.ts'
import type { Explanation, MissingKnowledge } from '../reachability/result.ts'
import type { TargetGroup, TargetHealthDescription } from '../snapshot/types.ts'
import type { Entrance, Visit } from './entrance.ts'
import type { Group } from './group.ts'
import { groupComponent, groupName, groupStep, nobodyInZone, noReceiver, noTarget } from './group-words.ts'
import { groupOf, targetsOf } from './lookups.ts'
import { receiversFor } from './node-zones.ts'
import { receiverOf } from './receivers.ts'
import { toTarget } from './targets.ts'
import { allOf, doubted, oneOf, passed, stopped, unclear } from './way.ts'

export function toGroup(entrance: Entrance, way: Explanation, visit: Visit, arn: string): Explanation {
  const found = groupOf(entrance.scope, arn)
  if (!found.known) return unclear(way, { component: { type: 'target-group', id: arn } }, found.missing)
  const targetGroup = found.value
  const component = groupComponent(targetGroup)
  const targets = targetsOf(entrance.scope, targetGroup)
  if (!targets.known) return unclear(way, { component }, targets.missing)
  if (targets.value.length === 0) return stopped(way, ...noTarget(targetGroup, visit))
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
  if (targetGroup.TargetType === 'lambda') {
    const explanation = `${groupName(targetGroup)} invokes ${targets.value.map(({ Target }) => Target.Id).join(', ')}: no packet goes further`
    return passed(way, { component, explanation })
  }
  return fromNode(entrance, way, visit, usedBy(entrance, targetGroup, targets.value))
}

function usedBy(
  entrance: Entrance,
  targetGroup: TargetGroup,
  targets: readonly TargetHealthDescription[],
): Group {
  const key = `${entrance.balancer.LoadBalancerArn} ${targetGroup.TargetGroupArn}`
  const found = entrance.groups.get(key)
  if (found) return found
  const registered = targets.map((item) => receiverOf(entrance, targetGroup, item))
  const made = {
    targetGroup,
    attributes: targetGroupAttributes(entrance.scope, targetGroup.TargetGroupArn),
    receivers: registered.filter((item) => item.kind === 'receiver'),
    idle: registered.filter((item) => item.kind === 'idle'),
  }
  entrance.groups.set(key, made)
  return made
}

function fromNode(entrance: Entrance, way: Explanation, visit: Visit, group: Group): Explanation {
  if (group.receivers.length === 0) return stopped(way, ...noReceiver(group, visit))
  const across = crossZone(entrance.scope, entrance.balancer, group.attributes)
  if (across.known) return toReceivers(entrance, way, visit, group, across.value)
  const both = [true, false].map((value) => toReceivers(entrance, way, visit, group, value))
  return oneOf(both, across.missing)
}

/** @param across whether cross-zone load balancing is on */
function toReceivers(
  entrance: Entrance,
  way: Explanation,
  visit: Visit,
  group: Group,
  across: boolean,
): Explanation {
  const { certain, doubtful } = receiversFor(entrance, visit.node, group.receivers, across)
  const there = [...certain, ...doubtful.map(({ receiver }) => receiver)]
  if (there.length === 0) return stopped(way, ...nobodyInZone(entrance, group, visit))
  const begun = passed(way, groupStep(entrance, group, visit, there, across))
  const ways = certain.map((receiver) => toTarget(entrance, begun, visit, group, receiver))
  const others = doubtful.map(({ receiver }) => toTarget(entrance, begun, visit, group, receiver))
  const [doubt] = doubtful
  return doubt ? withDoubtful(ways, others, doubt.because) : allOf(ways)
}

/** Whether the doubtful ones receive anything makes no difference where the certain ones decide alike. */
function withDoubtful(
  certain: readonly Explanation[],
  doubtful: readonly Explanation[],
  doubt: MissingKnowledge,
): Explanation {
  const all = allOf([...certain, ...doubtful])
  const same = certain.length > 0 && allOf(certain).verdict === all.verdict
  return same ? all : doubted(all, doubt)
}
