/** What API Gateway (HTTP API, payload 2.0) hands to a function. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import type { Authorizer } from '../../shared/api/caller.ts'

/** A signed request. */
export const signed: Authorizer = {
  iam: { userArn: 'arn:aws:sts::111122223333:assumed-role/on-call/baker' },
}

export interface Call {
  readonly method?: string
  /** With its query. */
  readonly url: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** @default `$default` */
  readonly stage?: string
  /** As API Gateway does where a type is not text. */
  readonly base64?: boolean
  /** What the API's authorizer found out. @default there is none */
  readonly authorizer?: Authorizer
}

/** A body that is text goes as it is. */
export function httpApiEvent(call: Call) {
  const { method = 'GET', url, body, headers = {}, stage = '$default', base64 = false, authorizer } = call
  const [rawPath = '', rawQueryString = ''] = url.split('?')
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: stage === '$default' ? rawPath : `/${stage}${rawPath}`,
    rawQueryString,
    headers: { ...(text !== undefined && { 'content-type': 'application/json' }), ...headers },
    requestContext: {
      accountId: '111122223333',
      apiId: 'r3pmxmplak',
      domainName: 'r3pmxmplak.execute-api.ap-northeast-1.amazonaws.com',
      domainPrefix: 'r3pmxmplak',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '192.0.2.7', userAgent: 'curl/8.5.0' },
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey: '$default',
      stage,
      time: '20/Nov/2026:09:00:00 +0000',
      timeEpoch: 1_795_165_200_000,
      ...(authorizer && { authorizer }),
    },
    ...(text !== undefined && { body: base64 ? Buffer.from(text).toString('base64') : text }),
    isBase64Encoded: base64,
  } satisfies APIGatewayProxyEventV2
}
