/**
 * HTTP to Slack, at its pace: one message per second and channel; after 429, not before Retry-After has passed.
 * https://docs.slack.dev/apis/web-api/rate-limits
 *
 * Plain fetch: @slack/web-api (63 KB in the bundle) would bring its own queue and retries, which know nothing
 * of the time that a run has left, and the two methods and the webhook that are used need nothing else of it.
 */
import { setTimeout } from 'node:timers/promises'

interface SlackRequest {
  /** Of a webhook it is a secret: it stands in no error. */
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body: object
}

interface SlackResponse {
  readonly status: number
  readonly text: string
  /** Seconds. */
  readonly retryAfter: string | null
}

/**
 * @param deadline milliseconds since 1970
 * @throws Error when Slack cannot be reached, or asks for a pause beyond the deadline
 */
export type Send = (request: SlackRequest, deadline: number) => Promise<SlackResponse>

export interface Pace {
  /** Milliseconds between two requests. */
  readonly interval: number
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly wait: (milliseconds: number) => Promise<void>
}

const slackPace: Pace = { interval: 1000, now: Date.now, wait: (milliseconds) => setTimeout(milliseconds) }

const TIMEOUT_MILLISECONDS = 10_000

/** One sender paces all requests that go through it. */
export function paced({ interval, now, wait }: Pace = slackPace): Send {
  let notBefore = 0
  const pause = async (deadline: number) => {
    const milliseconds = Math.max(0, notBefore - now())
    if (now() + milliseconds >= deadline)
      throw new Error(`Slack asks for ${milliseconds} ms of silence: longer than this run may take`)
    if (milliseconds > 0) await wait(milliseconds)
  }
  return async (request, deadline) => {
    for (;;) {
      await pause(deadline)
      const response = await post(request, deadline - now())
      const tooMany = response.status === 429
      notBefore = now() + (tooMany ? pauseAfter(response) : interval)
      if (!tooMany) return response
    }
  }
}

async function post({ url, headers, body }: SlackRequest, timeLeft: number): Promise<SlackResponse> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(Math.ceil(Math.min(TIMEOUT_MILLISECONDS, timeLeft))),
    })
    const { status, headers: answered } = response
    return { status, text: await response.text(), retryAfter: answered.get('retry-after') }
  } catch (error) {
    throw new Error(`Slack could not be reached: ${reasonOf(error)}`)
  }
}

/** Fetch's own message may repeat the address. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no reason given'
  if (error.name === 'TimeoutError') return 'no answer in time'
  const { cause } = error
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.name
}

/** @returns milliseconds, at least a second */
const pauseAfter = ({ retryAfter }: SlackResponse): number => Math.max(1, Number(retryAfter) || 1) * 1000
