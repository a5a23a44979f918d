/** Names and places of a broken path, as a title tells them. */
import { groupOf } from '../../reachability/filters.ts'
import type { Component } from '../../reachability/result.ts'
import type { Incident, TargetFacts } from '../incident.ts'
import type { Breach } from './breaches.ts'
import { targetsOf } from './breaches.ts'

export function groupName({ network }: Incident, id: string): string {
  const name = groupOf(network, id)?.name
  return name ? `${id} (${name})` : id
}

export const groupNames = (incident: Incident, ids: readonly string[]): string =>
  ids.map((id) => groupName(incident, id)).join(', ') || 'no security group'

export const balancerName = ({ paths }: Breach): string => {
  const { loadBalancer } = paths[0].probe
  return loadBalancer.LoadBalancerName ?? loadBalancer.LoadBalancerArn
}

/** "Route table rtb-0a1b", "Transit gateway route table tgw-rtb-0a1b"; the id alone of what is no table. */
export function tableName({ type, id }: Component): string {
  if (type === 'route-table') return `Route table ${id}`
  return type === 'transit-gateway-route-table' ? `Transit gateway route table ${id}` : id
}

/** A rule refers to the other end's group, but the way does not keep that: https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html */
export const refersInVain = ({ blocker }: Breach): boolean =>
  blocker.awsExplanationCode === 'SG_REFERENCES_NOT_PRESERVED'

/** Groups of the affected targets, each once. */
export const targetGroupIds = (breach: Breach): readonly string[] => [
  ...new Set(targetsOf(breach).flatMap(({ end }) => (end.known ? end.value.nic.groups.ids : []))),
]

export const checkPorts = (targets: readonly TargetFacts[]): string =>
  [...new Set(targets.map(({ checkPort }) => checkPort))].sort((a = 0, b = 0) => a - b).join(', ')

/** ", only for 10.0.1.15" or ", only from the node in eu-west-1a": empty when every path is broken alike. */
export function placeText(breach: Breach, suspects: readonly TargetFacts[]): string {
  const broken = targetsOf(breach)
  const zones = new Set(breach.paths.map(({ probe }) => probe.node.availabilityZone ?? probe.node.subnetId))
  const allZones = new Set(
    suspects.flatMap(({ probes }) =>
      probes.known ? probes.value.map(({ node }) => node.availabilityZone ?? node.subnetId) : [],
    ),
  )
  if (zones.size < allZones.size) return `, only from the node in ${[...zones].join(', ')}`
  if (broken.length < suspects.length) return `, only for ${shortList(broken.map(({ id }) => id))}`
  return ''
}

const SHOWN = 3

const shortList = (items: readonly string[]): string =>
  items.length > SHOWN
    ? `${items.slice(0, SHOWN).join(', ')} and ${items.length - SHOWN} more`
    : items.join(', ')
