/** What happens at a target group, in words, and as blockers. */
import { loadBalancerKind } from '../network/load-balancers.ts'
import type { Blocker, Component } from '../reachability/result.ts'
import type { TargetGroup } from '../snapshot/types.ts'
import type { Entrance, Visit } from './entrance.ts'
import type { Group, Receiver } from './group.ts'
import type { Step } from './way.ts'

export const groupName = ({ TargetGroupArn, TargetGroupName }: TargetGroup): string =>
  TargetGroupName ?? TargetGroupArn

export const groupComponent = ({ TargetGroupArn: id, TargetGroupName: name }: TargetGroup): Component => ({
  type: 'target-group',
  id,
  ...(name !== undefined && { name }),
})

/** @param receivers those that the node sends to @param across whether cross-zone load balancing is on */
export function groupStep(
  entrance: Entrance,
  { targetGroup, receivers: all, idle }: Group,
  { node }: Visit,
  receivers: readonly Receiver[],
  across: boolean,
): Step {
  const total = all.length + idle.length
  const notes = [
    `sends to ${receivers.length} of ${total} ${total === 1 ? 'target' : 'targets'} of ${groupName(targetGroup)}`,
    ...failOpen(entrance, receivers),
    ...(across ? [] : [`cross-zone load balancing is off: only to those in ${node.availabilityZone}`]),
    ...idle.map(({ because }) => because),
  ]
  return { component: groupComponent(targetGroup), direction: 'egress', explanation: notes.join('; ') }
}

/**
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html
 */
function failOpen({ balancer }: Entrance, receivers: readonly Receiver[]): readonly string[] {
  const opens = ['application', 'network'].includes(loadBalancerKind(balancer) ?? '')
  if (!opens || !receivers.every(({ unhealthy }) => unhealthy)) return []
  return ['none of them is healthy, so the load balancer sends to all of them, although they are unhealthy']
}

type Stop = readonly [Step, readonly Blocker[]]

export const noTarget = (targetGroup: TargetGroup, visit: Visit): Stop =>
  stop(targetGroup, visit, [
    { code: 'ELBV2_LISTENER_HAS_NO_TG', because: `${groupName(targetGroup)} has no registered target` },
  ])

/** No registered target receives anything. */
export function noReceiver({ targetGroup, idle }: Group, visit: Visit): Stop {
  const codes = [...new Set(idle.map(({ code }) => code))]
  const reasons = codes.map((code) => {
    const own = idle.filter((item) => item.code === code).map(({ because }) => because)
    return { code, because: `no target of ${groupName(targetGroup)} gets traffic: ${own.join('; ')}` }
  })
  return stop(targetGroup, visit, reasons)
}

/** Cross-zone load balancing is off, and all targets lie in other zones. */
export function nobodyInZone(entrance: Entrance, { targetGroup, receivers }: Group, visit: Visit): Stop {
  const { availabilityZone: zone, subnetId } = visit.node
  const others = receivers.map(({ id }) => id).join(', ')
  const because = `cross-zone load balancing is off, so the node in ${zone} does not send to ${others} in other zones`
  const [step, blockers] = stop(targetGroup, visit, [{ code: 'ELB_NOT_CROSSZONE', because }])
  const dns =
    loadBalancerKind(entrance.balancer) === 'network'
      ? '; a Network Load Balancer takes zones without healthy targets out of its DNS name'
      : ''
  const nobody: Blocker = {
    ...blockerOf(groupComponent(targetGroup), visit),
    component: { type: 'subnet', id: subnetId },
    awsExplanationCode: 'ELBV2_NO_TARGETS_IN_AZ',
    explanation: `${groupName(targetGroup)} has no target in ${zone}: clients that get the address of the node in ${zone} fail${dns}`,
  }
  return [{ ...step, explanation: `${nobody.explanation}; ${because}` }, [nobody, ...blockers]]
}

function stop(
  targetGroup: TargetGroup,
  visit: Visit,
  reasons: readonly { readonly code: string; readonly because: string }[],
): Stop {
  const component = groupComponent(targetGroup)
  const blockers = reasons.map(
    ({ code, because }): Blocker => ({
      ...blockerOf(component, visit),
      awsExplanationCode: code,
      explanation: because,
    }),
  )
  const explanation = reasons.map(({ because }) => because).join('; ')
  return [{ component, direction: 'egress', explanation }, blockers]
}

/** Whatever comes to the listener ends here. */
export const blockerOf = (component: Component, { port }: Visit) =>
  ({
    leg: 'forward',
    direction: 'egress',
    component,
    blocked: { destinationPorts: `${port}` },
  }) as const
