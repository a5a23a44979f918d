/**
 * API Gateway's integrations that call a load balancer over a VPC link.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/private-integration.html
 */
import { keyedResponse, known, listed, unknown } from '../../snapshot/known.ts'
import type { KeyedResponse } from '../../snapshot/operations.ts'
import type { Known, LoadBalancer, Missing, Scope } from '../../snapshot/types.ts'
import { type Link, linkById } from './vpc-links.ts'

const RESOURCES = 'apigateway:GetResources'
const INTEGRATIONS = 'apigatewayv2:GetIntegrations'

type RestResource = NonNullable<KeyedResponse<typeof RESOURCES>['items']>[number]
type HttpIntegration = NonNullable<KeyedResponse<typeof INTEGRATIONS>['Items']>[number]

interface Call {
  /** "GET /orders of the REST API shop" */
  readonly says: string
  readonly apiId: string
  readonly link: Link
}

/** A REST API names a URL. */
export interface RestCall extends Call {
  readonly kind: 'rest'
  readonly uri: string | undefined
  readonly resourceId: string
  readonly httpMethod: string
}

/** An HTTP API names a listener. */
export interface HttpCall extends Call {
  readonly kind: 'http'
  readonly listenerArn: string
  readonly integrationId: string | undefined
  /** Whether it speaks TLS to the listener; plain HTTP is the default. */
  readonly tls: boolean
}

export type Caller = RestCall | HttpCall

/** Those that are known, and why there may be more. */
export interface Callers {
  readonly list: readonly Caller[]
  readonly missing: readonly Missing[]
}

export function callersOf(scope: Scope, { LoadBalancerArn: arn }: LoadBalancer): Callers {
  const found = [...restCalls(scope, arn), ...httpCalls(scope, arn)]
  return {
    list: found.flatMap((item) => (item.known ? [item.value] : [])),
    missing: found.flatMap((item) => (item.known ? [] : [item.missing])),
  }
}

function restCalls(scope: Scope, arn: string): readonly Known<Caller>[] {
  const apis = listed(scope, 'apigateway:GetRestApis', 'items')
  if (!apis.known) return [apis]
  return apis.value.flatMap(({ id, name = id }) => {
    const resources = keyedResponse(scope, RESOURCES, id)
    if (!resources.known) return [resources]
    const { items } = resources.value
    if (!items) return [unknown(RESOURCES, `the response for ${id} holds no list`)]
    return items.flatMap((item) => methodCalls(scope, arn, { id, name }, item))
  })
}

interface Api {
  readonly id: string
  readonly name: string
}

function methodCalls(scope: Scope, arn: string, api: Api, resource: RestResource): readonly Known<Caller>[] {
  return Object.entries(resource.resourceMethods ?? {}).flatMap(
    ([httpMethod, { methodIntegration }]): readonly Known<Caller>[] => {
      const { connectionType, connectionId = '', integrationTarget, uri } = methodIntegration ?? {}
      if (connectionType !== 'VPC_LINK') return []
      const says = `${httpMethod} ${resource.path ?? resource.id} of the REST API ${api.name}`
      if (connectionId.includes('${'))
        return [unknown(RESOURCES, `over which VPC link ${says} goes is a stage variable`)]
      const link = linkById(scope, connectionId)
      if (!link.known) return [link]
      const targets = link.value.version === 'V1' ? link.value.targetArns : [integrationTarget]
      if (!targets.includes(arn)) return []
      const call = { kind: 'rest', says, apiId: api.id, link: link.value, uri } as const
      return [known({ ...call, resourceId: resource.id, httpMethod })]
    },
  )
}

function httpCalls(scope: Scope, arn: string): readonly Known<Caller>[] {
  const apis = listed(scope, 'apigatewayv2:GetApis', 'Items')
  if (!apis.known) return [apis]
  return apis.value.flatMap(({ ApiId: id, Name: name = id }) => {
    const integrations = keyedResponse(scope, INTEGRATIONS, id)
    if (!integrations.known) return [integrations]
    const { Items: items } = integrations.value
    if (!items) return [unknown(INTEGRATIONS, `the response for ${id} holds no list`)]
    return items.flatMap((item) => httpCall(scope, arn, { id, name }, item))
  })
}

function httpCall(
  scope: Scope,
  arn: string,
  api: Api,
  integration: HttpIntegration,
): readonly Known<Caller>[] {
  const { ConnectionType, ConnectionId, IntegrationUri: uri = '', IntegrationId } = integration
  if (ConnectionType !== 'VPC_LINK' || balancerOf(uri) !== arn) return []
  if (ConnectionId === undefined)
    return [unknown(INTEGRATIONS, `an integration of ${api.name} came without its link`)]
  const link = linkById(scope, ConnectionId)
  if (!link.known) return [link]
  const says = `integration ${IntegrationId} of the HTTP API ${api.name}`
  const call = { kind: 'http', says, apiId: api.id, link: link.value, listenerArn: uri } as const
  const tls = integration.TlsConfig !== undefined
  return [known({ ...call, integrationId: IntegrationId, tls })]
}

/** The load balancer of a listener, by its ARN; undefined for what is no listener's. */
const balancerOf = (listenerArn: string): string | undefined =>
  /^(.*):listener\/((?:app|net)\/[^/]+\/[^/]+)\/[^/]+$/.exec(listenerArn)?.slice(1).join(':loadbalancer/')
