/** What the two HTTP APIs have in common: one for machines (api.ts), one for people (page-api.ts). */
import { RemovalPolicy, Validations } from 'aws-cdk-lib'
import { type CfnApi, CfnIntegration, CfnRoute, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2'
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { expand } from './places.ts'

type Authorization =
  | { readonly authorizationType: 'AWS_IAM' | 'NONE' }
  | { readonly authorizationType: 'JWT'; readonly authorizerId: string }

/** @param id the beginning of the names of all that belongs to the API @returns what adds a route that leads to the function */
export function integrate(scope: Construct, id: string, api: CfnApi, target: LambdaFunction) {
  const integration = new CfnIntegration(scope, `${id}Integration`, {
    apiId: api.ref,
    integrationType: 'AWS_PROXY',
    integrationUri: target.functionArn,
    payloadFormatVersion: '2.0',
  })
  target.addPermission(`${id}Permission`, {
    principal: new ServicePrincipal('apigateway.amazonaws.com'),
    sourceArn: `${expand('arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:', {})}${api.ref}/*`,
  })
  return (routeId: string, routeKey: string, authorization: Authorization): CfnRoute =>
    new CfnRoute(scope, routeId, {
      apiId: api.ref,
      routeKey,
      ...authorization,
      target: `integrations/${integration.ref}`,
    })
}

export const acknowledgeOpen = (route: CfnRoute, reason: string): void =>
  Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason })

interface StageOptions {
  readonly logRetention: RetentionDays
  /** What of the request's context names who asks. */
  readonly caller: string
}

/** Its log has who asked, for what, and how it went; never what was answered. */
export function addStage(
  scope: Construct,
  id: string,
  api: CfnApi,
  { logRetention, caller }: StageOptions,
): void {
  const logs = new LogGroup(scope, `${id}Logs`, {
    retention: logRetention,
    removalPolicy: RemovalPolicy.DESTROY,
  })
  const format = {
    requestId: '$context.requestId',
    ip: '$context.identity.sourceIp',
    caller,
    request: '$context.httpMethod $context.path',
    status: '$context.status',
    milliseconds: '$context.responseLatency',
  }
  new CfnStage(scope, `${id}Stage`, {
    apiId: api.ref,
    stageName: '$default',
    autoDeploy: true,
    accessLogSettings: { destinationArn: logs.logGroupArn, format: JSON.stringify(format) },
    // A question about a path asks AWS dozens of things.
    defaultRouteSettings: { throttlingRateLimit: 20, throttlingBurstLimit: 40 },
  })
}
