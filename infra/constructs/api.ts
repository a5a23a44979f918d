import { RemovalPolicy, Validations } from 'aws-cdk-lib'
import { CfnApi, CfnIntegration, CfnRoute, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2'
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { expand } from './places.ts'

export interface ApiOptions {
  readonly logRetention: RetentionDays
  /** The one origin whose pages may ask. */
  readonly origin: string | undefined
}

/** Who asked, for what, and how it went; never what was answered. */
const ACCESS_LOG = {
  requestId: '$context.requestId',
  ip: '$context.identity.sourceIp',
  caller: '$context.identity.userArn',
  request: '$context.httpMethod $context.path',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
}

/**
 * The HTTP API: closed to all but signed requests of who may `execute-api:Invoke` it. The function knows the routes.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html
 */
export function addApi(scope: Construct, target: LambdaFunction, options: ApiOptions): CfnApi {
  const api = new CfnApi(scope, 'Api', {
    name: 'health-check-auditor',
    description: 'What was found, and whether X can reach Y',
    protocolType: 'HTTP',
  })
  const integration = new CfnIntegration(scope, 'ApiIntegration', {
    apiId: api.ref,
    integrationType: 'AWS_PROXY',
    integrationUri: target.functionArn,
    payloadFormatVersion: '2.0',
  })
  const route = (id: string, routeKey: string, authorizationType: 'AWS_IAM' | 'NONE') =>
    new CfnRoute(scope, id, {
      apiId: api.ref,
      routeKey,
      authorizationType,
      target: `integrations/${integration.ref}`,
    })
  route('ApiRoute', '$default', 'AWS_IAM')
  if (options.origin !== undefined)
    acknowledgePreflight(route('ApiPreflightRoute', 'OPTIONS /{proxy+}', 'NONE'))
  addStage(scope, api, options.logRetention)
  target.addPermission('ApiPermission', {
    principal: new ServicePrincipal('apigateway.amazonaws.com'),
    sourceArn: `${expand('arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:', {})}${api.ref}/*`,
  })
  return api
}

const acknowledgePreflight = (route: CfnRoute): void =>
  Validations.of(route).acknowledge({
    id: 'AwsSolutions-APIG4',
    reason: 'browsers never sign a preflight request; the function answers it with headers alone',
  })

function addStage(scope: Construct, api: CfnApi, retention: RetentionDays): void {
  const logs = new LogGroup(scope, 'ApiLogs', { retention, removalPolicy: RemovalPolicy.DESTROY })
  new CfnStage(scope, 'ApiStage', {
    apiId: api.ref,
    stageName: '$default',
    autoDeploy: true,
    accessLogSettings: { destinationArn: logs.logGroupArn, format: JSON.stringify(ACCESS_LOG) },
    // A question about a path asks AWS dozens of things.
    defaultRouteSettings: { throttlingRateLimit: 20, throttlingBurstLimit: 40 },
  })
}
