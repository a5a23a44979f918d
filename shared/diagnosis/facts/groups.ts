/** A target group joined with its load balancers, listeners, attributes and targets. */
import type { Network } from '../../network/network.ts'
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
  const attributes = attributesOf(scope, `${ELB}:DescribeTargetGroupAttributes`, targetGroup.TargetGroupArn)
  const loadBalancers = loadBalancersOf(scope, targetGroup)
  const sameZoneOnly = (balancer: LoadBalancer) => !crossZone(scope, balancer, attributes)
  const context = { network, scope, targetGroup, loadBalancers, attributes, services, sameZoneOnly }
  const forwards = loadBalancers.known
    ? forwardsOf(scope, loadBalancers.value, targetGroup.TargetGroupArn)
    : loadBalancers
  return { targetGroup, attributes, loadBalancers, forwards, targets: targetsOf(context) }
}

function attributesOf(
  scope: Scope,
  operation: `${typeof ELB}:DescribeTargetGroupAttributes` | `${typeof ELB}:DescribeLoadBalancerAttributes`,
  arn: string,
): Known<Readonly<Record<string, string>>> {
  const found = keyedResponse(scope, operation, arn)
  if (!found.known) return found
  const list = found.value.Attributes
  if (!list) return unknown(operation, 'the response holds no list')
  return known(Object.fromEntries(list.map(({ Key = '', Value = '' }) => [Key, Value])))
}

/**
 * Off only where that is certain: the group's own setting, else the load balancer's; an ALB's is always on.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
function crossZone(scope: Scope, balancer: LoadBalancer, attributes: GroupFacts['attributes']): boolean {
  const key = 'load_balancing.cross_zone.enabled'
  const own = attributes.known ? attributes.value[key] : undefined
  if (own === 'true' || own === 'false') return own === 'true'
  if (balancer.Type === 'application') return true
  const balancers = attributesOf(scope, `${ELB}:DescribeLoadBalancerAttributes`, balancer.LoadBalancerArn)
  return !(attributes.known && balancers.known && balancers.value[key] === 'false')
}

function loadBalancersOf(scope: Scope, group: TargetGroup): Known<readonly LoadBalancer[]> {
  const arns = group.LoadBalancerArns
  if (!arns) return unknown(`${ELB}:DescribeTargetGroups`, 'the load balancers of the group are not told')
  if (arns.length === 0) return known([])
  const list = listed(scope, `${ELB}:DescribeLoadBalancers`, 'LoadBalancers')
  if (!list.known) return list
  const wanted = new Set(arns)
  const found = list.value.filter(({ LoadBalancerArn }) => wanted.has(LoadBalancerArn))
  if (found.length === wanted.size) return known(found)
  return unknown(`${ELB}:DescribeLoadBalancers`, `not all of ${[...wanted].join(', ')} were collected`)
}

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
