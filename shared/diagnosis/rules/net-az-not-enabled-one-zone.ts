/**
 * A load balancer with a node in one zone only, though its VPC has more: the checks of its targets pass, and nothing
 * answers once that zone fails. Where targets or the tasks to come lie in another zone, that is told of their group
 * (net-az-not-enabled.ts, net-az-not-enabled-ahead.ts): it ends with the same subnet, and says more.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/availability-zones.html
 */
import { loadBalancerKind } from '../../network/load-balancers.ts'
import { listed } from '../../snapshot/known.ts'
import type { LoadBalancer, Missing } from '../../snapshot/types.ts'
import { blindSpotOf } from '../blind-spot.ts'
import { namesOf } from '../checks/evidence.ts'
import { zoneFixes } from '../checks/zone-fixes.ts'
import { zonesEvidence } from '../checks/zones.ts'
import { groupBy } from '../ecs/group-by.ts'
import { type OneZone, oneZoneOf } from '../edge/other-zones.ts'
import { balancerComponent, balancerName } from '../edge/words.ts'
import { groupIncidentsBehind } from '../facts/incidents.ts'
import type { Fix } from '../fix.ts'
import type { Incident } from '../incident.ts'
import { type Judgement, notKnown } from '../judgement.ts'
import { netAzNotEnabled } from './net-az-not-enabled.ts'
import { netAzNotEnabledAhead } from './net-az-not-enabled-ahead.ts'

export const netAzNotEnabledOneZone = blindSpotOf('net.az-not-enabled', (incident) => {
  const { balancer, scope } = incident
  if (!balancer || !['application', 'network'].includes(loadBalancerKind(balancer) ?? '')) return []
  if (balancer.State?.Code !== undefined && !/^active/.test(balancer.State.Code)) return []
  const found = oneZoneOf(scope, balancer)
  if (!found.known) return notKnown(found.missing)
  if (!found.value || found.value.others.length === 0) return []
  if (balancer.State?.Code === undefined)
    return notKnown({ missing: BALANCERS, because: `the state of ${balancerName(balancer)} is not told` })
  const use = useOf(incident, balancer)
  if (typeof use === 'object') return notKnown(use)
  return use === 'in use' ? [present(incident, balancer, found.value)] : []
})

const BALANCERS = 'elasticloadbalancing:DescribeLoadBalancers'
const GROUPS = 'elasticloadbalancing:DescribeTargetGroups'

/** A load balancer that nobody uses is no news, and one whose zones are told of a group is none either. */
function useOf({ network, scope }: Incident, balancer: LoadBalancer): 'in use' | 'idle' | 'told' | Missing {
  const list = listed(scope, GROUPS, 'TargetGroups')
  if (!list.known) return list.missing
  const untold = list.value.find(({ LoadBalancerArns }) => LoadBalancerArns === undefined)
  if (untold)
    return { missing: GROUPS, because: `the load balancers of ${untold.TargetGroupArn} are not told` }
  const incidents = groupIncidentsBehind(network, scope, balancer)
  const told = incidents.flatMap(toldOf)
  if (told.some((one) => one.kind === 'present' && one.component.id === balancer.LoadBalancerArn))
    return 'told'
  const open = told.find(({ kind }) => kind === 'unknown')
  if (open?.kind === 'unknown') return open
  const uses = incidents.map((one) => isServed(one, balancer))
  if (uses.includes(true)) return 'in use'
  return uses.find((use) => typeof use === 'object') ?? 'idle'
}

function toldOf(incident: Incident): readonly Judgement[] {
  const targets = incident.group?.targets.known ? incident.group.targets.value : []
  return [netAzNotEnabled, netAzNotEnabledAhead].flatMap((rule) => rule.judge(incident, targets))
}

/** Something listens for it, and a target is registered or a task of its service runs. */
function isServed({ group, services }: Incident, balancer: LoadBalancer): boolean | Missing {
  if (!group) return false
  const { forwards, targets } = group
  if (!forwards.known) return forwards.missing
  const isFed = forwards.value.some(
    ({ loadBalancerArn, weight }) => loadBalancerArn === balancer.LoadBalancerArn && weight !== 0,
  )
  if (!isFed) return false
  if (targets.known && targets.value.length > 0) return true
  if (services.known && services.value.some(({ service }) => (service.runningCount ?? 0) > 0)) return true
  if (!targets.known) return targets.missing
  return services.known ? false : services.missing
}

function present(incident: Incident, balancer: LoadBalancer, { zone, others }: OneZone): Judgement {
  const zones = groupBy(others, (other) => other.zone)
  return {
    kind: 'present',
    confidence: 'proven',
    title: `Load balancer ${balancerName(balancer)} has a node in ${zone} only, and nothing answers for it if that zone fails; its VPC has subnets in ${namesOf(zones.map(([other]) => other.zone))}, too`,
    component: balancerComponent(balancer),
    evidence: [
      zonesEvidence(balancer, 'a second Availability Zone'),
      {
        operation: 'ec2:DescribeSubnets',
        resource: balancer.VpcId ?? '',
        field: 'AvailabilityZone',
        observed: others.map((other) => ({ AvailabilityZone: other.zone, SubnetId: other.subnetId })),
        expected: 'one of them among the load balancer’s',
      },
    ],
    targets: [],
    fixes: zones
      .flatMap(([{ zone: text, subnetId }]) => zoneFixes(incident, balancer, subnetId, { text, byId: false }))
      .map(withTargets)
      .slice(0, ALTERNATIVES),
  }
}

/** One more zone is enough. */
const ALTERNATIVES = 2

/** A node alone is not: it needs somebody to send to. */
const withTargets = (fix: Fix): Fix => ({ ...fix, title: `${fix.title}, and run targets there, too` })
