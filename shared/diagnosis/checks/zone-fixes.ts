/** Bring the load balancer to the targets' zone, or the tasks to the load balancer's zones. */
import type { LoadBalancer } from '../../snapshot/types.ts'
import type { Fix } from '../fix.ts'
import type { Incident, TargetFacts } from '../incident.ts'
import { enabledZones, type Zone } from './zones.ts'

export const zoneFixes = (
  incident: Incident,
  balancer: LoadBalancer,
  targets: readonly TargetFacts[],
  zone: Zone,
): readonly Fix[] => [enableZone(incident, balancer, targets, zone), ...moveTasks(incident, balancer, zone)]

function enableZone(
  incident: Incident,
  balancer: LoadBalancer,
  targets: readonly TargetFacts[],
  zone: Zone,
): Fix {
  const { LoadBalancerArn: loadBalancerArn, LoadBalancerName: name = loadBalancerArn } = balancer
  const title = `Enable ${zone.text} on load balancer ${name}`
  const subnet = subnetFor(incident, balancer, targets, zone)
  if (subnet !== undefined)
    return {
      title,
      patches: [{ kind: 'load-balancer-subnets', loadBalancerArn, subnetIds: [subnet] }],
      verifiable: true,
    }
  const subnets = (balancer.AvailabilityZones ?? []).flatMap(({ SubnetId }) => SubnetId ?? [])
  return {
    title,
    patches: [],
    verifiable: false,
    manual: {
      cli: [
        `aws elbv2 set-subnets --load-balancer-arn ${loadBalancerArn} --subnets ${subnets.join(' ')} '<a subnet in ${zone.text}>' --region ${incident.scope.region}`,
      ],
    },
  }
}

/** One that is routed like the load balancer's others, so that clients reach it; an internal one may share the targets'. */
function subnetFor(
  { network }: Incident,
  { VpcId, Scheme, AvailabilityZones = [] }: LoadBalancer,
  targets: readonly TargetFacts[],
  zone: Zone,
): string | undefined {
  if (zone.byId) return undefined
  const tables = AvailabilityZones.map(
    ({ SubnetId }) => network.subnets.get(SubnetId ?? '')?.routeTable ?? -1,
  )
  const alike = [...network.subnets.values()].find(
    ({ vpcId, availabilityZone, routeTable }) =>
      vpcId === VpcId && availabilityZone === zone.text && routeTable >= 0 && tables.includes(routeTable),
  )
  const [target] = targets
  const own = target?.end.known ? target.end.value.nic : undefined
  const shared = Scheme === 'internal' && own?.vpcId === VpcId ? own?.subnetId : undefined
  return alike?.id ?? shared
}

/** Running tasks stay where they are until they are replaced, so that no snapshot shows the cure. */
function moveTasks(incident: Incident, balancer: LoadBalancer, zone: Zone): readonly Fix[] {
  const enabled = zone.byId ? [] : enabledZones(incident, balancer, zone)
  const services = incident.services.known ? incident.services.value : []
  return services.flatMap(({ service: { clusterArn, serviceName, networkConfiguration } }) => {
    const subnets = (networkConfiguration?.awsvpcConfiguration?.subnets ?? []).filter((id) =>
      enabled.includes(incident.network.subnets.get(id)?.availabilityZone ?? ''),
    )
    if (!clusterArn || !serviceName || subnets.length === 0) return []
    return [
      {
        title: `Run service ${serviceName} only in the zones of the load balancer`,
        patches: [{ kind: 'service', clusterArn, serviceName, settings: { subnets } }],
        verifiable: false,
      } satisfies Fix,
    ]
  })
}
