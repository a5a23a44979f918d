import { Aws } from 'aws-cdk-lib'
import type { CfnRule } from 'aws-cdk-lib/aws-events'
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import type { FunctionName } from '../functions.ts'
import { type StateMachineName, type StateMachineSpec, stateMachines } from '../state-machines.ts'
import type { Places } from './places.ts'
import { addStateMachine, type StateMachineContext } from './state-machine.ts'

export interface StateMachinesContext extends Pick<StateMachineContext, 'undelivered' | 'logRetention'> {
  readonly watchMinutes: number
  readonly sweepHours: number
  /** `ACCOUNT/REGION`. */
  readonly memberPlaces: readonly string[]
}

/** The state machines of ../state-machines.ts. */
export function addStateMachines(
  scope: Construct,
  functions: Readonly<Record<FunctionName, LambdaFunction>>,
  { watchMinutes, sweepHours, memberPlaces, ...shared }: StateMachinesContext,
): { readonly arns: Places; readonly schedules: readonly CfnRule[] } {
  const every = { Sweep: [sweepHours, 'hour'], WatchMembers: [watchMinutes, 'minute'] } as const
  const arns: Record<string, string | undefined> = {}
  const schedules: CfnRule[] = []
  for (const [id, spec] of Object.entries(stateMachines) as [StateMachineName, StateMachineSpec][]) {
    arns[`${id}Arn`] = undefined
    if (spec.membersOnly && memberPlaces.length === 0) continue
    const own = spec.membersOnly ? [] : [`${Aws.ACCOUNT_ID}/${Aws.REGION}`]
    const { arn, schedule } = addStateMachine(scope, id, spec, {
      target: functions[spec.invokes],
      places: [...own, ...memberPlaces],
      every: every[id],
      ...shared,
    })
    arns[`${id}Arn`] = arn
    schedules.push(schedule)
  }
  return { arns, schedules }
}
