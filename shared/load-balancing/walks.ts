/** Walks from nodes to targets. Equal ones, to a target of several groups or rules, are made once. */
import { formatAddress } from '../network/address.ts'
import type { LoadBalancerNode } from '../network/load-balancers.ts'
import { explainAnywhere, type Somewhere } from '../reachability/anywhere.ts'
import { type Flow, portsText } from '../reachability/flow.ts'
import type { End } from '../reachability/layers.ts'
import type { Explanation } from '../reachability/result.ts'
import type { Entrance } from './entrance.ts'
import { nodeEndFor } from './nodes.ts'
import { onward, unclear } from './way.ts'

export type Target = End | Somewhere

/** The target sees the node's address. */
export function plainWay(
  entrance: Entrance,
  way: Explanation,
  node: LoadBalancerNode,
  target: Target,
  flow: Flow,
): Explanation {
  const from = nodeEndFor(node, target.address)
  if (from === undefined) {
    const because = `no address of ${node.nic.id} to send from to ${formatAddress(target.address)} was collected`
    const component = { type: 'network-interface', id: node.nic.id } as const
    return unclear(way, { component }, { missing: 'ec2:DescribeNetworkInterfaces', because })
  }
  const key = [endKey(from), endKey(target), flowKey(flow)].join(' ')
  return onward(
    way,
    once(entrance, key, () => explainAnywhere(entrance.network, from, target, flow)),
  )
}

export const endKey = ({ nic, address }: End): string => `${nic?.id} ${formatAddress(address)}`

export const flowKey = ({ protocol, destinationPorts, sourcePorts }: Flow): string =>
  [protocol, portsText(protocol, destinationPorts), portsText(protocol, sourcePorts)].join(' ')

export function once({ walks }: Entrance, key: string, make: () => Explanation): Explanation {
  const walk = walks.get(key) ?? make()
  walks.set(key, walk)
  return walk
}
