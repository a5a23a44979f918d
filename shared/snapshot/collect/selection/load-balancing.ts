/** The target groups, what they say of their targets, and the load balancers that check them. */
import type { ListenerAction } from '../../types.ts'
import { slices } from '../fetch.ts'
import type { Session } from '../session.ts'

/** ELBv2 describes at most so many load balancers by ARN in one call. */
const BY_ARN = 20

export async function collectLoadBalancing(session: Session, groupArns: readonly string[]): Promise<void> {
  await Promise.all([
    ...slices(groupArns, BY_ARN).map((TargetGroupArns) =>
      session.ask('elasticloadbalancing:DescribeTargetGroups', { TargetGroupArns }),
    ),
    session.askEach('elasticloadbalancing:DescribeTargetGroupAttributes', groupArns),
    session.askEach('elasticloadbalancing:DescribeTargetHealth', groupArns),
  ])
  const loadBalancers = loadBalancerArns(session)
  await Promise.all([
    ...slices(loadBalancers, BY_ARN).map((LoadBalancerArns) =>
      session.ask('elasticloadbalancing:DescribeLoadBalancers', { LoadBalancerArns }),
    ),
    session.askEach('elasticloadbalancing:DescribeListeners', loadBalancers),
    // An Application Load Balancer's attributes change nothing about a health check.
    session.askEach(
      'elasticloadbalancing:DescribeLoadBalancerAttributes',
      loadBalancers.filter((arn) => !isApplication(arn)),
    ),
  ])
  await session.askEach('elasticloadbalancing:DescribeRules', listenersWhoseRulesMatter(session, groupArns))
}

/** All that a load balancer sends on to, by every listener and rule. */
export async function collectBehind(session: Session, LoadBalancerArn: string): Promise<void> {
  await session.ask('elasticloadbalancing:DescribeTargetGroups', { LoadBalancerArn })
  const groups = session.responses['elasticloadbalancing:DescribeTargetGroups']?.TargetGroups ?? []
  await collectLoadBalancing(
    session,
    groups.map(({ TargetGroupArn }) => TargetGroupArn),
  )
  await session.askEach('elasticloadbalancing:DescribeLoadBalancerAttributes', [LoadBalancerArn])
  if (groups.length === 0) await session.askEach('elasticloadbalancing:DescribeListeners', [LoadBalancerArn])
  if (!isApplication(LoadBalancerArn)) return
  const { Listeners = [] } =
    session.responses['elasticloadbalancing:DescribeListeners']?.[LoadBalancerArn] ?? {}
  await session.askEach(
    'elasticloadbalancing:DescribeRules',
    Listeners.map(({ ListenerArn }) => ListenerArn),
  )
}

const isApplication = (arn: string) => arn.includes(':loadbalancer/app/')

/** Those that the groups belong to, and those that are targets themselves (an ALB behind an NLB). */
function loadBalancerArns({ responses }: Session): string[] {
  const groups = responses['elasticloadbalancing:DescribeTargetGroups']?.TargetGroups ?? []
  const behind = groups
    .filter((group) => group.TargetType === 'alb')
    .flatMap((group) =>
      targetIds(responses['elasticloadbalancing:DescribeTargetHealth']?.[group.TargetGroupArn]),
    )
  return [...new Set([...groups.flatMap((group) => group.LoadBalancerArns ?? []), ...behind])]
}

const targetIds = (
  health:
    | { readonly TargetHealthDescriptions?: readonly { Target: { Id: string } }[] | undefined }
    | undefined,
) => (health?.TargetHealthDescriptions ?? []).map(({ Target }) => Target.Id)

/**
 * Rules, which only an Application Load Balancer has, tell whether a listener sends to the group. Where its default
 * action does so already, they add nothing to a health check's path.
 */
function listenersWhoseRulesMatter({ responses }: Session, groupArns: readonly string[]): string[] {
  return Object.entries(responses['elasticloadbalancing:DescribeListeners'] ?? {})
    .filter(([loadBalancer]) => isApplication(loadBalancer))
    .flatMap(([, { Listeners = [] }]) => Listeners)
    .filter(
      ({ DefaultActions = [] }) => !DefaultActions.flatMap(groupsOf).some((arn) => groupArns.includes(arn)),
    )
    .map((listener) => listener.ListenerArn)
}

const groupsOf = ({ TargetGroupArn, ForwardConfig }: ListenerAction): string[] =>
  [TargetGroupArn, ...(ForwardConfig?.TargetGroups ?? []).map((group) => group.TargetGroupArn)].filter(
    (arn) => arn !== undefined,
  )
