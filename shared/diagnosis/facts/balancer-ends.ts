/**
 * An Application Load Balancer behind a Network Load Balancer is checked at each of its nodes, over IPv4.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html
 */
import { type LoadBalancerNode, loadBalancerNodes } from '../../network/load-balancers.ts'
import type { Network } from '../../network/network.ts'
import type { Somewhere } from '../../reachability/anywhere.ts'
import type { Inside } from '../../reachability/layers.ts'
import { known, listed, notListed } from '../../snapshot/known.ts'
import type { Known, Scope } from '../../snapshot/types.ts'

const BALANCERS = 'elasticloadbalancing:DescribeLoadBalancers'

export function balancerEnds(
  network: Network,
  scope: Scope,
  arn: string,
): Known<readonly (Inside | Somewhere)[]> {
  const list = listed(scope, BALANCERS, 'LoadBalancers')
  if (!list.known) return list
  const balancer = list.value.find(({ LoadBalancerArn }) => LoadBalancerArn === arn)
  if (!balancer) return { known: false, missing: notListed(scope, BALANCERS, arn) }
  const nodes = loadBalancerNodes(network, scope, balancer)
  return 'missing' in nodes ? { known: false, missing: nodes } : known(nodes.flatMap(endOf))
}

/** Where the node's own address was not collected, it may be any of its subnet. */
function endOf({ nic, addressKnown }: LoadBalancerNode): readonly (Inside | Somewhere)[] {
  const address = nic.addresses.find((own) => typeof own === 'number')
  if (address === undefined) return []
  return [addressKnown ? { nic, address } : { nic, address, somewhere: true }]
}
