/**
 * Slack by bot token: a thread per finding. Its head always says how things stand, its replies what happened.
 * https://docs.slack.dev/reference/methods/chat.postMessage and chat.update
 */
import * as z from 'zod'
import type { Channel, DeliveryOptions } from '../channel.ts'
import type { Content } from '../content.ts'
import { digestContent } from '../digest-content.ts'
import type { Message } from '../message.ts'
import { messageContent } from '../message-content.ts'
import type { Block } from './block-kit.ts'
import { briefBlocks, fullBlocks, summaryText } from './blocks.ts'
import { isEditForbidden, isThreadGone, refusesBlocks, SlackError } from './error.ts'
import type { Send } from './send.ts'

export interface BotCredentials {
  readonly token: string
  /** The id of a channel (C0123456789), or its name. */
  readonly channel: string
}

export type Voice = Required<Pick<Channel, 'publish' | 'publishDigest'>>

const SLACK_API = 'https://slack.com/api'

const threadSchema = z.object({ channel: z.string(), ts: z.string(), digest: z.boolean().optional() })
/** Where the head of a thread stands. */
type Thread = z.infer<typeof threadSchema>

const answerSchema = z.object({
  ok: z.boolean(),
  error: z.string().optional(),
  channel: z.string().optional(),
  ts: z.string().optional(),
})

export function slackBot(send: Send, { token, channel }: BotCredentials, api = SLACK_API): Voice {
  const call = async (method: string, body: object, deadline: number) => {
    const headers = { authorization: `Bearer ${token}` }
    const { status, text } = await send({ url: `${api}/${method}`, headers, body }, deadline)
    const answer = answerSchema.safeParse(jsonOf(text))
    if (!answer.success) throw new Error(`Slack answers with status ${status}`)
    if (!answer.data.ok) throw new SlackError(answer.data.error ?? 'unknown_error')
    return answer.data
  }

  /** What Slack finds wrong with the blocks must not keep people from being told. */
  const say = async (
    method: string,
    content: Content,
    blocks: readonly Block[],
    rest: object,
    deadline: number,
  ) => {
    const body = { ...rest, ...harmless, text: summaryText(content) }
    try {
      return await call(method, { ...body, blocks }, deadline)
    } catch (error) {
      if (!refusesBlocks(error)) throw error
      return call(method, { ...body, blocks: [] }, deadline)
    }
  }

  const open = async (content: Content, deadline: number, digest = false): Promise<string> => {
    const head = await say('chat.postMessage', content, fullBlocks(content), { channel }, deadline)
    const thread = { channel: head.channel ?? channel, ts: head.ts, ...(digest && { digest }) }
    return JSON.stringify(thread)
  }

  const edit = async ({ channel, ts }: Thread, content: Content, deadline: number) => {
    try {
      await say('chat.update', content, fullBlocks(content), { channel, ts }, deadline)
    } catch (error) {
      if (!isEditForbidden(error)) throw error
    }
  }

  /** The edit first: it may be repeated, should the run end before it is known that both were done. */
  const goOn = async (thread: Thread, message: Message, deadline: number) => {
    const content = messageContent(message)
    const brief = !thread.digest || message.over !== undefined
    if (!thread.digest) await edit(thread, content, deadline)
    const { channel, ts: thread_ts } = thread
    const rest = { channel, thread_ts, reply_broadcast: isOpening(message) }
    await say('chat.postMessage', content, brief ? briefBlocks(content) : fullBlocks(content), rest, deadline)
    return JSON.stringify(thread)
  }

  return {
    async publish(message, { reference, deadline }: DeliveryOptions) {
      const thread = threadOf(reference)
      // A digest's thread is nobody's own: who comes back gets one.
      if (!thread || (thread.digest && isOpening(message))) return open(messageContent(message), deadline)
      try {
        return await goOn(thread, message, deadline)
      } catch (error) {
        if (!isThreadGone(error)) throw error
        return open(messageContent(message), deadline)
      }
    },
    publishDigest: (digest, { deadline }) => open(digestContent(digest), deadline, true),
  }
}

/** Nothing in a text becomes a mention, a link or a preview but what is written as such. */
const harmless = { parse: 'none', link_names: false, unfurl_links: false, unfurl_media: false }

const isOpening = ({ kind }: Message): boolean => kind === 'opened' || kind === 'reopened'

function threadOf(reference: string | undefined): Thread | undefined {
  const thread = threadSchema.safeParse(reference === undefined ? undefined : jsonOf(reference))
  return thread.success ? thread.data : undefined
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
