/**
 * A Fargate service that may start tasks in a zone in which its load balancer has no node: the tasks of today run
 * elsewhere, the next one there will be registered and never checked ("unused", net-az-not-enabled.ts). On EC2, tasks
 * start where instances are, which the subnets do not tell.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
import type { LoadBalancer, Missing, Service } from '../../snapshot/types.ts'
import { blindSpotOf } from '../blind-spot.ts'
import { namesOf } from '../checks/evidence.ts'
import { zoneFixes } from '../checks/zone-fixes.ts'
import { enabledZones, type Zone, zoneOf, zoneOfSubnet, zonesEvidence } from '../checks/zones.ts'
import { groupBy } from '../ecs/group-by.ts'
import { subjectName } from '../ecs/words.ts'
import type { GroupFacts, Incident, ServiceFacts } from '../incident.ts'
import { type Judgement, notKnown } from '../judgement.ts'

export const netAzNotEnabledAhead = blindSpotOf('net.az-not-enabled', (incident) => {
  const { group, services } = incident
  if (group?.targetGroup.TargetType !== 'ip') return []
  if (!services.known) return notKnown(services.missing)
  return services.value.filter(isFargate).flatMap(({ service }) => judgeService(incident, group, service))
})

/** Of services with a capacity provider strategy only the tasks tell it. */
const isFargate = ({ service, runningTasks }: ServiceFacts): boolean =>
  service.launchType === 'FARGATE' ||
  (runningTasks.known && runningTasks.value.some(({ launchType }) => launchType === 'FARGATE'))

function judgeService(incident: Incident, group: GroupFacts, service: Service): readonly Judgement[] {
  const subnets = service.networkConfiguration?.awsvpcConfiguration?.subnets ?? []
  if (subnets.length === 0) return []
  if (!group.loadBalancers.known) return notKnown(group.loadBalancers.missing)
  return group.loadBalancers.value.flatMap((balancer) => {
    const places = subnets
      .filter((id) => mayLieOutside(incident, balancer, id))
      .map((id) => placeOf(incident, balancer, id))
    const outside = places.flatMap((place) => ('isEnabled' in place && !place.isEnabled ? [place] : []))
    const missing = places.flatMap((place) => ('because' in place ? [place] : []))
    const zones = groupBy(
      outside.filter((place) => !isInUse(incident, place)),
      ({ zone }) => zone.text,
    )
    if (zones.length === 0) return missing.slice(0, 1).flatMap(notKnown)
    return zones.map(([{ subnet, zone }]) => present(incident, { balancer, service, subnet, zone }))
  })
}

/** Not where the load balancer shares the subnet, and not another VPC's, whose targets are not checked for other reasons. */
function mayLieOutside({ network }: Incident, balancer: LoadBalancer, id: string): boolean {
  const vpc = network.subnets.get(id)?.vpcId
  const isShared = balancer.AvailabilityZones?.some(({ SubnetId }) => SubnetId === id) ?? false
  return !isShared && (vpc === undefined || vpc === balancer.VpcId)
}

/** A target that is registered there shows by its state whether it is checked. */
const isInUse = (incident: Incident, { subnet, zone }: Place): boolean =>
  incident.group?.targets.known === true &&
  incident.group.targets.value.some(
    (target) =>
      zoneOf(incident, target)?.text === zone.text ||
      (target.end.known && target.end.value.nic.subnetId === subnet),
  )

interface Place {
  readonly subnet: string
  readonly zone: Zone
  readonly isEnabled: boolean
}

function placeOf(incident: Incident, balancer: LoadBalancer, subnet: string): Place | Missing {
  const zone = zoneOfSubnet(incident, subnet)
  if (!zone)
    return { missing: 'ec2:DescribeSubnets', because: `the Availability Zone of ${subnet} is not told` }
  const enabled = enabledZones(incident, balancer, zone)
  if (enabled.includes(zone.text)) return { subnet, zone, isEnabled: true }
  const { AvailabilityZones = [], LoadBalancerArn } = balancer
  if (enabled.length > 0 && enabled.length === AvailabilityZones.length)
    return { subnet, zone, isEnabled: false }
  const missing = zone.byId ? 'ec2:DescribeAvailabilityZones' : 'elasticloadbalancing:DescribeLoadBalancers'
  return { missing, because: `not all zones of ${LoadBalancerArn} can be compared with ${zone.text}` }
}

interface Ahead {
  readonly balancer: LoadBalancer
  readonly service: Service
  readonly subnet: string
  readonly zone: Zone
}

function present(incident: Incident, { balancer, service, subnet, zone }: Ahead): Judgement {
  const { LoadBalancerArn: id, LoadBalancerName: name } = balancer
  const only = namesOf(enabledZones(incident, balancer, zone))
  return {
    kind: 'present',
    confidence: 'possible',
    title: `A task that ${subjectName(service)} starts in ${zone.text} (${subnet}) will not be checked: load balancer ${name ?? id} has no node there (${only} only)`,
    component: { type: 'load-balancer', id, ...(name && { name }) },
    awsExplanationCode: 'ELB_INSTALLED_AZ_RESTRICTION',
    evidence: [
      {
        operation: 'ecs:DescribeServices',
        resource: service.serviceArn,
        field: 'networkConfiguration.awsvpcConfiguration.subnets',
        observed: service.networkConfiguration?.awsvpcConfiguration?.subnets,
        expected: `no subnet in ${zone.text}`,
      },
      zonesEvidence(balancer, zone.text),
    ],
    targets: [],
    fixes: zoneFixes(incident, balancer, subnet, zone),
  }
}
