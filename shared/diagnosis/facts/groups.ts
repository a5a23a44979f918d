/** A target group joined with its load balancers, listeners, attributes and targets. */
import { grouped } from '../../network/grouped.ts'
import { loadBalancerNodes } from '../../network/load-balancers.ts'
import { targetGroupAttributes } from '../../network/load-balancing/attributes.ts'
import { crossZone } from '../../network/load-balancing/cross-zone.ts'
import type { Network } from '../../network/network.ts'
import { remembered } from '../../network/remembered.ts'
import { keyedResponse, known, listed, mapKnown, unknown } from '../../snapshot/known.ts'
import type { Known, ListenerAction, LoadBalancer, Scope, TargetGroup } from '../../snapshot/types.ts'
import type { Forward, GroupFacts, ServiceFacts } from '../incident.ts'
import { targetsOf } from './targets.ts'

const ELB = 'elasticloadbalancing'

export function groupFacts(
  network: Network,
  scope: Scope,
  targetGroup: TargetGroup,
  services: Known<readonly ServiceFacts[]>,
): GroupFacts {
  const attributes = targetGroupAttributes(scope, targetGroup.TargetGroupArn)
  const loadBalancers = loadBalancersOf(scope, targetGroup)
  const across = remembered((balancer: LoadBalancer) => crossZone(scope, balancer, attributes))
  const nodesOf = remembered((balancer: LoadBalancer) => loadBalancerNodes(network, scope, balancer))
  const context = { network, scope, targetGroup, loadBalancers, services, crossZone: across, nodesOf }
  const forwards = loadBalancers.known
    ? forwardsOf(scope, loadBalancers.value, targetGroup.TargetGroupArn)
    : loadBalancers
  return { targetGroup, attributes, loadBalancers, forwards, targets: targetsOf(context) }
}

function loadBalancersOf(scope: Scope, group: TargetGroup): Known<readonly LoadBalancer[]> {
  const arns = group.LoadBalancerArns
  if (!arns) return unknown(`${ELB}:DescribeTargetGroups`, 'the load balancers of the group are not told')
  if (arns.length === 0) return known([])
  const list = listed(scope, `${ELB}:DescribeLoadBalancers`, 'LoadBalancers')
  if (!list.known) return list
  const wanted = new Set(arns)
  const found = balancersAmong(list.value, wanted)
  if (found.length === wanted.size) return known(found)
  return unknown(`${ELB}:DescribeLoadBalancers`, `not all of ${[...wanted].join(', ')} were collected`)
}

/** In the order of the list. Nearly every group has one. */
function balancersAmong(list: readonly LoadBalancer[], wanted: ReadonlySet<string>): readonly LoadBalancer[] {
  const [only, ...others] = wanted
  if (only !== undefined && others.length === 0) return balancersByArn(list).get(only) ?? []
  return list.filter(({ LoadBalancerArn }) => wanted.has(LoadBalancerArn))
}

const balancersByArn = remembered((balancers: readonly LoadBalancer[]) =>
  grouped(balancers, ({ LoadBalancerArn }) => [LoadBalancerArn]),
)

function forwardsOf(
  scope: Scope,
  balancers: readonly LoadBalancer[],
  groupArn: string,
): Known<readonly Forward[]> {
  const forwards: Forward[] = []
  for (const { LoadBalancerArn: loadBalancerArn } of balancers) {
    const listeners = keyedResponse(scope, `${ELB}:DescribeListeners`, loadBalancerArn)
    if (!listeners.known) return listeners
    for (const listener of listeners.value.Listeners ?? []) {
      const base = {
        loadBalancerArn,
        listenerArn: listener.ListenerArn,
        listenerPort: listener.Port,
        listenerProtocol: listener.Protocol,
      }
      const defaults = weightsOf(listener.DefaultActions, groupArn).map((weight) => ({
        ...base,
        ruleArn: undefined,
        weight,
      }))
      const rules = rulesOf(scope, listener.ListenerArn)
      // Rules exist for Application Load Balancers only, and only there they are asked for.
      if (!rules.known && loadBalancerArn.includes(':loadbalancer/app/') && defaults.length === 0)
        return rules
      const ruled = rules.known
        ? rules.value
            .filter(({ IsDefault }) => !IsDefault)
            .flatMap((rule) =>
              weightsOf(rule.Actions, groupArn).map((weight) => ({ ...base, ruleArn: rule.RuleArn, weight })),
            )
        : []
      forwards.push(...defaults, ...ruled)
    }
  }
  return known(forwards)
}

const rulesOf = (scope: Scope, listenerArn: string) =>
  mapKnown(keyedResponse(scope, `${ELB}:DescribeRules`, listenerArn), ({ Rules }) => Rules ?? [])

/** The weight with which each action forwards to the group; undefined where it is the only target. */
function weightsOf(
  actions: readonly ListenerAction[] | undefined,
  groupArn: string,
): readonly (number | undefined)[] {
  return (actions ?? []).flatMap(({ TargetGroupArn, ForwardConfig }) => {
    const weighted = (ForwardConfig?.TargetGroups ?? []).filter((item) => item.TargetGroupArn === groupArn)
    if (weighted.length > 0) return weighted.map(({ Weight }) => Weight)
    return TargetGroupArn === groupArn ? [undefined] : []
  })
}
