/** What an API Gateway integration calls. https://docs.aws.amazon.com/apigateway/latest/developerguide/private-integration.html */
import { aws } from '../render/cli.ts'
import { cloudformation, logicalId } from '../render/cloudformation.ts'
import { label, terraform } from '../render/terraform.ts'
import { changeKeyed, changeOne } from './change.ts'
import type { PatchKind, PatchOf } from './kind.ts'

export const restApiIntegration: PatchKind<PatchOf<'rest-api-integration'>> = {
  apply: (scope, { apiId, resourceId, httpMethod, uri }) =>
    changeKeyed(scope, 'apigateway:GetResources', apiId, (response) => {
      const items = changeOne(
        response.items,
        ({ id }) => id === resourceId,
        (resource) => {
          const method = resource.resourceMethods?.[httpMethod]
          if (!method?.methodIntegration) return undefined
          const changed = { ...method, methodIntegration: { ...method.methodIntegration, uri } }
          return { ...resource, resourceMethods: { ...resource.resourceMethods, [httpMethod]: changed } }
        },
      )
      return items && { ...response, items: [...items] }
    }),

  step({ apiId, resourceId, httpMethod, uri }, { scope }) {
    const note = `Merge into the method's resource`
    return {
      title: `Let ${httpMethod} of resource ${resourceId} of API ${apiId} call ${uri}, then deploy the API to its stages`,
      cli: [
        aws('apigateway', 'update-integration', scope.region, {
          'rest-api-id': apiId,
          'resource-id': resourceId,
          'http-method': httpMethod,
          'patch-operations': JSON.stringify([{ op: 'replace', path: '/uri', value: uri }]),
        }),
      ],
      cloudformation: cloudformation(
        {
          [logicalId('method', resourceId, httpMethod)]: {
            Type: 'AWS::ApiGateway::Method',
            Properties: {
              RestApiId: apiId,
              ResourceId: resourceId,
              HttpMethod: httpMethod,
              Integration: { Uri: uri },
            },
          },
        },
        note,
      ),
      terraform: terraform(
        'aws_api_gateway_integration',
        label(`${resourceId}-${httpMethod}`),
        { values: { rest_api_id: apiId, resource_id: resourceId, http_method: httpMethod, uri } },
        note,
      ),
    }
  },

  opens: () => undefined,
}

export const httpApiIntegration: PatchKind<PatchOf<'http-api-integration'>> = {
  apply: (scope, { apiId, integrationId, uri }) =>
    changeKeyed(scope, 'apigatewayv2:GetIntegrations', apiId, (response) => {
      const Items = changeOne(
        response.Items,
        ({ IntegrationId }) => IntegrationId === integrationId,
        (integration) => ({ ...integration, IntegrationUri: uri }),
      )
      return Items && { ...response, Items: [...Items] }
    }),

  step({ apiId, integrationId, uri }, { scope }) {
    const note = `Merge into the integration's resource`
    return {
      title: `Let integration ${integrationId} of API ${apiId} call ${uri}`,
      cli: [
        aws('apigatewayv2', 'update-integration', scope.region, {
          'api-id': apiId,
          'integration-id': integrationId,
          'integration-uri': uri,
        }),
      ],
      cloudformation: cloudformation(
        {
          [logicalId('integration', integrationId)]: {
            Type: 'AWS::ApiGatewayV2::Integration',
            Properties: { ApiId: apiId, IntegrationUri: uri },
          },
        },
        note,
      ),
      terraform: terraform(
        'aws_apigatewayv2_integration',
        label(integrationId),
        { values: { api_id: apiId, integration_uri: uri } },
        note,
      ),
    }
  },

  opens: () => undefined,
}
