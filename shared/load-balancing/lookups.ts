/** What the snapshot tells of load balancers and target groups, by ARN. */
import { type LoadBalancerNode, loadBalancerNodes } from '../network/load-balancers.ts'
import type { Network } from '../network/network.ts'
import { keyedResponse, known, listed, notListed, unknown } from '../snapshot/known.ts'
import type { Known, LoadBalancer, Scope, TargetGroup, TargetHealthDescription } from '../snapshot/types.ts'

const BALANCERS = 'elasticloadbalancing:DescribeLoadBalancers'
const GROUPS = 'elasticloadbalancing:DescribeTargetGroups'
const HEALTH = 'elasticloadbalancing:DescribeTargetHealth'

export function balancerOf(scope: Scope, arn: string): Known<LoadBalancer> {
  const list = listed(scope, BALANCERS, 'LoadBalancers')
  if (!list.known) return list
  const balancer = list.value.find(({ LoadBalancerArn }) => LoadBalancerArn === arn)
  return balancer ? known(balancer) : { known: false, missing: notListed(scope, BALANCERS, arn) }
}

interface BalancerWithNodes {
  readonly balancer: LoadBalancer
  readonly nodes: readonly LoadBalancerNode[]
}

export function nodesOf(network: Network, scope: Scope, arn: string): Known<BalancerWithNodes> {
  const balancer = balancerOf(scope, arn)
  if (!balancer.known) return balancer
  const nodes = loadBalancerNodes(network, scope, balancer.value)
  return 'missing' in nodes ? { known: false, missing: nodes } : known({ balancer: balancer.value, nodes })
}

/** @returns groups of a known target type */
export function groupOf(scope: Scope, arn: string): Known<TargetGroup> {
  const list = listed(scope, GROUPS, 'TargetGroups')
  if (!list.known) return list
  const group = list.value.find(({ TargetGroupArn }) => TargetGroupArn === arn)
  if (!group) return { known: false, missing: notListed(scope, GROUPS, arn) }
  return group.TargetType === undefined
    ? unknown(GROUPS, `the target type of ${arn} is not told`)
    : known(group)
}

export function targetsOf(scope: Scope, group: TargetGroup): Known<readonly TargetHealthDescription[]> {
  const found = keyedResponse(scope, HEALTH, group.TargetGroupArn)
  if (!found.known) return found
  const list = found.value.TargetHealthDescriptions
  return list ? known(list) : unknown(HEALTH, 'the response holds no list')
}
