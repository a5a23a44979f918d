/** Where the engine names something that it does not know, and the naive evaluator judges nevertheless. */
import type { Explanation } from '../../shared/reachability/result.ts'
import type { Enumerated } from './enumerate.ts'

/**
 * Ways that the engine does not follow to their ends: where AWS takes one of some they may part for good, one through
 * a NAT gateway and one past it; and whether a transit gateway takes packets back AWS does not tell.
 */
const LEFT: readonly RegExp[] = [
  /which of [\w, -]+ of tgw-attach-\w+ packets come out of is AWS's choice/,
  /whether tgw-\w+ takes what a transit gateway handed out is not documented/,
]

/** What makes no difference, since packets do not get that far. */
const BESIDES: readonly RegExp[] = [
  ...LEFT,
  /whether rules that refer to sg-\w+ match depends on a path that is not known/,
  /what lies behind e?igw-\w+ is not analysed/,
]

export const hasGap = ({ unknown }: Explanation): boolean => unknown.length > 0

export const isExpected = ({ unknown }: Explanation): boolean =>
  unknown.every(({ because }) => BESIDES.some((reason) => reason.test(because)))

/** Whether there may be more on the way than the engine says; never that a blocked packet passes. */
export const isLeft = ({ verdict, unknown }: Explanation, naive: Enumerated): boolean =>
  unknown.some(({ because }) => LEFT.some((reason) => reason.test(because))) &&
  (verdict === 'unknown' || (verdict === 'blocked' && naive.verdict === 'blocked'))
