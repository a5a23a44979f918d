/**
 * Which registered targets a load balancer sends to. Health does not decide that, since where no target is healthy it
 * sends to all of them.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html
 */

import { targetEnd } from '../network/load-balancing/target-ends.ts'
import { enabledZones, targetZone } from '../network/load-balancing/zones.ts'
import type { MissingKnowledge } from '../reachability/result.ts'
import { unknown } from '../snapshot/known.ts'
import type { Known, TargetGroup, TargetHealthDescription } from '../snapshot/types.ts'
import type { Entrance } from './entrance.ts'
import type { Idle, Receiver } from './group.ts'

const HEALTH = 'elasticloadbalancing:DescribeTargetHealth'

export function receiverOf(
  entrance: Entrance,
  group: TargetGroup,
  described: TargetHealthDescription,
): Receiver | Idle {
  const { Id: id, Port, AvailabilityZone: told } = described.Target
  const state = described.TargetHealth?.State
  const outOfUse = outOfUseBecause(id, described.TargetHealth)
  if (outOfUse) return outOfUse
  const isBalancer = group.TargetType === 'alb'
  const end = isBalancer ? notAnEnd(id) : targetEnd(entrance.network, entrance.scope, group, id)
  const nic = end.known ? end.value.nic : undefined
  const zone = isBalancer || told === 'all' ? 'all' : targetZone(entrance.scope, told, nic)
  const notEnabled = zoneNotEnabled(entrance, id, zone)
  if (notEnabled) return notEnabled
  const port = Port ?? group.Port
  return {
    kind: 'receiver',
    id,
    port:
      port === undefined ? unknown(HEALTH, `the port of ${id} is not told`) : { known: true, value: port },
    zone,
    unhealthy: state?.startsWith('unhealthy') ?? false,
    end,
    doubt: doubtOf(entrance, id, state, zone),
  }
}

const notAnEnd = (id: string): Known<never> => unknown(HEALTH, `${id} is a load balancer`)

type Health = TargetHealthDescription['TargetHealth']

/** A target that is being deregistered keeps its connections and gets no new ones; one that is stopped gets nothing. */
function outOfUseBecause(id: string, health: Health): Idle | undefined {
  const { State, Reason, Description } = health ?? {}
  if (State === 'draining' || Reason === 'Target.NotRegistered') {
    const because = `${id} is being deregistered and gets no new connections`
    return { kind: 'idle', code: 'ELBV2_LISTENER_REQUIRES_TG_ACCEPT', because }
  }
  if (State !== 'unused' || !['Target.InvalidState', 'Target.IpUnusable'].includes(Reason ?? ''))
    return undefined
  return { kind: 'idle', code: 'BAD_STATE', because: `${id} is not in use: ${Description ?? Reason}` }
}

/** Cross-zone load balancing does not change which zones are enabled. */
function zoneNotEnabled({ scope, balancer }: Entrance, id: string, zone: Receiver['zone']): Idle | undefined {
  if (zone === undefined || zone === 'all' || !zonesTold(balancer)) return undefined
  const enabled = enabledZones(scope, balancer, zone)
  if (enabled.length === 0 || enabled.includes(zone.text)) return undefined
  const because = `${id} lies in ${zone.text}, which is not enabled on the load balancer (${enabled.join(', ')} only)`
  return { kind: 'idle', code: 'ELB_INSTALLED_AZ_RESTRICTION', because }
}

const zonesTold = ({ AvailabilityZones: zones }: Entrance['balancer']): boolean =>
  zones?.every(({ ZoneName }) => ZoneName !== undefined) ?? false

function doubtOf(
  { scope, balancer }: Entrance,
  id: string,
  state: string | undefined,
  zone: Receiver['zone'],
): MissingKnowledge | undefined {
  if (state === undefined)
    return { missing: HEALTH, because: `whether ${id} is being deregistered is not told` }
  if (zone === undefined) return { missing: HEALTH, because: `the Availability Zone of ${id} is not told` }
  if (zone === 'all' || (zonesTold(balancer) && enabledZones(scope, balancer, zone).length > 0))
    return undefined
  return {
    missing: zone.byId ? 'ec2:DescribeAvailabilityZones' : 'elasticloadbalancing:DescribeLoadBalancers',
    because: `which zones are enabled on ${balancer.LoadBalancerArn} is not told`,
  }
}
