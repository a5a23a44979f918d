/**
 * Traffic that comes to a Network Load Balancer over PrivateLink: from a VPC endpoint of another VPC, or from API
 * Gateway over a VPC link.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
 */
import { known, unknown } from '../../snapshot/known.ts'
import type { Known, LoadBalancer } from '../../snapshot/types.ts'

/** Whether the inbound rules of the load balancer's groups filter it; the source they see is the client's address. */
export function filtersPrivateLink(balancer: LoadBalancer): Known<boolean> {
  const { SecurityGroups: groups, EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: enforced } = balancer
  // One without groups has no such field at all.
  if (groups === undefined || groups.length === 0) return known(false)
  if (enforced === 'on' || enforced === 'off') return known(enforced === 'on')
  return unknown(
    'elasticloadbalancing:DescribeLoadBalancers',
    `EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic of ${balancer.LoadBalancerArn} is not told`,
  )
}
