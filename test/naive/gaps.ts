/** Where the engine names something that it does not know, and the naive evaluator judges nevertheless. */
import type { Explanation } from '../../shared/reachability/result.ts'

/** The engine follows ways of which AWS takes one up to where they part for good: to a NAT gateway and past it. */
const CHOICE = /which of [\w, -]+ of tgw-attach-\w+ packets come out of is AWS's choice/

/** Of what is blocked anyway; the naive evaluator takes it for blocked, too, or does not judge it. */
const BESIDES: readonly RegExp[] = [
  CHOICE,
  /whether tgw-\w+ takes what a transit gateway handed out is not documented/,
  /whether rules that refer to sg-\w+ match depends on a path that is not known/,
]

export const hasGap = ({ unknown }: Explanation): boolean => unknown.length > 0

export const isExpected = ({ unknown }: Explanation): boolean =>
  unknown.every(({ because }) => BESIDES.some((reason) => reason.test(because)))

export const leavesChoice = ({ verdict, unknown }: Explanation): boolean =>
  verdict === 'unknown' && unknown.some(({ because }) => CHOICE.test(because))
