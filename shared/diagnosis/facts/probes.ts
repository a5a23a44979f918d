/** Health-check paths: every node of every load balancer to one target. */
import { formatAddress } from '../../network/address.ts'
import type { LoadBalancerNode } from '../../network/load-balancers.ts'
import type { Network } from '../../network/network.ts'
import { TCP, UDP } from '../../network/protocol.ts'
import { explainAnywhere, type Somewhere } from '../../reachability/anywhere.ts'
import { type Flow, toPort } from '../../reachability/flow.ts'
import type { End } from '../../reachability/layers.ts'
import { explainOnDemand } from '../../reachability/on-demand.ts'
import type { Explanation } from '../../reachability/result.ts'
import { known, unknown } from '../../snapshot/known.ts'
import type { Known, LoadBalancer, Missing, TargetGroup } from '../../snapshot/types.ts'
import type { Probe } from '../incident.ts'

export interface Checked {
  /** One, or the nodes of a load balancer that is a target itself. */
  readonly ends: readonly (End | Somewhere)[]
  readonly port: number | undefined
  readonly checkPort: number
  readonly availabilityZone: string | undefined
}

/** What is the same for all targets of a group. */
export interface Nodes {
  readonly nodesOf: (balancer: LoadBalancer) => readonly LoadBalancerNode[] | Missing
  /** With cross-zone load balancing off, nodes serve the targets of their own zone only. */
  readonly crossZone: (balancer: LoadBalancer) => Known<boolean>
}

export function probesOf(
  network: Network,
  targetGroup: TargetGroup,
  loadBalancers: readonly LoadBalancer[],
  target: Checked,
  { nodesOf, crossZone }: Nodes,
): Known<readonly Probe[]> {
  const probes: Probe[] = []
  for (const loadBalancer of loadBalancers) {
    const nodes = nodesOf(loadBalancer)
    if ('missing' in nodes) return unknown(nodes.missing, nodes.because)
    const own = nodes.filter((node) => node.availabilityZone === target.availabilityZone)
    const across = own.length > 0 ? crossZone(loadBalancer) : known(true)
    for (const node of nodes) {
      for (const end of target.ends) {
        const explanation = fromNode(network, node, end, toPort(TCP, target.checkPort))
        const traffic = trafficFlow(network, targetGroup, node, end, target)
        const serving = own.includes(node) ? known(true) : across
        probes.push({ loadBalancer, node, serving, explanation, traffic })
      }
    }
  }
  return known(probes)
}

/** Checks always use TCP; traffic may be UDP and may go to another port. */
function trafficFlow(
  network: Network,
  group: TargetGroup,
  node: LoadBalancerNode,
  end: End,
  { port, checkPort }: Checked,
) {
  const protocol = group.Protocol === 'UDP' ? UDP : TCP
  if (port === undefined || (port === checkPort && protocol === TCP)) return undefined
  return fromNode(network, node, end, toPort(protocol, port))
}

function fromNode(network: Network, node: LoadBalancerNode, end: End | Somewhere, flow: Flow): Explanation {
  const address = node.nic.addresses.find((own) => typeof own === typeof end.address)
  if (address === undefined) return noAddress(node, end, flow)
  const isFixed = node.addressKnown || end.nic === undefined || typeof address === 'bigint'
  if (isFixed && !('somewhere' in end)) return explainOnDemand(network, { nic: node.nic, address }, end, flow)
  const source = isFixed ? { nic: node.nic, address } : { nic: node.nic, address, somewhere: true as const }
  return explainAnywhere(network, source, end, flow)
}

function noAddress(node: LoadBalancerNode, end: End, flow: Flow): Explanation {
  const because = `the address of ${node.nic.id} was not collected`
  return {
    schemaVersion: '1',
    verdict: 'unknown',
    flow: {
      protocol: 'tcp',
      source: node.nic.id,
      sourcePorts: '1024-65535',
      destination: formatAddress(end.address),
      destinationPorts: flow.destinationPorts.map(({ from }) => from).join(),
    },
    forward: [],
    return: [],
    blockers: [],
    unknown: [{ missing: 'ec2:DescribeNetworkInterfaces', because }],
  }
}
