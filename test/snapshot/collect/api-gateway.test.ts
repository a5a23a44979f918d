/** API Gateways and OpenSearch Serverless, in a sweep of the Region. */
import { describe, expect, test } from 'vitest'
import { collectRegion } from '../../../shared/snapshot/collect/index.ts'
import { type Answers, fakeAws, refusal } from './aws.ts'

async function collect(answers: Answers) {
  const aws = fakeAws({ GetCallerIdentity: { Account: '111122223333' }, ...answers })
  const { scopes } = await collectRegion(aws.clients)
  const [scope] = scopes
  if (!scope) throw new Error('no scope')
  return { ...aws, scope, responses: scope.responses }
}

describe('REST APIs', () => {
  const integration = {
    type: 'HTTP_PROXY',
    uri: 'http://press.example:8080/{proxy}',
    connectionType: 'VPC_LINK',
    connectionId: 'link1',
    requestParameters: { 'integration.request.header.x-api-key': "'hunter2'" },
  }

  test('resources of each come page by page, with methods and integrations', async () => {
    const { responses, inputs } = await collect({
      GetRestApis: { items: [{ id: 'orders' }] },
      GetResources: ({ position }) =>
        position === undefined
          ? { items: [{ id: 'root', path: '/' }], position: 'more' }
          : { items: [{ id: 'proxy', resourceMethods: { GET: { methodIntegration: integration } } }] },
    })
    expect(inputs('GetResources')).toEqual([
      { restApiId: 'orders', embed: ['methods'], limit: 500 },
      { restApiId: 'orders', embed: ['methods'], limit: 500, position: 'more' },
    ])
    const items = responses['apigateway:GetResources']?.orders?.items
    expect(items?.map(({ id }) => id)).toEqual(['root', 'proxy'])
    expect(items?.[1]?.resourceMethods?.GET?.methodIntegration).toMatchObject({ connectionId: 'link1' })
    expect(responses['apigateway:GetResources']?.orders).not.toHaveProperty('position')
  })

  test('what is sent along with a request stays behind: people write keys there', async () => {
    const { scope } = await collect({
      GetRestApis: { items: [{ id: 'orders' }] },
      GetResources: {
        items: [{ id: 'proxy', resourceMethods: { GET: { methodIntegration: integration } } }],
      },
      GetApis: { Items: [{ ApiId: 'web' }] },
      GetIntegrations: { Items: [{ RequestParameters: { 'overwrite:header.x-api-key': 'hunter2' } }] },
    })
    expect(JSON.stringify(scope)).toContain('x-api-key')
    expect(JSON.stringify(scope)).not.toContain('hunter2')
  })
})

describe('HTTP APIs', () => {
  test('integrations of each, all pages; VPC links of the new kind', async () => {
    const { responses } = await collect({
      'apigatewayv2:GetVpcLinks': ({ NextToken }) =>
        NextToken === undefined
          ? { Items: [{ VpcLinkId: 'v2-a' }], NextToken: 'more' }
          : { Items: [{ VpcLinkId: 'v2-b' }] },
      'apigateway:GetVpcLinks': { items: [{ id: 'v1', targetArns: ['nlb'] }] },
      GetApis: { Items: [{ ApiId: 'web' }] },
      GetIntegrations: ({ ApiId }) => ({ Items: [{ IntegrationId: `of-${ApiId}` }] }),
    })
    expect(responses['apigatewayv2:GetVpcLinks']?.Items?.map(({ VpcLinkId }) => VpcLinkId)).toEqual([
      'v2-a',
      'v2-b',
    ])
    expect(responses['apigateway:GetVpcLinks']?.items).toEqual([{ id: 'v1', targetArns: ['nlb'] }])
    expect(responses['apigatewayv2:GetIntegrations']).toEqual({
      web: { Items: [{ IntegrationId: 'of-web' }] },
    })
  })
})

describe('OpenSearch Serverless', () => {
  const detail = {
    id: 'vpce-1',
    name: 'search',
    vpcId: 'vpc-news',
    subnetIds: ['subnet-a'],
    securityGroupIds: [],
  }

  test('the list is given where its endpoints are', async () => {
    const { responses } = await collect({
      ListVpcEndpoints: { vpcEndpointSummaries: [{ id: 'vpce-1', status: 'ACTIVE' }] },
      BatchGetVpcEndpoint: { vpcEndpointDetails: [detail] },
    })
    expect(responses['opensearchserverless:ListVpcEndpoints']).toEqual({
      vpcEndpointSummaries: [{ ...detail, status: 'ACTIVE' }],
    })
  })

  test('none is an empty list, and costs one call', async () => {
    const { responses, calls } = await collect({})
    expect(responses['opensearchserverless:ListVpcEndpoints']).toEqual({ vpcEndpointSummaries: [] })
    expect(calls.map(({ operation }) => operation)).not.toContain('BatchGetVpcEndpoint')
  })

  test('where the endpoints are must be told, else nothing is known', async () => {
    const { responses, scope } = await collect({
      ListVpcEndpoints: { vpcEndpointSummaries: [{ id: 'vpce-1' }] },
      BatchGetVpcEndpoint: () => {
        throw refusal('AccessDeniedException', 'said AWS')
      },
    })
    expect(responses).not.toHaveProperty('opensearchserverless:ListVpcEndpoints')
    expect(scope.errors['opensearchserverless:ListVpcEndpoints']?.name).toBe('AccessDeniedException')
  })
})
