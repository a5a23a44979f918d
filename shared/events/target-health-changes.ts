/** What was known of a target group's targets, against what DescribeTargetHealth says now. Pure. */
import type { TargetChange, TargetState } from './trigger.ts'

/** A target as DescribeTargetHealth reports it. */
export interface TargetHealth {
  readonly targetId: string
  readonly port?: number | undefined
  readonly state: string
  readonly reason?: string | undefined
  readonly description?: string | undefined
}

/** States in which a target gets no traffic and somebody should know why. */
const TROUBLE: readonly string[] = ['unhealthy', 'unhealthy.draining', 'unavailable', 'unused']

export const inTrouble = ({ state }: TargetState): boolean => TROUBLE.includes(state)

const NOT_SEEN: TargetState = { state: 'not-seen' }
const NOT_REGISTERED: TargetState = { state: 'not-registered' }

/**
 * The changes worth an audit: into trouble, out of it, or to another reason. A target that starts, drains or
 * leaves while it was well is everyday life.
 */
export function targetHealthChanges(
  before: readonly TargetHealth[],
  now: readonly TargetHealth[],
): readonly TargetChange[] {
  const known = new Map(before.map((target) => [targetKey(target), target]))
  const seen = new Set(now.map(targetKey))
  const arrived = now.map((target) => change(target, known.get(targetKey(target)) ?? NOT_SEEN, target))
  const gone = before
    .filter((target) => !seen.has(targetKey(target)))
    .map((target) => change(target, target, NOT_REGISTERED))
  return [...arrived, ...gone].filter(matters)
}

const targetKey = ({ targetId, port }: { readonly targetId: string; readonly port?: number | undefined }) =>
  `${targetId}#${port ?? ''}`

const change = (target: TargetHealth, from: TargetState, to: TargetState): TargetChange => ({
  targetId: target.targetId,
  ...(target.port !== undefined && { port: target.port }),
  from: stateOf(from),
  to: {
    ...stateOf(to),
    ...(to === target && target.description !== undefined && { description: target.description }),
  },
})

const stateOf = ({ state, reason }: TargetState): TargetState => ({
  state,
  ...(reason !== undefined && { reason }),
})

const matters = ({ from, to }: TargetChange): boolean =>
  (inTrouble(from) || inTrouble(to)) && (from.state !== to.state || from.reason !== to.reason)
