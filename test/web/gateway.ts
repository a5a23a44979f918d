/**
 * API Gateway, played: the routes and the authorizer are those of the deployed template, the function has the
 * environment that it has there.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose'
import { type ApiServer, startApi } from '../../cli/local/api-server.ts'
import { contextOf } from '../../cli/local/context.ts'
import { createHandler } from '../../functions/query-findings.ts'
import type { PageLogin } from '../../infra/constructs/page-api.ts'
import type { ApiPorts } from '../../shared/api/route.ts'
import { discoverLogin } from '../../shared/login/discover.ts'
import { loginSettings } from '../../shared/login/settings.ts'
import { readSite } from '../../shared/read-site.ts'
import { deployed } from '../infra/deployed.ts'
import { reference } from '../infra/template.ts'

interface Route {
  readonly method: string
  readonly path: RegExp
  readonly authorizationType: string
}

interface Authorizer {
  readonly Issuer: string
  readonly Audience: readonly string[]
}

interface Environment {
  readonly Variables: Readonly<Record<string, string>>
}

export interface Gateway extends ApiServer {
  /** `GET /api/findings 401`, in order. */
  readonly log: readonly string[]
}

/** @param jwks where the provider's keys are: API Gateway finds them by the issuer */
export async function serveBehindLogin(login: PageLogin, jwks: string, ports: ApiPorts): Promise<Gateway> {
  const { routes, authorizer, environment } = pageApi(login)
  const settings = loginSettings(environment)
  const serving = { site: readSite('dist/web'), login: settings && discoverLogin(settings), closed: true }
  const handler = createHandler(ports, serving)
  const keys = createRemoteJWKSet(new URL(jwks))
  const log: string[] = []

  const answer = async (event: APIGatewayProxyEventV2) => {
    const route = routes.find((one) => takes(one, event))
    if (!route) return refusal(404, 'Not Found')
    const asked = { ...event, routeKey: route.method }
    if (route.authorizationType === 'NONE') return handler(asked, contextOf('query-findings'))
    const checked = await claimsOf(event.headers.authorization, authorizer, keys)
    if (typeof checked === 'string') return refusal(401, 'Unauthorized', { 'www-authenticate': checked })
    const claims = Object.fromEntries(Object.entries(checked).map(([name, value]) => [name, String(value)]))
    const requestContext = { ...event.requestContext, authorizer: { jwt: { claims, scopes: null } } }
    return handler({ ...asked, requestContext }, contextOf('query-findings'))
  }
  const server = await startApi(async (event) => {
    const { statusCode = 0, ...rest } = (await answer(event)) ?? {}
    log.push(`${event.requestContext.http.method} ${event.rawPath} ${statusCode}`)
    return { statusCode, ...rest }
  }, 0)
  return { ...server, log }
}

function pageApi(login: PageLogin) {
  const { Resources } = deployed({ page: { login } })
  const routes = Object.values(Resources).flatMap(({ Type, Properties }): readonly Route[] => {
    if (Type !== 'AWS::ApiGatewayV2::Route' || Properties.ApiId !== reference('PageApi')) return []
    const [method = '', path = ''] = String(Properties.RouteKey).split(' ')
    return [{ method, path: patternOf(path), authorizationType: String(Properties.AuthorizationType) }]
  })
  const authorizer = Resources.PageApiAuthorizer?.Properties.JwtConfiguration as unknown as Authorizer
  const environment = Resources.QueryFindingsFunction?.Properties.Environment as unknown as Environment
  return { routes, authorizer, environment: environment.Variables }
}

const patternOf = (path: string): RegExp =>
  new RegExp(
    `^${path
      .replaceAll('.', '\\.')
      .replace(/\{\w+\+\}/g, '.+')
      .replace(/\{\w+\}/g, '[^/]+')}$`,
  )

const takes = ({ method, path }: Route, { rawPath, requestContext }: APIGatewayProxyEventV2): boolean =>
  (method === 'ANY' || method === requestContext.http.method) && path.test(rawPath)

const refusal = (statusCode: number, message: string, headers: Readonly<Record<string, string>> = {}) => ({
  statusCode,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ message }),
})

/** @returns the claims, or the challenge for who has no token that is taken */
async function claimsOf(
  header: string | undefined,
  { Issuer, Audience }: Authorizer,
  keys: ReturnType<typeof createRemoteJWKSet>,
): Promise<JWTPayload | string> {
  const token = /^Bearer (.+)$/.exec(header ?? '')?.[1]
  if (token === undefined) return 'Bearer'
  try {
    const { payload } = await jwtVerify(token, keys, { issuer: Issuer, requiredClaims: ['exp'] })
    // `client_id` counts only where there is no `aud`.
    const audiences = [payload.aud ?? payload.client_id].flat()
    return audiences.some((one) => Audience.includes(String(one)))
      ? payload
      : invalid('the token does not have a valid audience')
  } catch (error) {
    return invalid(error instanceof errors.JWTExpired ? 'the token has expired' : 'invalid token')
  }
}

const invalid = (why: string): string => `Bearer scope="" error="invalid_token" error_description="${why}"`
