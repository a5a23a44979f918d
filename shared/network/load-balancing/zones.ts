/**
 * Availability Zones, comparable: by name within an account, by ID across accounts, since each account has its own
 * names. https://docs.aws.amazon.com/ram/latest/userguide/working-with-az-ids.html
 */
import { listed } from '../../snapshot/known.ts'
import type { LoadBalancer, Scope } from '../../snapshot/types.ts'
import type { Interface } from '../interfaces.ts'
import type { Subnet } from '../subnets.ts'

export interface Zone {
  /** "eu-west-1a", or "euw1-az1" where the target lies in another account. */
  readonly text: string
  readonly byId: boolean
}

/**
 * Undefined where it is not told, or cannot be compared with the load balancer's zones.
 * @param scope the load balancer's @param told by AWS of the registered target
 */
export function targetZone(
  scope: Scope,
  told: string | undefined,
  nic: Interface | undefined,
): Zone | undefined {
  const own = nic?.source.AvailabilityZone
  if (!nic || nic.scope.accountId === scope.accountId) {
    const text = told ?? own
    return text === undefined ? undefined : { text, byId: false }
  }
  const id = own === undefined ? undefined : zoneId(nic.scope, own)
  return id === undefined ? undefined : { text: id, byId: true }
}

/** Where tasks of that subnet would lie. @param scope the load balancer's */
export function subnetZone(scope: Scope, subnet: Subnet): Zone | undefined {
  const { availabilityZone: name } = subnet
  if (subnet.scope.accountId === scope.accountId)
    return name === undefined ? undefined : { text: name, byId: false }
  const id = subnet.zoneId ?? (name === undefined ? undefined : zoneId(subnet.scope, name))
  return id === undefined ? undefined : { text: id, byId: true }
}

/** The name of one of the load balancer's zones, told in the same way as the given one. */
export const zoneLike = (scope: Scope, name: string, { byId }: Zone): string | undefined =>
  byId ? zoneId(scope, name) : name

/** The zones in which a load balancer has subnets, told in the same way as the given one. */
export const enabledZones = (scope: Scope, balancer: LoadBalancer, zone: Zone): readonly string[] =>
  (balancer.AvailabilityZones ?? []).flatMap(({ ZoneName }) =>
    ZoneName === undefined ? [] : (zoneLike(scope, ZoneName, zone) ?? []),
  )

function zoneId(scope: Scope, name: string): string | undefined {
  const zones = listed(scope, 'ec2:DescribeAvailabilityZones', 'AvailabilityZones')
  return zones.known ? zones.value.find(({ ZoneName }) => ZoneName === name)?.ZoneId : undefined
}
