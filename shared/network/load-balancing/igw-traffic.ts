/**
 * The IPv6 addresses of a dualstack load balancer are public ones; an internal one shuts the internet gateway out by
 * this attribute. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html
 */
import { unknown } from '../../snapshot/known.ts'
import type { Known, LoadBalancer, Scope } from '../../snapshot/types.ts'
import { flagOf, loadBalancerAttributes } from './attributes.ts'

export function deniesInternetGateway(scope: Scope, balancer: LoadBalancer): Known<boolean> {
  const { Scheme, LoadBalancerArn: arn } = balancer
  if (Scheme === undefined)
    return unknown('elasticloadbalancing:DescribeLoadBalancers', `the scheme of ${arn} is not told`)
  const operation = 'elasticloadbalancing:DescribeLoadBalancerAttributes'
  const attributes = loadBalancerAttributes(scope, arn)
  return flagOf(attributes, 'ipv6.deny_all_igw_traffic', Scheme === 'internal', operation)
}
