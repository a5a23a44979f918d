/** What is asked, apart from how it arrived. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { type Authorizer, callerOf } from './caller.ts'

export interface ApiRequest {
  readonly method: string
  /** Without the stage, beginning with a slash. */
  readonly path: string
  readonly query: URLSearchParams
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
  /** Who asks, where an authorizer stands before the API. */
  readonly caller?: string | undefined
}

/**
 * An event of an HTTP API, payload format 2.0.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function requestOf(event: APIGatewayProxyEventV2): ApiRequest {
  const { rawPath, rawQueryString, headers, body = '', isBase64Encoded, requestContext } = event
  return {
    method: requestContext.http.method,
    path: withoutStage(rawPath, requestContext.stage),
    query: new URLSearchParams(rawQueryString),
    headers,
    body: isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body,
    caller: callerOf((requestContext as { readonly authorizer?: Authorizer }).authorizer),
  }
}

/** A named stage stands before the path. */
const withoutStage = (path: string, stage: string): string =>
  path === `/${stage}` || path.startsWith(`/${stage}/`) ? path.slice(stage.length + 1) || '/' : path
