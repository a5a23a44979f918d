/**
 * Targets that see the client's address: where that cannot work, and the walk where it can.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
import { formatAddress, inRange, parseCidr } from '../network/address.ts'
import { sameVpcPeering } from '../network/peerings.ts'
import type { Somewhere } from '../reachability/anywhere.ts'
import type { Flow } from '../reachability/flow.ts'
import type { Inside } from '../reachability/layers.ts'
import { explainPreserved } from '../reachability/preserved.ts'
import type { Explanation, MissingKnowledge } from '../reachability/result.ts'
import { listed } from '../snapshot/known.ts'
import { balancerComponent, type Entrance, type Visit } from './entrance.ts'
import { blockerOf } from './group-words.ts'
import { nodeEndFor } from './nodes.ts'
import { endKey, flowKey, once, plainWay, type Target } from './walks.ts'
import { onward, stopped, unclear } from './way.ts'

/** @param flow to the target's port */
export function preservedWay(
  entrance: Entrance,
  way: Explanation,
  visit: Visit,
  target: Target,
  flow: Flow,
): Explanation {
  const component = balancerComponent(entrance.balancer)
  const obstacle = obstacleOf(entrance, visit, target)
  if (typeof obstacle === 'object') return unclear(way, { component }, obstacle)
  if (obstacle !== undefined) {
    const blocker = {
      ...blockerOf(component, visit),
      awsExplanationCode: 'ELBV2_SOURCE_ADDRESS_PRESERVATION',
      explanation: obstacle,
    }
    return stopped(way, { component, direction: 'egress', explanation: obstacle }, [blocker])
  }
  const node = nodeEndFor(visit.node, target.address)
  if (!isInside(target) || node === undefined) return plainWay(entrance, way, visit.node, target, flow)
  const { client } = visit
  const seen = { ...flow, sourcePorts: visit.sourcePorts }
  const key = [endKey(client), 'by', endKey(node), endKey(target), flowKey(seen)].join(' ')
  const walk = once(entrance, key, () =>
    explainPreserved(entrance.network, { client, node, target, balancer: component }, seen),
  )
  return onward(way, walk)
}

const isInside = (target: Target): target is Inside | Somewhere => target.nic !== undefined

/** Why it can never work, or what is not known of that. */
function obstacleOf(
  { network, balancer }: Entrance,
  { client, node }: Visit,
  target: Target,
): string | MissingKnowledge | undefined {
  const text = formatAddress(target.address)
  if (!isInside(target)) return outsideOf({ network, balancer }, node.nic, target)
  const { nic } = target
  if (client.nic && client.nic.id === nic.id)
    return `${nic.id} is client and target at once: it gets its own address as source, and such packets are lost`
  if (['vpc_endpoint', 'network_load_balancer'].includes(nic.source.InterfaceType ?? ''))
    return `${nic.id} (${text}) is of type ${nic.source.InterfaceType}, which gets nothing with clients' addresses`
  if (nic.vpcId === undefined || node.nic.vpcId === undefined)
    return { missing: 'ec2:DescribeNetworkInterfaces', because: `the VPC of ${nic.id} is not told` }
  if (nic.vpcId === node.nic.vpcId) return undefined
  const peered = sameVpcPeering(network, node.nic, nic)
  if (peered === 1) return undefined
  if (peered === 0) return notAround(text, node.nic.vpcId)
  const because = `whether ${nic.vpcId} is peered with ${node.nic.vpcId} is not told`
  return { missing: 'ec2:DescribeVpcPeeringConnections', because }
}

const notAround = (text: string, vpcId: string | undefined): string =>
  `${text} lies neither in ${vpcId} nor in a VPC of this Region that is peered with it, so it gets nothing with clients' addresses`

/** An address that no interface holds: it may lie in a peered VPC of which the interfaces were not collected. */
function outsideOf(
  { network }: Pick<Entrance, 'network' | 'balancer'>,
  { vpcId, scope }: Visit['node']['nic'],
  { address }: Target,
): string | undefined {
  const vpc = network.vpcs.get(vpcId ?? '')
  const blocks = [
    ...(vpc?.CidrBlockAssociationSet ?? []).map(({ CidrBlock }) => CidrBlock),
    ...(vpc?.Ipv6CidrBlockAssociationSet ?? []).map(({ Ipv6CidrBlock }) => Ipv6CidrBlock),
  ].map((block) => (block === undefined ? undefined : parseCidr(block)))
  const surelyOutside = vpc !== undefined && blocks.every((block) => block && !inRange(address, block.range))
  const peerings = listed(scope, 'ec2:DescribeVpcPeeringConnections', 'VpcPeeringConnections')
  const alone = peerings.known && scope.coverage === 'region' && !network.peeringsByVpc.has(vpcId ?? '')
  return surelyOutside && alone ? notAround(formatAddress(address), vpcId) : undefined
}
