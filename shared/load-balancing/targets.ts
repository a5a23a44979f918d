/** From a load balancer's node to one target: an interface, an address that nobody holds, or another load balancer. */
import { loadBalancerKind } from '../network/load-balancers.ts'
import { clientIpPreserved } from '../network/load-balancing/client-ip.ts'
import { TCP, UDP } from '../network/protocol.ts'
import { type Flow, toPort } from '../reachability/flow.ts'
import type { Component, Explanation, MissingKnowledge } from '../reachability/result.ts'
import { mapKnown } from '../snapshot/known.ts'
import type { Known, TargetGroup } from '../snapshot/types.ts'
import type { Entrance, Visit } from './entrance.ts'
import type { Group, Receiver } from './group.ts'
import { groupComponent } from './group-words.ts'
import { nodesOf } from './lookups.ts'
import { nodeEnds } from './nodes.ts'
import { preservedWay } from './preserved.ts'
import { plainWay, type Target } from './walks.ts'
import { allOf, oneOf, unclear } from './way.ts'

export function toTarget(
  entrance: Entrance,
  way: Explanation,
  visit: Visit,
  { targetGroup, attributes }: Group,
  receiver: Receiver,
): Explanation {
  const component = groupComponent(targetGroup)
  const protocol = protocolOf(targetGroup, entrance.flow.protocol)
  if (protocol === undefined) return unclear(way, { component }, noProtocol(targetGroup))
  if (!receiver.port.known) return unclear(way, { component }, receiver.port.missing)
  const preserved = mapKnown(clientIpPreserved(targetGroup, attributes), ({ on }) => on)
  const flow = toPort(protocol, receiver.port.value)
  if (targetGroup.TargetType === 'alb')
    return toBalancer(entrance, way, { ...visit, port: receiver.port.value }, receiver.id, preserved, flow)
  if (!receiver.end.known) return unclear(way, { component: targetComponent(receiver) }, receiver.end.missing)
  return toEnd(entrance, way, visit, receiver.end.value, preserved, flow)
}

/** Of a group that takes two protocols, the asked one goes on. */
function protocolOf({ Protocol }: TargetGroup, asked: number): number | undefined {
  if (['HTTP', 'HTTPS', 'TCP', 'TLS'].includes(Protocol ?? '')) return TCP
  if (['UDP', 'QUIC'].includes(Protocol ?? '')) return UDP
  return ['TCP_UDP', 'TCP_QUIC'].includes(Protocol ?? '') ? asked : undefined
}

const noProtocol = ({ Protocol, TargetGroupArn }: TargetGroup): MissingKnowledge => ({
  missing: 'elasticloadbalancing:DescribeTargetGroups',
  because: `protocol ${Protocol ?? 'not told'} of ${TargetGroupArn} is not analysed`,
})

const targetComponent = ({ id }: Receiver): Component =>
  id.startsWith('i-') ? { type: 'instance', id } : { type: 'ip-address', id }

/**
 * Only a Network Load Balancer preserves clients' addresses, and not where it translates between IPv4 and IPv6.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
function toEnd(
  entrance: Entrance,
  way: Explanation,
  visit: Visit,
  target: Target,
  preserved: Known<boolean>,
  flow: Flow,
): Explanation {
  const plain = () => plainWay(entrance, way, visit.node, target, flow)
  const translated = typeof visit.client.address !== typeof target.address
  if (loadBalancerKind(entrance.balancer) !== 'network' || translated) return plain()
  const kept = () => preservedWay(entrance, way, visit, target, flow)
  if (!preserved.known) return oneOf([kept(), plain()], preserved.missing)
  return preserved.value ? kept() : plain()
}

/** To every node of the load balancer that is the target, and through its own listeners. */
function toBalancer(
  entrance: Entrance,
  way: Explanation,
  visit: Visit,
  arn: string,
  preserved: Known<boolean>,
  flow: Flow,
): Explanation {
  const component: Component = { type: 'load-balancer', id: arn }
  const { behind } = entrance
  if (!behind) return unclear(way, { component }, notAhead(entrance, arn))
  const nodes = nodesOf(entrance.network, entrance.scope, arn)
  if (!nodes.known) return unclear(way, { component }, nodes.missing)
  const inner: Entrance = { ...entrance, balancer: nodes.value.balancer, flow, behind: undefined }
  const ways = nodes.value.nodes.flatMap((node) => {
    const [end] = nodeEnds(node)
    if (end === undefined) return []
    return [behind(inner, toEnd(entrance, way, visit, end, preserved, flow), { ...visit, node })]
  })
  return ways.length > 0 ? allOf(ways) : unclear(way, { component }, noNode(arn))
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html */
const notAhead = ({ balancer }: Entrance, arn: string): MissingKnowledge => ({
  missing: 'elasticloadbalancing:DescribeTargetGroups',
  because: `how ${balancer.LoadBalancerArn} sends to ${arn} is not analysed: only a Network Load Balancer has load balancers as targets`,
})

const noNode = (arn: string): MissingKnowledge => ({
  missing: 'ec2:DescribeNetworkInterfaces',
  because: `the addresses of ${arn} are not told`,
})
