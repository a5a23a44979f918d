import { CfnApi } from 'aws-cdk-lib/aws-apigatewayv2'
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import type { RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { acknowledgeOpen, addStage, integrate } from './http-api.ts'

export interface ApiOptions {
  readonly logRetention: RetentionDays
  /** The one origin whose pages may ask. */
  readonly origin: string | undefined
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
  const route = integrate(scope, 'Api', api, target)
  route('ApiRoute', '$default', { authorizationType: 'AWS_IAM' })
  if (options.origin !== undefined)
    acknowledgeOpen(
      route('ApiPreflightRoute', 'OPTIONS /{proxy+}', { authorizationType: 'NONE' }),
      'browsers never sign a preflight request; the function answers it with headers alone',
    )
  addStage(scope, 'Api', api, {
    logRetention: options.logRetention,
    caller: '$context.identity.userArn',
  })
  return api
}
