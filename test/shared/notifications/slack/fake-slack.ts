/** Slack on this machine: two methods of the Web API and a webhook, with Slack's checks and limits. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { Pace } from '../../../../shared/notifications/slack/send.ts'
import { blockProblem } from './block-problem.ts'

interface Posted {
  readonly channel: string
  readonly ts: string
  readonly text: string
  readonly blocks: readonly unknown[]
  readonly thread_ts?: string
  readonly reply_broadcast?: boolean
  /** How often it was edited. */
  readonly edits: number
}

export interface FakeSlack {
  /** The address of the Web API. */
  api: string
  webhookUrl: string
  token: string
  /** The messages as they stand now. */
  messages: Posted[]
  /** Bodies of all requests, as they came. */
  requests: { readonly path: string; readonly body: string; readonly at: number }[]
  /** Answers to the next requests, before Slack itself answers again. */
  next: Answer[]
  now: number
  readonly pace: Pace
}

type Answer = readonly [status: number, body: string | object, headers?: Record<string, string>]

const CHANNEL = 'C0FAKE'
const HOOK = '/services/T0/B0/secret-of-the-hook'

export function fakeSlack(): FakeSlack {
  const slack: FakeSlack = {
    api: '',
    webhookUrl: '',
    token: '',
    messages: [],
    requests: [],
    next: [],
    now: 0,
    pace: {
      interval: 1000,
      now: () => slack.now,
      wait: async (milliseconds) => {
        slack.now += milliseconds
      },
    },
  }
  const server = createServer((request, response) => void serve(slack, request, response))
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    slack.api = `http://127.0.0.1:${port}/api`
    slack.webhookUrl = `http://127.0.0.1:${port}${HOOK}`
  })
  beforeEach(() => {
    Object.assign(slack, {
      token: 'xoxb-1',
      messages: [],
      requests: [],
      next: [],
      now: Date.parse('2026-11-20T05:00:00Z'),
    })
  })
  afterAll(() => new Promise((resolve) => server.close(resolve)))
  return slack
}

async function serve(slack: FakeSlack, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks).toString('utf8')
  const path = request.url ?? ''
  slack.requests.push({ path, body, at: slack.now })
  const authorized = path === HOOK || request.headers.authorization === `Bearer ${slack.token}`
  const [status, answer, headers = {}] = slack.next.shift() ?? answerTo(slack, path, body, authorized)
  response.writeHead(status, headers)
  response.end(typeof answer === 'string' ? answer : JSON.stringify(answer))
}

type Body = Omit<Posted, 'edits'>

function answerTo(slack: FakeSlack, path: string, text: string, authorized: boolean): Answer {
  const webhook = path === HOOK
  const refuse = (error: string): Answer => (webhook ? [400, error] : [200, { ok: false, error }])
  if (!authorized) return refuse('invalid_auth')
  const body = JSON.parse(text) as Body
  if (blockProblem(body)) return refuse('invalid_blocks')
  if (webhook || path === '/api/chat.postMessage') return post(slack, body, webhook, refuse)
  if (path !== '/api/chat.update') return refuse('unknown_method')
  const index = slack.messages.findIndex(({ channel, ts }) => channel === body.channel && ts === body.ts)
  const edited = slack.messages[index]
  if (!edited) return refuse('message_not_found')
  slack.messages[index] = { ...edited, text: body.text, blocks: body.blocks, edits: edited.edits + 1 }
  return [200, { ok: true, channel: edited.channel, ts: edited.ts }]
}

function post(slack: FakeSlack, body: Body, webhook: boolean, refuse: (error: string) => Answer): Answer {
  const { thread_ts } = body
  if (thread_ts !== undefined && !slack.messages.some(({ ts }) => ts === thread_ts))
    return refuse('thread_not_found')
  const ts = `17${slack.requests.length}.000100`
  slack.messages.push({ ...body, channel: CHANNEL, ts, edits: 0 })
  return webhook ? [200, 'ok'] : [200, { ok: true, channel: CHANNEL, ts }]
}
