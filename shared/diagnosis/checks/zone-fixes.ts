/** Bring the load balancer to the targets' zone, or the tasks to the load balancer's zones. */
import type { LoadBalancer } from '../../snapshot/types.ts'
import type { Fix } from '../fix.ts'
import type { Incident } from '../incident.ts'
import { enabledZones, type Zone } from './zones.ts'

/** @param own the subnet in which the targets lie, or would; undefined where that is not known */
export const zoneFixes = (
  incident: Incident,
  balancer: LoadBalancer,
  own: string | undefined,
  zone: Zone,
): readonly Fix[] => [enableZone(incident, balancer, own, zone), ...moveTasks(incident, balancer, zone)]

function enableZone(incident: Incident, balancer: LoadBalancer, own: string | undefined, zone: Zone): Fix {
  const { LoadBalancerArn: loadBalancerArn, LoadBalancerName: name = loadBalancerArn } = balancer
  const title = `Enable ${zone.text} on load balancer ${name}`
  const subnet = subnetFor(incident, balancer, own, zone)
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
  own: string | undefined,
  zone: Zone,
): string | undefined {
  if (zone.byId) return undefined
  const tables = AvailabilityZones.map(
    ({ SubnetId }) => network.subnets.get(SubnetId ?? '')?.routeTable ?? -1,
  )
  const alike = [...network.subnets.values()].find(
    ({ vpcId, availabilityZone, routeTable, onOutpost }) =>
      vpcId === VpcId &&
      availabilityZone === zone.text &&
      !onOutpost &&
      routeTable >= 0 &&
      tables.includes(routeTable),
  )
  const shared = network.subnets.get(own ?? '')
  return alike?.id ?? (Scheme === 'internal' && shared?.vpcId === VpcId ? shared?.id : undefined)
}

/** Running tasks stay where they are until they are replaced, so that no snapshot shows the cure. */
function moveTasks(incident: Incident, balancer: LoadBalancer, zone: Zone): readonly Fix[] {
  const enabled = zone.byId ? [] : enabledZones(incident, balancer, zone)
  const services = incident.services.known ? incident.services.value : []
  return services.flatMap(({ service: { clusterArn, serviceName, networkConfiguration } }) => {
    const all = networkConfiguration?.awsvpcConfiguration?.subnets ?? []
    const subnets = all.filter((id) =>
      enabled.includes(incident.network.subnets.get(id)?.availabilityZone ?? ''),
    )
    if (!clusterArn || !serviceName || subnets.length === 0 || subnets.length === all.length) return []
    return [
      {
        title: `Run service ${serviceName} only in the zones of the load balancer`,
        patches: [{ kind: 'service', clusterArn, serviceName, settings: { subnets } }],
        verifiable: false,
      } satisfies Fix,
    ]
  })
}
