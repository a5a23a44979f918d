/**
 * Which of a group's targets one node sends to.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-cross-zone.html
 */
import type { LoadBalancerNode } from '../network/load-balancers.ts'
import { zoneLike } from '../network/load-balancing/zones.ts'
import type { MissingKnowledge } from '../reachability/result.ts'
import type { Scope } from '../snapshot/types.ts'
import type { Entrance } from './entrance.ts'
import type { Receiver } from './group.ts'

interface Receivers {
  readonly certain: readonly Receiver[]
  readonly doubtful: readonly { readonly receiver: Receiver; readonly because: MissingKnowledge }[]
}

/** @param across whether cross-zone load balancing is on */
export function receiversFor(
  { scope }: Entrance,
  node: LoadBalancerNode,
  receivers: readonly Receiver[],
  across: boolean,
): Receivers {
  const placed = receivers.map((receiver) => ({
    receiver,
    served: across ? true : inZoneOf(scope, node, receiver),
  }))
  return {
    certain: placed.flatMap(({ receiver, served }) =>
      served === true && receiver.doubt === undefined ? [receiver] : [],
    ),
    doubtful: placed.flatMap(({ receiver, served }) => {
      const because = typeof served === 'object' ? served : served ? receiver.doubt : undefined
      return because === undefined ? [] : [{ receiver, because }]
    }),
  }
}

function inZoneOf(
  scope: Scope,
  node: LoadBalancerNode,
  { zone, doubt, id }: Receiver,
): boolean | MissingKnowledge {
  if (zone === 'all') return true
  const own = node.availabilityZone
  if (zone !== undefined && own !== undefined) {
    const comparable = zoneLike(scope, own, zone)
    if (comparable !== undefined) return comparable === zone.text
  }
  const because = `whether ${id} lies in the zone of ${node.nic.id} is not told`
  return doubt ?? { missing: 'ec2:DescribeAvailabilityZones', because }
}
