/** What AWS derives for targets from the configuration that a patch changes. */
import type { Scope, TargetHealthDescription } from '../../snapshot/types.ts'
import { changeKeyed } from './change.ts'

const OPERATION = 'elasticloadbalancing:DescribeTargetHealth'

/** What AWS says of a target whose checks begin. */
export const REGISTERING = { State: 'initial', Reason: 'Elb.RegistrationInProgress' } as const

/** The scope with the descriptions of one group's targets changed; as it was where they are not known. */
export const changeTargets = (
  scope: Scope,
  targetGroupArn: string,
  change: (target: TargetHealthDescription) => TargetHealthDescription,
): Scope =>
  changeKeyed(scope, OPERATION, targetGroupArn, (response) =>
    response.TargetHealthDescriptions
      ? { ...response, TargetHealthDescriptions: response.TargetHealthDescriptions.map(change) }
      : undefined,
  ) ?? scope

/** Targets that were not checked for a reason that is gone are registered anew. */
export const checkAgain = (
  scope: Scope,
  targetGroupArn: string,
  reason: 'Target.NotInUse' | 'Target.InvalidState',
  concerned: (target: TargetHealthDescription) => boolean = () => true,
): Scope =>
  changeTargets(scope, targetGroupArn, (target) =>
    target.TargetHealth?.Reason === reason && concerned(target)
      ? { ...target, TargetHealth: REGISTERING }
      : target,
  )
