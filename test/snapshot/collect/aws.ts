/** AWS answered by a table: SDK command name -> answer, or a function of the command's input. */
// The collector loads these when it first asks them: that shall not count as a test's time.
import '@aws-sdk/client-api-gateway'
import '@aws-sdk/client-apigatewayv2'
import '@aws-sdk/client-cloudtrail'
import '@aws-sdk/client-cloudwatch-logs'
import '@aws-sdk/client-ecr'
import '@aws-sdk/client-efs'
import '@aws-sdk/client-iam'
import '@aws-sdk/client-opensearchserverless'
import '@aws-sdk/client-route-53'
import '@aws-sdk/client-secrets-manager'
import '@aws-sdk/client-ssm'
import type { EC2Client } from '@aws-sdk/client-ec2'
import { mockClient } from 'aws-sdk-client-mock'
import { eachOnce } from '../../../shared/snapshot/collect/further-clients.ts'
import { type Clients, createClients } from '../../../shared/snapshot/collect/index.ts'

type Input = Record<string, unknown>
export type Answers = Readonly<Record<string, object | ((input: Input) => object | Promise<object>)>>

interface Call {
  /** As in IAM's names of actions. */
  readonly service: string
  readonly operation: string
  readonly input: Input
}

interface Aws {
  readonly clients: Clients
  readonly calls: readonly Call[]
  /** The inputs of all calls of one operation. */
  readonly inputs: (operation: string) => readonly Input[]
}

interface Command {
  readonly input: Input
  readonly constructor: { readonly name: string }
}

/**
 * Operations that the table does not name answer with an empty response. Two services have operations of the same name:
 * `apigatewayv2:GetVpcLinks` is the one of that service only.
 */
export function fakeAws(answers: Answers): Aws {
  const real = createClients({ region: 'eu-central-1' })
  const calls: Call[] = []
  const respond = async (command: unknown, service: string): Promise<object> => {
    const { input: given, constructor: kind } = command as Command
    const operation = kind.name.replace(/Command$/, '')
    // The SDK's paginators change their input from page to page.
    const input = structuredClone(given)
    calls.push({ service, operation, input })
    const answer = answers[`${service}:${operation}`] ?? answers[operation] ?? {}
    return typeof answer === 'function' ? answer(input) : answer
  }
  const fake = (client: object, service: string) => {
    mockClient(client as EC2Client).send.callsFake(((command: unknown) => respond(command, service)) as never)
    return client
  }
  fake(real.ec2, 'ec2')
  fake(real.elb, 'elasticloadbalancing')
  fake(real.ecs, 'ecs')
  fake(real.sts, 'sts')
  const further = eachOnce(async (service) => fake(await real.further(service), service))
  const clients = { ...real, further }
  return {
    clients,
    calls,
    inputs: (operation) => calls.filter((call) => call.operation === operation).map((call) => call.input),
  }
}

/** An error as the SDK throws it. */
export const refusal = (name: string, message: string) => Object.assign(new Error(message), { name })
