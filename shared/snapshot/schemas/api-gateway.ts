/**
 * What the analysis reads of API Gateway's responses: version 1 (REST APIs) writes its fields small, version 2 (HTTP and
 * WebSocket APIs, and VPC links of the new kind) large.
 * https://docs.aws.amazon.com/apigateway/latest/api/ and https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/
 */
import * as z from 'zod'
import { list, text, timestamp } from './common.ts'

/** To Network Load Balancers, by their ARNs. */
export const vpcLink = z.object({
  id: z.string(),
  name: text,
  targetArns: list(z.string()),
  status: text,
  statusMessage: text,
})

export const restApi = z.object({
  id: z.string(),
  name: text,
  endpointConfiguration: z.object({ types: list(z.string()), vpcEndpointIds: list(z.string()) }).optional(),
})

/** `connectionId` is the VPC link, or `${stageVariables.NAME}`; `integrationTarget` the load balancer's ARN. */
const restIntegration = z.object({
  type: text,
  httpMethod: text,
  uri: text,
  connectionType: text,
  connectionId: text,
  integrationTarget: text,
})

export const resource = z.object({
  id: z.string(),
  path: text,
  resourceMethods: z
    .record(z.string(), z.object({ httpMethod: text, methodIntegration: restIntegration.optional() }))
    .optional(),
})

/** With interfaces of its own in subnets, whatever they then call. */
export const vpcLinkV2 = z.object({
  VpcLinkId: z.string(),
  Name: text,
  SubnetIds: list(z.string()),
  SecurityGroupIds: list(z.string()),
  VpcLinkStatus: text,
  VpcLinkStatusMessage: text,
  VpcLinkVersion: text,
  CreatedDate: timestamp,
})

export const api = z.object({ ApiId: z.string(), Name: text, ProtocolType: text, ApiEndpoint: text })

/** Over a VPC link `IntegrationUri` is a listener's or a Cloud Map service's ARN. */
export const integration = z.object({
  IntegrationId: text,
  IntegrationType: text,
  IntegrationMethod: text,
  IntegrationUri: text,
  ConnectionType: text,
  ConnectionId: text,
  TlsConfig: z.object({ ServerNameToVerify: text }).optional(),
})
