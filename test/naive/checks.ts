/** What is asked on the way of one leg. */
import type { Aws } from './aws.ts'
import type { Header } from './header.ts'
import { aclAllows, aclOf } from './network-acls.ts'
import type { Goal } from './place.ts'
import type { Crossing, Walk } from './walk.ts'

/** A layer that blocks: `forward egress network-acl acl-1`. */
export type Layer = string
export type Leg = 'forward' | 'return'
export type Check = readonly [layer: Layer, passes: boolean]

export const checksOf = (
  aws: Aws,
  leg: Leg,
  crossings: readonly Crossing[],
  header: Header,
): readonly Check[] =>
  crossings.map(({ direction, subnetId, remote }) => {
    const acl = aclOf(aws, subnetId)
    return [`${leg} ${direction} network-acl ${acl?.NetworkAclId}`, aclAllows(acl, direction, remote, header)]
  })

/** Does the way break where nobody can say by which subnets it would have gone on? */
export const isCut = ({ end, hops }: Walk, goal: Goal): boolean =>
  end === 'breaks' && (hops.includes('transit') || (hops.length > 1 && goal.inside !== undefined))

/** A way that breaks at its first hop would end at the edge of the goal's subnet, whatever was in between. */
export const judgedCrossings = (way: Walk, goal: Goal, source: string): readonly Crossing[] =>
  way.end === 'breaks' && goal.inside && !isCut(way, goal)
    ? [...way.crossings, { direction: 'ingress', subnetId: goal.inside.subnetId, remote: source }]
    : way.crossings
