/** Lambda of a deployment: its bundles, each in one process that stays warm, with the settings of the deployed function. */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { functions } from '../../infra/functions.ts'
import type { Invocation } from '../lambda/runtime-api.ts'
import { type RunningFunction, startFunction } from '../lambda/start-function.ts'
import { type Deployment, physicalIdOf, settingsOf } from './deployment.ts'
import { runFunctionsAt } from './moto.ts'

export interface FunctionHost {
  readonly invoke: (name: string, event: unknown) => Promise<Invocation>
  /** @returns what moto had invoked since the last time */
  readonly invoked: () => readonly { readonly name: string; readonly event: unknown }[]
  readonly stop: () => Promise<void>
}

/** moto's state machines invoke what it runs. */
export async function hostFunctions(deployment: Deployment): Promise<FunctionHost> {
  const names = new Map(Object.keys(functions).map((name) => [physicalIdOf(deployment, name), name]))
  const running = new Map<string, Promise<RunningFunction>>()
  const invoked: { name: string; event: unknown }[] = []

  const start = async (name: string) =>
    startFunction(name, { ...ownAws(), ...(await settingsOf(deployment, name)) })
  const invoke = async (name: string, event: unknown) => {
    const one = running.get(name) ?? start(name)
    running.set(name, one)
    return (await one).invoke(event)
  }

  const server = createServer(async (request, answer) => {
    const name = names.get(request.url?.slice(1) ?? '') ?? ''
    const event = await bodyOf(request)
    invoked.push({ name, event })
    const { kind, body } = await invoke(name, event)
    answer.writeHead(kind === 'response' ? 200 : 500).end(JSON.stringify(body ?? null))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  await runFunctionsAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  return {
    invoke,
    invoked: () => invoked.splice(0),
    async stop() {
      await runFunctionsAt('')
      server.close()
      for (const one of running.values()) (await one).stop()
    },
  }
}

/** moto's address and its credentials. */
const ownAws = () =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      name.startsWith('AWS_') && value !== undefined ? [[name, value]] : [],
    ),
  )

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const chunk of request) text += chunk
  return JSON.parse(text)
}
