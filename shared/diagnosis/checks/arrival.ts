/** Whether checks reach a target: because AWS says so, or because every path was walked. */
import { pathIsOpen } from '../ecs/checked-by.ts'
import type { GroupFacts, TargetFacts } from '../incident.ts'
import { readingOf } from '../reasons.ts'

/** AWS's reason code excludes dropped packets: something answered or refused. */
export const isAnswered = (group: GroupFacts, target: TargetFacts): boolean =>
  !readingOf(group, target).leaves.includes('path')

/** A Network Load Balancer says only that checks fail, so that an open path must be shown. */
export const arrives = (group: GroupFacts, target: TargetFacts): boolean =>
  isAnswered(group, target) || pathIsOpen(target)

export const isTimeout = ({ reason }: TargetFacts): boolean => reason === 'Target.Timeout'
