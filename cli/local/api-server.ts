/** The API's function behind an HTTP server of this machine only. */
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { safetyHeaders } from '../../shared/api/headers.ts'
import { type ProblemCode, problemStatuses } from '../../shared/api/problem.ts'
import { InputError } from '../../shared/input-error.ts'
import { httpEvent } from './http-event.ts'

export type ApiFunction = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>

export interface ApiServer {
  readonly url: string
  readonly close: () => Promise<void>
}

const HOST = '127.0.0.1'
/** More than the function takes, so that it is the function that refuses. */
const MAX_BODY_BYTES = 1024 * 1024

/**
 * @param port 0 for any that is free
 * @throws InputError when the port is taken
 */
export async function startApi(api: ApiFunction, port: number): Promise<ApiServer> {
  const server = createServer((request, response) => {
    respond(api, request, response).catch(() => response.destroy())
  })
  server.listen(port, HOST)
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    throw new InputError(`port ${port}: cannot be opened (${error.code}): give another with --port`)
  })
  return {
    url: `http://${HOST}:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function respond(api: ApiFunction, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isOurs(request)) return refuse(response, 'forbidden', hostWords(request))
  const body = await bodyOf(request)
  if (!body) return refuse(response, 'too-large', `the body is larger than ${MAX_BODY_BYTES} bytes`)
  const { statusCode = 200, headers, body: text } = await api(httpEvent(request, body, randomUUID()))
  response.writeHead(statusCode, headers as Record<string, string>).end(text)
}

/** A page of somebody's domain that resolves to this machine carries that domain (DNS rebinding). */
function isOurs({ headers: { host }, socket }: IncomingMessage): boolean {
  return [`${HOST}:${socket.localPort}`, `localhost:${socket.localPort}`].includes(host ?? '')
}

const hostWords = ({ headers: { host = '' }, socket }: IncomingMessage): string =>
  `host ${JSON.stringify(host)}: this server answers as ${HOST}:${socket.localPort} only`

function refuse(response: ServerResponse, code: ProblemCode, message: string): void {
  const headers = { 'content-type': 'application/json; charset=utf-8', connection: 'close', ...safetyHeaders }
  response.writeHead(problemStatuses[code], headers).end(JSON.stringify({ error: { code, message } }))
}

/** @returns undefined when it is too large */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  // The request stays open when it is given up: it is still to be answered.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MAX_BODY_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
