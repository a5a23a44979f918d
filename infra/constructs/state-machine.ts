import { RemovalPolicy, Validations } from 'aws-cdk-lib'
import { CfnRule } from 'aws-cdk-lib/aws-events'
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions'
import type { Construct } from 'constructs'
import { type Access, deliverLogs, invokeFunction, runChildren, startExecution } from '../access.ts'
import type { StateMachineSpec } from '../state-machines.ts'
import { expand, type Places } from './places.ts'
import { acknowledgeWildcards, policyOf } from './policy.ts'
import { rate } from './triggers.ts'

export interface StateMachineContext {
  readonly target: LambdaFunction
  /** `ACCOUNT/REGION`. */
  readonly places: readonly string[]
  readonly every: readonly [number, 'hour' | 'minute']
  readonly undelivered: Queue
  readonly logRetention: RetentionDays
}

/** One state machine, started by its schedule. */
export function addStateMachine(
  scope: Construct,
  id: string,
  spec: StateMachineSpec,
  context: StateMachineContext,
): { readonly arn: string; readonly schedule: CfnRule } {
  const name = `<AWS::StackName>-${id}`
  // Log groups whose names begin so need no policy of their own, of which an account has few.
  const logs = new LogGroup(scope, `${id}Logs`, {
    logGroupName: expand(`/aws/vendedlogs/states/${name}`, {}),
    retention: context.logRetention,
    removalPolicy: RemovalPolicy.DESTROY,
  })
  const { target } = context
  const access = [invokeFunction, deliverLogs, ...(spec.type === 'STANDARD' ? runChildren(name) : [])]
  const role = addRole(scope, `${id}Role`, 'states', spec.description, access, {
    Function: target.functionArn,
  })
  const machine = new CfnStateMachine(scope, id, {
    stateMachineName: expand(name, {}),
    stateMachineType: spec.type,
    roleArn: role.roleArn,
    definitionString: expand(JSON.stringify(spec.definition), {}),
    definitionSubstitutions: {
      Function: target.functionArn,
      Places: context.places.join(','),
    },
    loggingConfiguration: {
      destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: logs.logGroupArn } }],
      includeExecutionData: true,
      level: spec.type === 'EXPRESS' ? 'ERROR' : 'ALL',
    },
  })
  acknowledge(machine, spec)
  return { arn: machine.ref, schedule: addStart(scope, id, machine.ref, spec, context) }
}

function acknowledge(machine: CfnStateMachine, { type }: StateMachineSpec): void {
  const reasons = [
    ['AwsSolutions-SF2', 'it makes one call, whose function has its own log and metrics'],
    ...(type === 'EXPRESS' ? [['AwsSolutions-SF1', 'it runs every minute: what failed is logged']] : []),
  ]
  for (const [id = '', reason = ''] of reasons) Validations.of(machine).acknowledge({ id, reason })
}

function addRole(
  scope: Construct,
  id: string,
  service: string,
  description: string,
  access: readonly Access[],
  places: Places,
): Role {
  const role = new Role(scope, id, {
    assumedBy: new ServicePrincipal(`${service}.amazonaws.com`),
    description,
    inlinePolicies: { Access: policyOf(access, places) },
  })
  acknowledgeWildcards(role, access)
  return role
}

function addStart(
  scope: Construct,
  id: string,
  arn: string,
  spec: StateMachineSpec,
  { every: [count, unit], undelivered }: StateMachineContext,
): CfnRule {
  const role = addRole(scope, `${id}ScheduleRole`, 'events', `Starts ${id}`, [startExecution], {
    StateMachine: arn,
  })
  return new CfnRule(scope, `${id}Schedule`, {
    scheduleExpression: rate(count, unit),
    state: 'ENABLED',
    targets: [
      {
        id: 'StateMachine',
        arn,
        roleArn: role.roleArn,
        deadLetterConfig: { arn: undelivered.queueArn },
        retryPolicy: spec.retryPolicy,
      },
    ],
  })
}
