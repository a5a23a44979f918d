/** Which targets are hit, grouped so that a bad zone or a single target shows. */
import type { FindingTarget } from '../../shared/findings/finding.ts'
import { plainText } from '../../shared/render/plain-text.ts'

const NAMED_AT_MOST = 6

/** `3 of 6 targets unhealthy, all in ap-northeast-1a: Target.Timeout "Request timed out"`, a line per group. */
export function targetLines(targets: readonly FindingTarget[]): readonly string[] {
  const affected = targets.filter(({ state }) => state !== 'healthy')
  const groups = groupBy(affected, sameState)
  return [...groups.values()].flatMap((group) => [
    `${amount(group, targets)} ${statusOf(group)}${reasonOf(group)}`,
    `  ${namesOf(group)}`,
  ])
}

/** `3 of 6`, for a table's column. */
export function targetCount(targets: readonly FindingTarget[]): string {
  const affected = targets.filter(({ state }) => state !== 'healthy').length
  return affected === targets.length ? `${affected || ''}` : `${affected} of ${targets.length}`
}

const sameState = ({ state, reason, description }: FindingTarget): string =>
  JSON.stringify([state, reason, description])

const amount = (group: readonly FindingTarget[], all: readonly FindingTarget[]): string =>
  group.length === all.length
    ? `${group.length} ${group.length === 1 ? 'target' : 'targets'}`
    : `${group.length} of ${all.length} targets`

const statusOf = (group: readonly FindingTarget[]): string =>
  `${plainText(group[0]?.state ?? '')}${zonesOf(group)}`

function zonesOf(group: readonly FindingTarget[]): string {
  const zones = groupBy(group, ({ availabilityZone }) => plainText(availabilityZone ?? 'no zone'))
  if (zones.size === 1)
    return zones.has('no zone') ? '' : `, ${group.length > 1 ? 'all ' : ''}in ${[...zones.keys()]}`
  return `, ${[...zones].map(([zone, members]) => `${members.length} in ${zone}`).join(', ')}`
}

function reasonOf([first]: readonly FindingTarget[]): string {
  const words = [
    first?.reason === undefined ? '' : plainText(first.reason),
    first?.description === undefined ? '' : `"${plainText(first.description)}"`,
  ].filter((word) => word !== '')
  return words.length === 0 ? '' : `: ${words.join(' ')}`
}

function namesOf(group: readonly FindingTarget[]): string {
  const names = group.map(({ id, port }) => plainText(id) + (port === undefined ? '' : `:${port}`))
  const rest = names.length - NAMED_AT_MOST
  return names.slice(0, NAMED_AT_MOST).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}
