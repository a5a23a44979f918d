import { Aws } from 'aws-cdk-lib'
import { CfnApi, CfnAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2'
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import type { RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { DATA_ROUTE, openRoutes } from '../page-routes.ts'
import { acknowledgeOpen, addStage, integrate } from './http-api.ts'

/** The OpenID provider that knows who may see findings: Cognito, Okta, Entra, any. docs/deploy.md tells how to set it up. */
export interface PageLogin {
  /** As its tokens name it: https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI */
  readonly issuer: string
  /** A public client: authorization code with PKCE, no secret. */
  readonly clientId: string
  /** Whom the provider's access tokens are for, where they are to be used. @default the ID token, which is for the client */
  readonly audience?: string | undefined
  /** Separated by spaces. @default openid email */
  readonly scopes?: string | undefined
}

export interface Page {
  readonly login: PageLogin
}

/** @throws Error for a login that no provider would answer */
export function checkLogin({ scopes = 'openid' }: PageLogin): void {
  if (!scopes.split(' ').includes('openid'))
    throw new Error(
      `page.login.scopes ${JSON.stringify(scopes)}: openid must be among them, as in "openid email"`,
    )
}

/** The API before it has routes: the functions have to know its address. */
export const addPageApi = (scope: Construct): CfnApi =>
  new CfnApi(scope, 'PageApi', {
    name: 'health-check-auditor-page',
    description: 'The findings page, for people who sign in',
    protocolType: 'HTTP',
  })

export const urlOf = (api: CfnApi): string => `https://${api.ref}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`

interface PageRoutesOptions {
  readonly login: PageLogin
  readonly logRetention: RetentionDays
}

/**
 * The page's own files are open; data is for who brings a token of the login's issuer, made for its audience.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export function addPageRoutes(
  scope: Construct,
  api: CfnApi,
  target: LambdaFunction,
  { login, logRetention }: PageRoutesOptions,
): void {
  const route = integrate(scope, 'PageApi', api, target)
  const authorizer = new CfnAuthorizer(scope, 'PageApiAuthorizer', {
    apiId: api.ref,
    authorizerType: 'JWT',
    identitySource: ['$request.header.Authorization'],
    jwtConfiguration: { issuer: login.issuer, audience: [login.audience ?? login.clientId] },
    name: 'login',
  })
  route('PageApiRoute', DATA_ROUTE, { authorizationType: 'JWT', authorizerId: authorizer.ref })
  for (const [id, routeKey] of Object.entries(openRoutes))
    acknowledgeOpen(
      route(id, routeKey, { authorizationType: 'NONE' }),
      'the files of the page, which hold no finding: nobody can sign in before they are there',
    )
  // The subject, not the e-mail address: logs are read by more people than findings.
  addStage(scope, 'PageApi', api, { logRetention, caller: '$context.authorizer.claims.sub' })
}
