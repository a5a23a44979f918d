/** What is said of a load balancer as its clients meet it. */

import type { Evidence } from '../../findings/finding.ts'
import { loadBalancerKind } from '../../network/load-balancers.ts'
import type { Component } from '../../reachability/result.ts'
import type { LoadBalancer } from '../../snapshot/types.ts'
import type { Caller } from './callers.ts'
import type { Listener } from './listeners.ts'

export const balancerName = ({ LoadBalancerName, LoadBalancerArn }: LoadBalancer): string =>
  LoadBalancerName ?? LoadBalancerArn

/** A Network Load Balancer without groups; an Application Load Balancer always has some. */
export const filtersNothing = (balancer: LoadBalancer): boolean =>
  balancer.SecurityGroups?.length === 0 ||
  (balancer.SecurityGroups === undefined && loadBalancerKind(balancer) === 'network')

export const balancerComponent = (balancer: LoadBalancer): Component => ({
  type: 'load-balancer',
  id: balancer.LoadBalancerArn,
  name: balancerName(balancer),
})

export const balancerEvidence = (
  balancer: LoadBalancer,
  field: keyof LoadBalancer,
  expected: string,
): Evidence => ({
  operation: 'elasticloadbalancing:DescribeLoadBalancers',
  resource: balancer.LoadBalancerArn,
  field,
  observed: balancer[field],
  expected,
})

/** "TCP 80" */
export const listenerText = ({ Protocol, Port }: Listener): string => `${Protocol} ${Port}`

export const listenersEvidence = (
  balancer: LoadBalancer,
  listeners: readonly Listener[],
  expected: string,
): Evidence => ({
  operation: 'elasticloadbalancing:DescribeListeners',
  resource: balancer.LoadBalancerArn,
  field: 'Listeners',
  observed: listeners.map(listenerText),
  expected,
})

/** "GET /orders of the REST API shop and 2 more" */
export function callersText([first, ...others]: readonly Caller[]): string {
  return `${first?.says}${others.length > 0 ? ` and ${others.length} more` : ''}`
}
