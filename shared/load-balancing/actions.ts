/**
 * Where a listener's default actions and its rules lead. Rules look into requests, so that of a flow each may be taken.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html
 */
import { loadBalancerKind } from '../network/load-balancers.ts'
import type { DecidingRule, MissingKnowledge } from '../reachability/result.ts'
import { keyedResponse, unknown } from '../snapshot/known.ts'
import type { Known, ListenerAction, LoadBalancer, Scope } from '../snapshot/types.ts'
import type { Listener } from './listeners.ts'

/** Who leads there: the default action or a rule. */
export interface Lead {
  readonly by: string
  readonly rule: DecidingRule | undefined
  readonly to: Destination
}

type Destination =
  /** The load balancer answers by itself. */
  | { readonly kind: 'answer'; readonly type: string }
  | { readonly kind: 'group'; readonly arn: string }
  | { readonly kind: 'nobody'; readonly because: string }
  | { readonly kind: 'unknown'; readonly missing: MissingKnowledge }

const LISTENERS = 'elasticloadbalancing:DescribeListeners'
const RULES = 'elasticloadbalancing:DescribeRules'

/** At least one; of rules that lead to the same place, the first. */
export function leadsOf(scope: Scope, balancer: LoadBalancer, listener: Listener): readonly Lead[] {
  const byDefault = destinationsOf(listener.DefaultActions, LISTENERS, listener.ListenerArn).map(
    (to): Lead => ({ by: 'its default action', rule: undefined, to }),
  )
  const leads = [...byDefault, ...ruleLeads(scope, balancer, listener.ListenerArn)]
  const places = leads.map(({ to }) => JSON.stringify(to))
  return leads.filter((_, index) => places.indexOf(places[index] ?? '') === index)
}

/** Only Application Load Balancers have rules beside the default one. */
function ruleLeads(scope: Scope, balancer: LoadBalancer, listenerArn: string): readonly Lead[] {
  if (loadBalancerKind(balancer) === 'network') return []
  const rules = rulesOf(scope, listenerArn)
  if (!rules.known)
    return [{ by: 'its rules', rule: undefined, to: { kind: 'unknown', missing: rules.missing } }]
  return rules.value
    .filter(({ IsDefault, Priority }) => IsDefault !== true && Priority !== 'default')
    .flatMap(({ RuleArn, Priority, Actions }) =>
      destinationsOf(Actions, RULES, RuleArn).map((to) => ({
        by: `rule ${Priority ?? RuleArn}`,
        rule: { ruleArn: RuleArn, priority: Priority },
        to,
      })),
    )
}

function rulesOf(scope: Scope, listenerArn: string) {
  const found = keyedResponse(scope, RULES, listenerArn)
  if (!found.known) return found
  const { Rules } = found.value
  return Rules ? ({ known: true, value: Rules } as const) : unknown(RULES, 'the response holds no list')
}

/** Authentication goes on to the next action; one that is not known of may do anything. */
const PASSING = ['authenticate-oidc', 'authenticate-cognito', 'jwt-validation']
const ANSWERING = ['redirect', 'fixed-response']

function destinationsOf(
  actions: readonly ListenerAction[] | undefined,
  operation: string,
  arn: string,
): readonly Destination[] {
  const inOrder = [...(actions ?? [])].sort((a, b) => (a.Order ?? 0) - (b.Order ?? 0))
  const last = inOrder.find(({ Type }) => Type === undefined || !PASSING.includes(Type))
  if (last?.Type === 'forward') return forwards(last, operation, arn)
  if (last?.Type !== undefined && ANSWERING.includes(last.Type)) return [{ kind: 'answer', type: last.Type }]
  const because = `where the actions of ${arn} lead is not told`
  return [{ kind: 'unknown', missing: { missing: operation, because } }]
}

/** A group with weight 0 receives nothing. */
function forwards(action: ListenerAction, operation: string, arn: string): readonly Destination[] {
  const groups = groupsOf(action)
  if (!groups.known) {
    const because = `the target groups of ${arn} are not told`
    return [{ kind: 'unknown', missing: { missing: operation, because } }]
  }
  if (groups.value.length === 0)
    return [{ kind: 'nobody', because: 'forwards to target groups with weight 0 only' }]
  return groups.value.map((group) => ({ kind: 'group', arn: group }))
}

type Groups = { readonly known: false } | Extract<Known<readonly string[]>, { known: true }>

function groupsOf({ TargetGroupArn, ForwardConfig }: ListenerAction): Groups {
  const weighted = ForwardConfig?.TargetGroups ?? []
  if (weighted.length === 0)
    return TargetGroupArn === undefined ? { known: false } : { known: true, value: [TargetGroupArn] }
  // A Network Load Balancer's only group comes without a weight.
  const only = weighted.length === 1 && weighted[0]?.TargetGroupArn === TargetGroupArn
  if (!only && weighted.some(({ Weight }) => Weight === undefined)) return { known: false }
  const receiving = weighted.filter(({ Weight }) => Weight !== 0).map((group) => group.TargetGroupArn)
  const told = receiving.filter((arn) => arn !== undefined)
  return told.length === receiving.length ? { known: true, value: told } : { known: false }
}
