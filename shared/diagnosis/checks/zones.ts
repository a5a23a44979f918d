/**
 * Availability Zones, comparable: by name within an account, by ID across accounts, since each account has its own
 * names. https://docs.aws.amazon.com/ram/latest/userguide/working-with-az-ids.html
 */
import { listed } from '../../snapshot/known.ts'
import type { LoadBalancer, Scope } from '../../snapshot/types.ts'
import type { Incident, TargetFacts } from '../incident.ts'

export interface Zone {
  /** "eu-west-1a", or "euw1-az1" where the target lies in another account. */
  readonly text: string
  readonly byId: boolean
}

/** Undefined where it is not told, or cannot be compared with the load balancer's zones. */
export function zoneOf({ scope }: Incident, { availabilityZone, end }: TargetFacts): Zone | undefined {
  const nic = end.known ? end.value.nic : undefined
  const own = nic?.source.AvailabilityZone
  if (!nic || nic.scope.accountId === scope.accountId)
    return availabilityZone === undefined ? undefined : { text: availabilityZone, byId: false }
  const id = own === undefined ? undefined : zoneId(nic.scope, own)
  return id === undefined ? undefined : { text: id, byId: true }
}

/** The zones in which a load balancer has subnets, told in the same way as the given one. */
export function enabledZones({ scope }: Incident, balancer: LoadBalancer, { byId }: Zone): readonly string[] {
  const names = (balancer.AvailabilityZones ?? []).flatMap(({ ZoneName }) => ZoneName ?? [])
  return byId ? names.flatMap((name) => zoneId(scope, name) ?? []) : names
}

function zoneId(scope: Scope, name: string): string | undefined {
  const zones = listed(scope, 'ec2:DescribeAvailabilityZones', 'AvailabilityZones')
  return zones.known ? zones.value.find(({ ZoneName }) => ZoneName === name)?.ZoneId : undefined
}
