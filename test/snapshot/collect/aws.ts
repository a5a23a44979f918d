/** AWS answered by a table: SDK command name -> answer, or a function of the command's input. */
import type { EC2Client } from '@aws-sdk/client-ec2'
import { mockClient } from 'aws-sdk-client-mock'
import { type Clients, createClients } from '../../../shared/snapshot/collect/index.ts'

type Input = Record<string, unknown>
export type Answers = Readonly<Record<string, object | ((input: Input) => object | Promise<object>)>>

interface Call {
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

/** Operations that the table does not name answer with an empty response. */
export function fakeAws(answers: Answers): Aws {
  const clients = createClients({ region: 'eu-central-1' })
  const calls: Call[] = []
  const respond = async (command: unknown): Promise<object> => {
    const { input: given, constructor: kind } = command as Command
    const operation = kind.name.replace(/Command$/, '')
    // The SDK's paginators change their input from page to page.
    const input = structuredClone(given)
    calls.push({ operation, input })
    const answer = answers[operation] ?? {}
    return typeof answer === 'function' ? answer(input) : answer
  }
  for (const client of [clients.ec2, clients.elb, clients.ecs, clients.sts])
    mockClient(client as EC2Client).send.callsFake(respond as never)
  return {
    clients,
    calls,
    inputs: (operation) => calls.filter((call) => call.operation === operation).map((call) => call.input),
  }
}

/** An error as the SDK throws it. */
export const refusal = (name: string, message: string) => Object.assign(new Error(message), { name })
