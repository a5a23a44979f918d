/** The target groups of a load balancer, as Route 53 looks at them: is there a healthy target in each? */
import { keyedResponse, known, listed, unknown } from '../../snapshot/known.ts'
import type { Known, LoadBalancer, Scope, TargetGroup } from '../../snapshot/types.ts'

const HEALTH = 'elasticloadbalancing:DescribeTargetHealth'

export interface ServedGroup {
  readonly targetGroup: TargetGroup
  /** Of its targets; none is registered where there are none. */
  readonly states: readonly string[]
  /** `settling`: neither, for now: targets that are new or whose checks are off. */
  readonly health: 'healthy' | 'unhealthy' | 'settling'
}

export function servedGroups(scope: Scope, { LoadBalancerArn }: LoadBalancer): Known<readonly ServedGroup[]> {
  const groups = listed(scope, 'elasticloadbalancing:DescribeTargetGroups', 'TargetGroups')
  if (!groups.known) return groups
  const served: ServedGroup[] = []
  for (const targetGroup of groups.value.filter((one) => one.LoadBalancerArns?.includes(LoadBalancerArn))) {
    const states = statesOf(scope, targetGroup)
    if (!states.known) return states
    served.push({ targetGroup, states: states.value, health: healthOf(states.value) })
  }
  return known(served)
}

function statesOf(scope: Scope, { TargetGroupArn: arn }: TargetGroup): Known<readonly string[]> {
  const found = keyedResponse(scope, HEALTH, arn)
  if (!found.known) return found
  const states = found.value.TargetHealthDescriptions?.map(({ TargetHealth }) => TargetHealth?.State)
  if (!states) return unknown(HEALTH, `the response for ${arn} holds no list`)
  const told = states.filter((state) => state !== undefined)
  return told.length === states.length ? known(told) : unknown(HEALTH, `a state in ${arn} is not told`)
}

const FAILING = ['unhealthy', 'unhealthy.draining', 'unused']

function healthOf(states: readonly string[]): ServedGroup['health'] {
  if (states.includes('healthy')) return 'healthy'
  return states.every((state) => FAILING.includes(state)) ? 'unhealthy' : 'settling'
}
