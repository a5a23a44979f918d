/** The sets of groups that interfaces carry, side by side: a verdict reads them without following pointers. */
import type { GroupSet } from './interfaces.ts'

export interface GroupSets {
  /** By number of the set: where its groups begin; those of the next set begin where they end. */
  readonly begins: Int32Array
  /** Indexes into `network.groups`, -1 for a group that was not collected. */
  readonly groups: Int32Array
}

/** The set of whoever carries no groups. */
export const EMPTY_SET = 0

/** @param sets in the order of their numbers, which count from 1 */
export function groupSetsOf(sets: readonly GroupSet[]): GroupSets {
  const begins = new Int32Array(sets.length + 2)
  sets.forEach(({ indexes }, i) => {
    begins[i + 2] = (begins[i + 1] as number) + indexes.length
  })
  return { begins, groups: Int32Array.from(sets.flatMap(({ indexes }) => indexes)) }
}
