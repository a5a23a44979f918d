/** moto's CloudFormation leaves out HTTP APIs: what a template has of the page's is made by API Gateway's own calls. */
import {
  ApiGatewayV2Client,
  CreateApiCommand,
  type CreateApiCommandInput,
  CreateAuthorizerCommand,
  type CreateAuthorizerCommandInput,
  CreateIntegrationCommand,
  type CreateIntegrationCommandInput,
  CreateRouteCommand,
  type CreateRouteCommandInput,
  CreateStageCommand,
  type CreateStageCommandInput,
  GetAuthorizerCommand,
  GetRoutesCommand,
} from '@aws-sdk/client-apigatewayv2'
import { type Json, type Resource, reference, type Template } from '../infra/template.ts'

/** @returns the API's routes and its authorizer, as API Gateway then tells them */
export async function createPageApi(region: string, { Resources }: Template) {
  const client = new ApiGatewayV2Client({ region })
  const made = new Map<string, string>()
  /** Names of what was made become their ids; the properties have the names of the call's parameters. */
  const input = <T>({ Properties }: Resource): T =>
    JSON.parse(JSON.stringify(Properties), (_, value: Json) =>
      typeof value === 'string' ? withIds(value, made) : value,
    )
  const ofType = (type: string) =>
    Object.entries(Resources).filter(
      ([id, { Type }]) => id.startsWith('Page') && Type === `AWS::ApiGatewayV2::${type}`,
    )

  for (const [id, resource] of ofType('Api'))
    made.set(
      id,
      (await client.send(new CreateApiCommand(input<CreateApiCommandInput>(resource)))).ApiId ?? '',
    )
  for (const [id, resource] of ofType('Integration')) {
    const command = new CreateIntegrationCommand(input<CreateIntegrationCommandInput>(resource))
    made.set(id, (await client.send(command)).IntegrationId ?? '')
  }
  for (const [id, resource] of ofType('Authorizer')) {
    const command = new CreateAuthorizerCommand(input<CreateAuthorizerCommandInput>(resource))
    made.set(id, (await client.send(command)).AuthorizerId ?? '')
  }
  for (const [, resource] of ofType('Route'))
    await client.send(new CreateRouteCommand(input<CreateRouteCommandInput>(resource)))
  for (const [, resource] of ofType('Stage'))
    await client.send(new CreateStageCommand(input<CreateStageCommandInput>(resource)))

  const ApiId = made.get('PageApi')
  const { Items: routes = [] } = await client.send(new GetRoutesCommand({ ApiId }))
  const AuthorizerId = made.get('PageApiAuthorizer')
  const authorizer = await client.send(new GetAuthorizerCommand({ ApiId, AuthorizerId }))
  return { routes, authorizer }
}

const withIds = (text: string, made: ReadonlyMap<string, string>): string =>
  [...made].reduce((rest, [id, physical]) => rest.replaceAll(reference(id), physical), text)
