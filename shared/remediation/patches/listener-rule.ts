import { keyedResponse } from '../../snapshot/known.ts'
import type { Scope } from '../../snapshot/types.ts'
import { aws, quoted, shellWord } from '../render/cli.ts'
import { cloudformation, logicalId } from '../render/cloudformation.ts'
import { nameInArn } from '../render/names.ts'
import { label, terraform } from '../render/terraform.ts'
import { changeKeyed, changeListed, changeOne } from './change.ts'
import type { PatchKind, PatchOf } from './kind.ts'
import { checkAgain } from './target-health.ts'

type Rule = PatchOf<'listener-rule'>

/** The new rule comes after those that are there, so that it takes no request from them. */
export const listenerRule: PatchKind<Rule> = {
  apply(scope, patch) {
    const { listenerArn, targetGroupArn } = patch
    const priority = nextPriority(scope, listenerArn)
    if (priority === undefined) return undefined
    const ruled = changeKeyed(scope, 'elasticloadbalancing:DescribeRules', listenerArn, (response) => ({
      ...response,
      Rules: [...(response.Rules ?? []), ruleOf(patch, priority)],
    }))
    const attached = ruled && attach(ruled, targetGroupArn, balancerOf(listenerArn))
    return attached && checkAgain(attached, targetGroupArn, 'Target.NotInUse')
  },

  step({ listenerArn, targetGroupArn, pathPattern }, { scope }) {
    const group = nameInArn(targetGroupArn)
    const balancer = nameInArn(listenerArn)
    const priority = nextPriority(scope, listenerArn)
    const conditions = [{ Field: 'path-pattern', PathPatternConfig: { Values: [pathPattern] } }]
    const actions = [{ Type: 'forward', TargetGroupArn: targetGroupArn }]
    const create = aws('elbv2', 'create-rule', scope.region, {
      'listener-arn': listenerArn,
      priority: priority ?? 'PRIORITY',
      conditions,
      actions,
    })
    return {
      title: `Forward ${pathPattern} on load balancer ${balancer} to target group ${group}`,
      cli: [
        priority === undefined ? create.replace('PRIORITY', askPriority(listenerArn, scope.region)) : create,
      ],
      ...(priority !== undefined && {
        cloudformation: cloudformation({
          [logicalId(group, 'rule')]: {
            Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
            Properties: {
              ListenerArn: listenerArn,
              Priority: priority,
              Conditions: conditions,
              Actions: actions,
            },
          },
        }),
      }),
      terraform: terraform('aws_lb_listener_rule', label(group), {
        values: { listener_arn: listenerArn, priority },
        blocks: {
          action: { values: { type: 'forward', target_group_arn: targetGroupArn } },
          condition: { values: {}, blocks: { path_pattern: { values: { values: [pathPattern] } } } },
        },
      }),
    }
  },

  opens: ({ listenerArn, targetGroupArn, pathPattern }) =>
    `requests for ${pathPattern} on load balancer ${nameInArn(listenerArn)} that no other rule takes, to the targets of ${nameInArn(targetGroupArn)}`,
}

const LOWEST = 1

/** After the last rule; undefined when the rules are not known. */
function nextPriority(scope: Scope, listenerArn: string): number | undefined {
  const found = keyedResponse(scope, 'elasticloadbalancing:DescribeRules', listenerArn)
  if (!found.known || !found.value.Rules) return undefined
  const taken = found.value.Rules.flatMap(({ Priority }) =>
    /^\d+$/.test(Priority ?? '') ? [Number(Priority)] : [],
  )
  return Math.max(LOWEST - 1, ...taken) + 1
}

function askPriority(listenerArn: string, region: string): string {
  const describe = `aws elbv2 describe-rules --listener-arn ${shellWord(listenerArn)} --region ${region} --output json`
  return `"$(${describe} | jq ${quoted('([.Rules[].Priority | tonumber?] | max // 0) + 1')})"`
}

const ruleOf = ({ listenerArn, targetGroupArn }: Rule, priority: number) => ({
  RuleArn: `${listenerArn.replace(':listener/', ':listener-rule/')}/new-${priority}`,
  Priority: String(priority),
  IsDefault: false,
  Actions: [{ Type: 'forward', TargetGroupArn: targetGroupArn }],
})

const balancerOf = (listenerArn: string): string =>
  listenerArn.replace(':listener/', ':loadbalancer/').replace(/\/[^/]+$/, '')

const attach = (scope: Scope, targetGroupArn: string, loadBalancerArn: string): Scope | undefined =>
  changeListed(scope, 'elasticloadbalancing:DescribeTargetGroups', 'TargetGroups', (groups) =>
    changeOne(
      groups,
      ({ TargetGroupArn }) => TargetGroupArn === targetGroupArn,
      (group) =>
        group.LoadBalancerArns && {
          ...group,
          LoadBalancerArns: [...new Set([...group.LoadBalancerArns, loadBalancerArn])],
        },
    ),
  )
