/**
 * Whether a load balancer's nodes send to targets in all zones, or only in their own.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-cross-zone.html
 */
import { known, unknown } from '../../snapshot/known.ts'
import type { Known, LoadBalancer, Scope } from '../../snapshot/types.ts'
import { loadBalancerKind } from '../load-balancers.ts'
import { type Attributes, flagOf, loadBalancerAttributes } from './attributes.ts'

const CROSS_ZONE = 'load_balancing.cross_zone.enabled'
const ELB = 'elasticloadbalancing'

/**
 * The target group's own setting, else the load balancer's: always on for Application Load Balancers, off by
 * default for the others.
 */
export function crossZone(scope: Scope, balancer: LoadBalancer, ofGroup: Attributes): Known<boolean> {
  if (!ofGroup.known) return ofGroup
  const own = ofGroup.value[CROSS_ZONE]
  if (own !== undefined && own !== 'use_load_balancer_configuration')
    return flagOf(ofGroup, CROSS_ZONE, false, `${ELB}:DescribeTargetGroupAttributes`)
  const arn = balancer.LoadBalancerArn
  const kind = loadBalancerKind(balancer)
  if (kind === 'application') return known(true)
  if (kind === undefined) return unknown(`${ELB}:DescribeLoadBalancers`, `the type of ${arn} is not told`)
  const operation = `${ELB}:DescribeLoadBalancerAttributes`
  return flagOf(loadBalancerAttributes(scope, arn), CROSS_ZONE, false, operation)
}
