/**
 * Where else in its VPC a load balancer could have a node: subnets of other Availability Zones of the Region. Local Zones,
 * Wavelength Zones and Outposts are none: what stands there has no zone to turn to.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/availability-zones.html
 */
import { known, listed, unknown } from '../../snapshot/known.ts'
import type { Known, LoadBalancer, Scope, Subnet } from '../../snapshot/types.ts'

const SUBNETS = 'ec2:DescribeSubnets'
const ZONES = 'ec2:DescribeAvailabilityZones'
const BALANCERS = 'elasticloadbalancing:DescribeLoadBalancers'

interface OtherSubnet {
  readonly zone: string
  readonly subnetId: string
}

export interface OneZone {
  readonly zone: string
  /** Sorted by zone; none where the VPC has no other. */
  readonly others: readonly OtherSubnet[]
}

/** @returns undefined where the load balancer has nodes in several zones, or in none of the Region's own */
export function oneZoneOf(scope: Scope, balancer: LoadBalancer): Known<OneZone | undefined> {
  const { AvailabilityZones: enabled, LoadBalancerArn: arn, VpcId } = balancer
  if (!enabled || VpcId === undefined)
    return unknown(BALANCERS, `the zones or the VPC of ${arn} are not told`)
  const [only, second] = enabled
  if (!only || second) return known(undefined)
  const { ZoneName: zone, SubnetId } = only
  if (zone === undefined) return unknown(BALANCERS, `the zone of ${arn} is not told`)
  if (scope.coverage !== 'region') return unknown(SUBNETS, 'only those of the selection were collected')
  const list = listed(scope, SUBNETS, 'Subnets')
  if (!list.known) return list
  const places = list.value.map((subnet) => placeOf(scope, subnet, VpcId))
  const own = places[list.value.findIndex((subnet) => subnet.SubnetId === SubnetId)]
  if (own === undefined) return unknown(SUBNETS, `the subnet of ${arn} is not among what was collected`)
  if (!own.known) return own
  if (own.value === undefined) return known(undefined)
  return othersThan(zone, places)
}

/** Undefined for another VPC's subnet, and for one that lies in none of the Region's zones. */
type Place = Known<OtherSubnet | undefined>

function placeOf(scope: Scope, subnet: Subnet, vpcId: string): Place {
  const { SubnetId: subnetId, VpcId, AvailabilityZone: zone, OutpostArn } = subnet
  if ((VpcId !== undefined && VpcId !== vpcId) || OutpostArn !== undefined) return known(undefined)
  if (VpcId === undefined || zone === undefined)
    return unknown(SUBNETS, `the VPC or the zone of ${subnetId} is not told`)
  const zones = listed(scope, ZONES, 'AvailabilityZones')
  if (!zones.known) return zones
  const type = zones.value.find(({ ZoneName }) => ZoneName === zone)?.ZoneType
  if (type === undefined) return unknown(ZONES, `what kind of zone ${zone} is, is not told`)
  return known(type === 'availability-zone' ? { zone, subnetId } : undefined)
}

function othersThan(zone: string, places: readonly Place[]): Known<OneZone> {
  const others = places
    .flatMap((place) => (place.known && place.value && place.value.zone !== zone ? [place.value] : []))
    .sort((a, b) => a.zone.localeCompare(b.zone))
  const gap = places.find((place) => !place.known)
  return others.length === 0 && gap && !gap.known ? gap : known({ zone, others })
}
