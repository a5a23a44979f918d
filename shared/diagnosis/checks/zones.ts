/** Zones of an incident's targets and load balancers. */
import type { Evidence } from '../../findings/finding.ts'
import * as zones from '../../network/load-balancing/zones.ts'
import type { LoadBalancer } from '../../snapshot/types.ts'
import type { Incident, TargetFacts } from '../incident.ts'

export type { Zone } from '../../network/load-balancing/zones.ts'

/** Undefined where it is not told, or cannot be compared with the load balancer's zones. */
export const zoneOf = ({ scope }: Incident, { availabilityZone, end }: TargetFacts): zones.Zone | undefined =>
  zones.targetZone(scope, availabilityZone, end.known ? end.value.nic : undefined)

/** Where tasks of a subnet would lie. */
export const zoneOfSubnet = ({ scope, network }: Incident, id: string): zones.Zone | undefined => {
  const subnet = network.subnets.get(id)
  return subnet && zones.subnetZone(scope, subnet)
}

/** The zones in which a load balancer has subnets, told in the same way as the given one. */
export const enabledZones = (
  { scope }: Incident,
  balancer: LoadBalancer,
  zone: zones.Zone,
): readonly string[] => zones.enabledZones(scope, balancer, zone)

export const zonesEvidence = (balancer: LoadBalancer, zone: string): Evidence => ({
  operation: 'elasticloadbalancing:DescribeLoadBalancers',
  resource: balancer.LoadBalancerArn,
  field: 'AvailabilityZones',
  observed: balancer.AvailabilityZones?.map(({ ZoneName, SubnetId }) => ({ ZoneName, SubnetId })),
  expected: `a subnet in ${zone}`,
})
