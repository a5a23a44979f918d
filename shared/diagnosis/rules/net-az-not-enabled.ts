/**
 * A load balancer checks only targets in Availability Zones in which it has a subnet; cross-zone load balancing does
 * not change that, and it need not be the targets' own subnet.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
import type { LoadBalancer } from '../../snapshot/types.ts'
import { groupName, namesOf } from '../checks/evidence.ts'
import { zoneFixes } from '../checks/zone-fixes.ts'
import { enabledZones, type Zone, zoneOf, zonesEvidence } from '../checks/zones.ts'
import { groupBy } from '../ecs/group-by.ts'
import type { GroupFacts, Incident, TargetFacts } from '../incident.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'
import { healthEvidence } from '../path/evidence.ts'
import { isFailing } from '../reasons.ts'

export const netAzNotEnabled: CauseRule = {
  code: 'net.az-not-enabled',
  judge(incident, targets) {
    const { group } = incident
    const failing = targets.filter(isFailing)
    if (!group || failing.length === 0) return []
    const unused = failing.filter(isOutsideZones)
    if (unused.length === 0) return absent('AWS reports no target in a zone that is not enabled')
    return groupBy(unused, ({ availabilityZone = '' }) => availabilityZone).flatMap((own) =>
      judgeZone(incident, group, own),
    )
  },
}

/** Told apart from a group without a listener, which has the same reason. Without the description it may be either. */
const isOutsideZones = ({ reason, description }: TargetFacts): boolean =>
  reason === 'Target.NotInUse' && (description === undefined || isTold(description))

const isTold = (description = ''): boolean => /availability zone/i.test(description)

type Targets = readonly [TargetFacts, ...TargetFacts[]]

function judgeZone(incident: Incident, group: GroupFacts, own: Targets): readonly Judgement[] {
  const [first] = own
  const told = isTold(first.description)
  const zone = zoneOf(incident, first)
  if (!group.loadBalancers.known)
    return told
      ? [present(incident, group, own, { zone, balancer: undefined })]
      : notKnown(group.loadBalancers.missing)
  if (zone === undefined)
    return told
      ? [present(incident, group, own, { zone, balancer: group.loadBalancers.value[0] })]
      : notKnown(zoneMissing(first))
  const balancer = group.loadBalancers.value.find(
    (item) => !enabledZones(incident, item, zone).includes(zone.text),
  )
  if (balancer) return [present(incident, group, own, { zone, balancer })]
  return told ? [present(incident, group, own, { zone, balancer: undefined, since: true })] : []
}

const zoneMissing = ({ id }: TargetFacts) => ({
  missing: 'elasticloadbalancing:DescribeTargetHealth',
  because: `neither the description nor the Availability Zone of ${id} is told`,
})

interface Place {
  readonly zone: Zone | undefined
  /** Undefined where it was not collected. */
  readonly balancer: LoadBalancer | undefined
  /** The zone is enabled by now. */
  readonly since?: boolean
}

function present(incident: Incident, group: GroupFacts, own: Targets, place: Place): Judgement {
  const { zone, balancer, since = false } = place
  const [first] = own
  const name = groupName(group.targetGroup)
  const ids = namesOf(own.map(({ id }) => id))
  const where = zone?.text ?? 'an Availability Zone'
  const enabled = balancer && zone ? enabledZones(incident, balancer, zone) : []
  const only = enabled.length > 0 ? ` (${namesOf(enabled)} only)` : ''
  const balancerName = balancer?.LoadBalancerName ?? 'its load balancer'
  return {
    kind: 'present',
    confidence: since ? 'possible' : 'proven',
    title: since
      ? `${ids} in ${name} was not checked for its zone, but ${where} is enabled by now`
      : `${ids} in ${name} lies in ${where}, which is not enabled on load balancer ${balancerName}${only}`,
    component: {
      type: 'load-balancer',
      id:
        balancer?.LoadBalancerArn ??
        group.targetGroup.LoadBalancerArns?.[0] ??
        group.targetGroup.TargetGroupArn,
      ...(balancer?.LoadBalancerName && { name: balancer.LoadBalancerName }),
    },
    awsExplanationCode: 'ELB_INSTALLED_AZ_RESTRICTION',
    evidence: [healthEvidence(first), ...(balancer ? [zonesEvidence(balancer, where)] : [])],
    targets: own,
    fixes: balancer && zone && !since ? zoneFixes(incident, balancer, subnetOf(first), zone) : [],
  }
}

const subnetOf = ({ end }: TargetFacts): string | undefined =>
  end.known ? end.value.nic.subnetId : undefined
