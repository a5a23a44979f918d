/** Which target group's checks made ECS stop a task, and whether their path can be trusted. */
import { listed } from '../../snapshot/known.ts'
import type { Known, Scope, Service, TargetGroup } from '../../snapshot/types.ts'
import { groupsByArn } from '../facts/incidents.ts'
import type { GroupFacts, Incident, TargetFacts } from '../incident.ts'
import { isFailing, readingOf } from '../reasons.ts'
import type { Stop } from './stops.ts'

/** "(target-group arn:... or name)", as the text of the stop names it. */
const named = ({ reason }: Stop): string | undefined => /target-?group\s+([^\s)]+)/i.exec(reason)?.[1]

const isNamed = (group: TargetGroup, name: string): boolean =>
  group.TargetGroupArn === name || group.TargetGroupName === name

/** Stops for this group's checks, or for checks of a group that the text does not name. */
export const stopsFor = (stops: readonly Stop[], group: TargetGroup): readonly Stop[] =>
  stops.filter((stop) => isNamed(group, named(stop) ?? group.TargetGroupArn))

/** The groups that a service's tasks are registered in; an incident of one group asks about that one only. */
export function groupsOf(
  { subject, group, scope }: Incident,
  service: Service,
): Known<readonly TargetGroup[]> {
  if (group && subject.kind === 'target-group') return { known: true, value: [group.targetGroup] }
  const arns = service.loadBalancers?.flatMap(({ targetGroupArn }) => targetGroupArn ?? []) ?? []
  return arns.length === 0 ? { known: true, value: [] } : listedGroups(scope, arns)
}

function listedGroups(scope: Scope, arns: readonly string[]): Known<readonly TargetGroup[]> {
  const operation = 'elasticloadbalancing:DescribeTargetGroups'
  const list = listed(scope, operation, 'TargetGroups')
  if (!list.known) return list
  const [only = '', ...others] = arns
  const found =
    others.length === 0
      ? (groupsByArn(list.value).get(only) ?? [])
      : list.value.filter(({ TargetGroupArn }) => arns.includes(TargetGroupArn))
  if (found.length === arns.length) return { known: true, value: found }
  return {
    known: false,
    missing: { missing: operation, because: `not all of ${arns.join(', ')} were collected` },
  }
}

/** `open`: some check arrives. `closed`: the path explains the failures. Absent: nothing is registered to tell. */
type PathState =
  | { readonly kind: 'open' | 'closed' | 'untold' }
  | { readonly kind: 'unknown'; readonly missing: string; readonly because: string }

/** A target that answered or refused proves its path; otherwise the walk of every health check decides. */
function pathStateOf(group: GroupFacts): PathState {
  if (!group.targets.known) return { kind: 'unknown', ...group.targets.missing }
  const checked = group.targets.value.filter(
    (target) => isFailing(target) || ['initial', 'healthy'].includes(target.state),
  )
  if (checked.length === 0) return { kind: 'untold' }
  if (checked.some((target) => arrives(group, target))) return { kind: 'open' }
  for (const { probes } of checked) {
    if (!probes.known) return { kind: 'unknown', ...probes.missing }
    const gap = probes.value.flatMap(({ explanation }) => explanation.unknown)[0]
    if (gap) return { kind: 'unknown', ...gap }
  }
  return { kind: checked.every(pathIsOpen) ? 'open' : 'closed' }
}

/** Of a group of which the incident does not hold the targets nothing is told. */
export const pathTo = ({ group: own }: Incident, { TargetGroupArn }: TargetGroup): PathState =>
  own?.targetGroup.TargetGroupArn === TargetGroupArn ? pathStateOf(own) : { kind: 'untold' }

const arrives = (group: GroupFacts, target: TargetFacts): boolean =>
  target.state === 'healthy' || !readingOf(group, target).leaves.includes('path')

export const pathIsOpen = ({ probes }: TargetFacts): boolean =>
  probes.known &&
  probes.value.length > 0 &&
  probes.value.every(({ explanation }) => explanation.verdict === 'reachable')
