import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { type IManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda'
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { type Access, useKey, writeLogs } from '../access.ts'
import { type FunctionSpec, resourceName, type Setting } from '../functions.ts'
import type { Places } from './places.ts'
import { acknowledgeWildcards, policyOf } from './policy.ts'

export interface FunctionContext {
  /** Folder of the built functions, one folder each. */
  readonly bundles: string
  readonly places: Places
  readonly collectPolicy: IManagedPolicy
  readonly settings: Readonly<Record<Setting, string | undefined>>
  readonly logRetention: RetentionDays
}

/** One Lambda function with its own log group and its own role. @param trigger what the trigger needs of the role */
export function addFunction(
  scope: Construct,
  name: string,
  spec: FunctionSpec,
  { bundles, places, collectPolicy, settings, logRetention }: FunctionContext,
  trigger: readonly Access[] = [],
): LambdaFunction {
  const id = resourceName(name)
  const logGroup = new LogGroup(scope, `${id}Logs`, {
    retention: logRetention,
    removalPolicy: RemovalPolicy.DESTROY,
  })
  const access = [...spec.access, ...trigger, writeLogs, useKey]
  const role = new Role(scope, `${id}Role`, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    description: `${name}: ${spec.description}`,
    ...(spec.collects && { managedPolicies: [collectPolicy] }),
    inlinePolicies: { Access: policyOf(access, { ...places, Logs: logGroup.logGroupArn }) },
  })
  acknowledgeWildcards(role, access, places)
  return new LambdaFunction(scope, `${id}Function`, {
    description: spec.description,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: 'index.handler',
    code: Code.fromAsset(`${bundles}/${name}`),
    memorySize: spec.memoryMegabytes,
    timeout: Duration.seconds(spec.timeoutSeconds),
    environment: environmentOf(spec, settings),
    role,
    logGroup,
  })
}

function environmentOf(
  { settings }: FunctionSpec,
  values: FunctionContext['settings'],
): Record<string, string> {
  const given = settings.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]]))
  return Object.fromEntries(given)
}
