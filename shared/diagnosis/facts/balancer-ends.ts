/**
 * An Application Load Balancer behind a Network Load Balancer is checked at each of its nodes, over IPv4.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html
 */
import { type LoadBalancerNode, loadBalancerNodes } from '../../network/load-balancers.ts'
import type { Network } from '../../network/network.ts'
import type { Somewhere } from '../../reachability/anywhere.ts'
import type { Inside } from '../../reachability/layers.ts'
import { known, listed, notListed, unknown } from '../../snapshot/known.ts'
import type { Known, Scope } from '../../snapshot/types.ts'

const BALANCERS = 'elasticloadbalancing:DescribeLoadBalancers'

export function balancerEnds(
  network: Network,
  scope: Scope,
  arn: string,
): Known<readonly [Inside | Somewhere, ...(Inside | Somewhere)[]]> {
  const list = listed(scope, BALANCERS, 'LoadBalancers')
  if (!list.known) return list
  const balancer = list.value.find(({ LoadBalancerArn }) => LoadBalancerArn === arn)
  if (!balancer) return { known: false, missing: notListed(scope, BALANCERS, arn) }
  const nodes = loadBalancerNodes(network, scope, balancer)
  if ('missing' in nodes) return { known: false, missing: nodes }
  const [first, ...others] = nodes.flatMap(endOf)
  // What was not told of one node may be what blocks there.
  return first && others.length + 1 === nodes.length
    ? known([first, ...others])
    : unknown('ec2:DescribeNetworkInterfaces', `an address of ${arn} is not told`)
}

/** Where the node's own address was not collected, it may be any of its subnet. */
function endOf({ nic, addressKnown }: LoadBalancerNode): readonly (Inside | Somewhere)[] {
  const address = nic.addresses.find((own) => typeof own === 'number')
  if (address === undefined) return []
  return [addressKnown ? { nic, address } : { nic, address, somewhere: true }]
}
