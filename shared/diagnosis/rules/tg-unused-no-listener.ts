/**
 * Targets of a group that no listener or rule forwards to are not checked and get no traffic. The idle colour of a
 * blue-green deployment is so on purpose, and so may be a group that nobody uses.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
import { keyedResponse, listed } from '../../snapshot/known.ts'
import { groupComponent, groupName, settingEvidence } from '../checks/evidence.ts'
import { idleColourOf, serviceName } from '../checks/expected-by.ts'
import { mayBeTasks } from '../ecs/involved.ts'
import type { Fix } from '../fix.ts'
import type { Forward, GroupFacts, Incident, ServiceFacts, TargetFacts } from '../incident.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'
import { healthEvidence } from '../path/evidence.ts'
import { isFailing } from '../reasons.ts'

export const tgUnusedNoListener: CauseRule = {
  code: 'tg.unused-no-listener',
  judge(incident, targets) {
    const { group, services } = incident
    if (!group) return []
    const unused = targets.filter(isUnused)
    const { forwards } = group
    if (!forwards.known && unused.length === 0)
      return targets.some(isChecked) ? absent(CHECKED) : notKnown(forwards.missing)
    if (forwards.known && forwards.value.length > 0) return attached(forwards.value, unused)
    const idle = idleColourOf(incident, targets)
    if (idle)
      return absent(
        `the group is the idle colour of service ${idle.serviceName} (${idle.deploymentController?.type})`,
      )
    if (!services.known && targets.length > 0 && mayBeTasks(incident)) return notKnown(services.missing)
    const users = services.known ? services.value : []
    if (users.length === 0 && targets.length === 0)
      return absent('no listener forwards to the group, but nobody uses it either')
    return [present(incident, group, users, targets)]
  },
}

/** Only groups in use are checked. */
const CHECKED = 'AWS checks the targets, which it does only where a listener or rule forwards to the group'

const isChecked = (target: TargetFacts): boolean =>
  isFailing(target) && /^Target\.(Timeout|FailedHealthChecks|ResponseCodeMismatch)$/.test(target.reason ?? '')

/** Told apart from targets in a zone that is not enabled, which have the same reason. */
const isUnused = ({ reason, description = '' }: TargetFacts): boolean =>
  reason === 'Target.NotInUse' && !/availability zone/i.test(description)

/** AWS's "not in use" is older than the listener that now forwards, or the group is at rest with weight 0. */
function attached(forwards: readonly Forward[], unused: readonly TargetFacts[]): readonly Judgement[] {
  const [first] = forwards
  const where = first?.ruleArn ?? first?.listenerArn
  if (forwards.every(({ weight }) => weight === 0))
    return absent(
      `${where} forwards to the group with weight 0, as for the idle colour of a blue-green deployment`,
    )
  return unused.length > 0 ? [] : absent(`${where} forwards to the group`)
}

function present(
  incident: Incident,
  { targetGroup, forwards }: GroupFacts,
  users: readonly ServiceFacts[],
  targets: readonly TargetFacts[],
): Judgement {
  const [user] = users
  const [first] = targets.filter(isUnused)
  const who = user
    ? `service ${serviceName(user)} registers its tasks there`
    : `${targets.length} ${targets.length === 1 ? 'target is' : 'targets are'} registered`
  return {
    kind: 'present',
    confidence: user ? 'proven' : 'likely',
    title: `No listener or rule forwards to target group ${groupName(targetGroup)}, but ${who}`,
    component: groupComponent(targetGroup),
    evidence: [
      settingEvidence(
        targetGroup,
        'LoadBalancerArns',
        'a load balancer with a listener that forwards to the group',
      ),
      ...(first ? [healthEvidence(first)] : []),
      ...(forwards.known
        ? [
            {
              operation: 'elasticloadbalancing:DescribeListeners',
              resource: targetGroup.TargetGroupArn,
              field: 'DefaultActions and rules that forward to the group',
              observed: forwards.value,
              expected: 'at least one',
            },
          ]
        : []),
      ...(user
        ? [
            {
              operation: 'ecs:DescribeServices',
              resource: user.service.serviceArn,
              field: 'loadBalancers',
              observed: user.service.loadBalancers,
              expected: 'a target group that a listener forwards to',
            },
          ]
        : []),
    ],
    targets: targets.filter(isUnused),
    fixes: [forwardFix(incident, groupName(targetGroup), targetGroup.TargetGroupArn)],
  }
}

/** Which path and which listener are meant, only a person knows; the only listener of the VPC is proposed. */
function forwardFix(incident: Incident, name: string, targetGroupArn: string): Fix {
  const [listener, rival] = listenersOf(incident)
  const title = `Add a rule that forwards to ${name}`
  if (listener && !rival)
    return {
      title,
      patches: [
        { kind: 'listener-rule', listenerArn: listener, targetGroupArn, pathPattern: '<path pattern>' },
      ],
      verifiable: false,
    }
  return {
    title,
    patches: [],
    verifiable: false,
    manual: {
      cli: [
        `aws elbv2 create-rule --listener-arn '<listener ARN>' --priority '<number>' --conditions 'Field=path-pattern,Values=<path pattern>' --actions Type=forward,TargetGroupArn=${targetGroupArn} --region ${incident.scope.region}`,
      ],
    },
  }
}

/** Listeners of the Application Load Balancers in the group's VPC. */
function listenersOf({ scope, group }: Incident): readonly string[] {
  const { VpcId, Protocol = '' } = group?.targetGroup ?? {}
  const balancers = listed(scope, 'elasticloadbalancing:DescribeLoadBalancers', 'LoadBalancers')
  if (!balancers.known || !Protocol.startsWith('HTTP')) return []
  return balancers.value
    .filter((balancer) => balancer.VpcId === VpcId && balancer.Type === 'application')
    .flatMap(({ LoadBalancerArn }) => {
      const found = keyedResponse(scope, 'elasticloadbalancing:DescribeListeners', LoadBalancerArn)
      return found.known ? (found.value.Listeners ?? []).map(({ ListenerArn }) => ListenerArn) : []
    })
}
