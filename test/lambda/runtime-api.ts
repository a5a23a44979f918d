/**
 * Lambda's Runtime API, played on localhost: it hands out one event after the other and takes what comes back.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Invocation {
  /** `error`: the function threw; `body` is Lambda's description of it. */
  readonly kind: 'response' | 'error'
  readonly body: unknown
}

export interface RuntimeApi {
  /** For AWS_LAMBDA_RUNTIME_API. */
  readonly address: string
  readonly invoke: (event: unknown) => Promise<Invocation>
  readonly close: () => void
}

interface Waiting {
  readonly id: string
  readonly event: unknown
}

const PATH = /^\/2018-06-01\/runtime\/invocation\/(?:(next)|([^/]+)\/(response|error))$/
const DEADLINE_MILLISECONDS = 60_000

export async function startRuntimeApi(): Promise<RuntimeApi> {
  const events: Waiting[] = []
  const asking: ServerResponse[] = []
  const results = new Map<string, (invocation: Invocation) => void>()

  function handOut(): void {
    const answer = events.length > 0 ? asking.shift() : undefined
    const next = answer && events.shift()
    if (!answer || !next) return
    answer.writeHead(200, {
      'content-type': 'application/json',
      'Lambda-Runtime-Aws-Request-Id': next.id,
      'Lambda-Runtime-Deadline-Ms': String(Date.now() + DEADLINE_MILLISECONDS),
      'Lambda-Runtime-Invoked-Function-Arn': 'arn:aws:lambda:eu-north-1:123456789012:function:under-test',
    })
    answer.end(JSON.stringify(next.event))
  }

  const server = createServer(async (request, answer) => {
    const [, next, id = '', kind] = PATH.exec(request.url ?? '') ?? []
    const body = await bodyOf(request)
    if (next) {
      asking.push(answer)
      return handOut()
    }
    results.get(id)?.({ kind: kind === 'error' ? 'error' : 'response', body })
    results.delete(id)
    answer.writeHead(kind ? 202 : 404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    invoke: (event) =>
      new Promise((resolve) => {
        const id = randomUUID()
        results.set(id, resolve)
        events.push({ id, event })
        handOut()
      }),
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const chunk of request) text += chunk
  return text === '' ? undefined : JSON.parse(text)
}
