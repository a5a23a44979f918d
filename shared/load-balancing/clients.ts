/**
 * Whom a door's targets see. Where that is the load balancer, all clients of one node go on as one. Where it may be
 * the client, each goes on alone; and of "the internet", which is tried with addresses that some rule of the load
 * balancer treats on its own, come those besides that the targets' rules do.
 */
import type { Address } from '../network/address.ts'
import { loadBalancerKind } from '../network/load-balancers.ts'
import { targetGroupAttributes } from '../network/load-balancing/attributes.ts'
import { clientIpPreserved } from '../network/load-balancing/client-ip.ts'
import { targetEnd } from '../network/load-balancing/target-ends.ts'
import type { End, Inside } from '../reachability/layers.ts'
import { internetAddresses } from '../reachability/ranges.ts'
import type { TargetGroup } from '../snapshot/types.ts'
import { leadsOf } from './actions.ts'
import type { Arrival, Entrance } from './entrance.ts'
import type { Door } from './listeners.ts'
import { groupOf, nodesOf, targetsOf } from './lookups.ts'
import { nodeEnds } from './nodes.ts'
import { endKey } from './walks.ts'

/** Arrivals that go on together: at least one each, all at the same node. */
export function parties(
  entrance: Entrance,
  arrivals: readonly Arrival[],
  door: Door,
): readonly (readonly Arrival[])[] {
  const groups = seeingGroups(entrance, door)
  if (groups.length > 0) return withStrangers(entrance, arrivals, groups).map((arrival) => [arrival])
  const nodes = [...new Set(arrivals.map(([, { nic }]) => nic))]
  return nodes.map((nic) => arrivals.filter(([, node]) => node.nic === nic))
}

/** Groups whose targets see clients' addresses, or may. */
function seeingGroups({ scope, balancer }: Entrance, { listener }: Door): readonly TargetGroup[] {
  if (loadBalancerKind(balancer) !== 'network') return []
  return leadsOf(scope, balancer, listener).flatMap(({ to }) => {
    const group = to.kind === 'group' ? groupOf(scope, to.arn) : undefined
    if (!group?.known) return []
    const preserved = clientIpPreserved(group.value, targetGroupAttributes(scope, group.value.TargetGroupArn))
    return preserved.known && !preserved.value.on ? [] : [group.value]
  })
}

function withStrangers(
  entrance: Entrance,
  arrivals: readonly Arrival[],
  groups: readonly TargetGroup[],
): readonly Arrival[] {
  const open = arrivals.filter(([client]) => client.label === 'internet')
  if (open.length === 0) return arrivals
  const strangers = groups
    .flatMap((group) => endsOf(entrance, group))
    .flatMap((target) => strangersAt(entrance, target))
  const more = [...new Set(strangers)].flatMap((address) =>
    open
      .filter(([client]) => typeof client.address === typeof address)
      .map(([client, node]): Arrival => [{ ...client, address }, node]),
  )
  const byEnds = [...arrivals, ...more].map((arrival) => [arrival.map(endKey).join(' '), arrival] as const)
  return [...new Map(byEnds).values()]
}

/** Addresses that the target's own rules tell apart: replies go back through the load balancer. */
const strangersAt = ({ network, flow }: Entrance, target: Inside): readonly Address[] =>
  internetAddresses(network, target, flow.protocol, () => {})

function endsOf({ network, scope }: Entrance, group: TargetGroup): readonly Inside[] {
  const targets = targetsOf(scope, group)
  return (targets.known ? targets.value : []).flatMap(({ Target: { Id } }): Inside[] => {
    if (group.TargetType === 'alb') {
      const nodes = nodesOf(network, scope, Id)
      return nodes.known ? nodes.value.nodes.flatMap(nodeEnds) : []
    }
    const end = targetEnd(network, scope, group, Id)
    return end.known && isInside(end.value) ? [end.value] : []
  })
}

const isInside = (end: End): end is Inside => end.nic !== undefined
