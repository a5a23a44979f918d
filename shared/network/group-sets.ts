/** The sets of groups that interfaces carry, side by side: a verdict reads them without following pointers. */

/** The groups of an interface, shared by all interfaces that carry the same ones. */
export interface GroupSet {
  readonly ids: readonly string[]
  /** Indexes into `network.groups`, -1 for a group that was not collected. */
  readonly indexes: readonly number[]
  /** False when the response did not tell the groups; known and without any: nothing is filtered. */
  readonly known: boolean
  /** Where it stands in `network.groupSets`; -1 where it is not known or not all of its groups were collected. */
  readonly place: number
}

/** At the place of a set: how many groups (n), their indexes into `network.groups` (n). */
export type GroupSets = Int32Array

/** The place of the set of whoever carries no groups. */
export const EMPTY_SET = 0

/** What interfaces did not tell. */
export const NOT_TOLD: GroupSet = { ids: [], indexes: [], known: false, place: -1 }

export interface GroupSetMaker {
  readonly setOf: (ids: readonly string[]) => GroupSet
  readonly all: () => GroupSets
}

export function groupSetMaker(groupIndex: ReadonlyMap<string, number>): GroupSetMaker {
  const words = [0]
  const sets = new Map<string, GroupSet>()
  function add(key: string, ids: readonly string[]): GroupSet {
    const indexes = ids.map((id) => groupIndex.get(id) ?? -1)
    const made = { ids, indexes, known: true, place: indexes.includes(-1) ? -1 : words.length }
    if (made.place >= 0) words.push(indexes.length, ...indexes)
    sets.set(key, made)
    return made
  }
  return {
    setOf(ids) {
      const sorted = ids.length > 1 ? [...ids].sort() : ids
      const key = sorted.join()
      return sets.get(key) ?? add(key, sorted)
    },
    all: () => Int32Array.from(words),
  }
}
