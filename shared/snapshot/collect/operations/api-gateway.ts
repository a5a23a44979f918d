/** API Gateway's part of the table, both versions. https://docs.aws.amazon.com/apigateway/latest/api/ and https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/ */
import { byToken, further } from '../fetch.ts'
import { idsOf, type KeyedTable } from '../keyed.ts'

/** The most that a page can hold; version 2 wants it as text. */
const page = { pageSize: 500 }
const MaxResults = '500'

// biome-ignore format: a table reads best with one operation a line
export const apiGatewayUnkeyed = {
  'apigateway:GetVpcLinks': further('apigateway', (api, _: object) => api.paginateGetVpcLinks({}, page), { items: {} }),
  'apigateway:GetRestApis': further('apigateway', (api, _: object) => api.paginateGetRestApis({}, page), { items: {} }),
  'apigatewayv2:GetVpcLinks': further('apigatewayv2', (api, _: object) => byToken((token) => api.getVpcLinks({ MaxResults, ...token })), { Items: {} }),
  'apigatewayv2:GetApis': further('apigatewayv2', (api, _: object) => byToken((token) => api.getApis({ MaxResults, ...token })), { Items: {} }),
} as const

const resources = further(
  'apigateway',
  (api, restApiId: string) => api.paginateGetResources({ restApiId, embed: ['methods'] }, page),
  { items: {} },
)
const integrations = further(
  'apigatewayv2',
  (api, ApiId: string) => byToken((token) => api.getIntegrations({ ApiId, MaxResults, ...token })),
  { Items: {} },
)

export const apiGatewayKeyed = {
  'apigateway:GetResources': { ...idsOf('apigateway:GetRestApis', 'items', 'id'), fetch: resources },
  'apigatewayv2:GetIntegrations': { ...idsOf('apigatewayv2:GetApis', 'Items', 'ApiId'), fetch: integrations },
} as const satisfies KeyedTable
