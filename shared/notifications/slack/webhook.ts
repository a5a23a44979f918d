/**
 * Slack by incoming webhook: a message per change; it can neither edit nor thread.
 * https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
import type { Content } from '../content.ts'
import { digestContent } from '../digest-content.ts'
import { messageContent } from '../message-content.ts'
import type { Block } from './block-kit.ts'
import { fullBlocks, summaryText } from './blocks.ts'
import type { Voice } from './bot.ts'
import { refusesBlocks, SlackError } from './error.ts'
import type { Send } from './send.ts'

export interface WebhookCredentials {
  readonly webhookUrl: string
}

export function slackWebhook(send: Send, { webhookUrl }: WebhookCredentials): Voice {
  const post = async (body: object, deadline: number) => {
    const { status, text } = await send({ url: webhookUrl, body }, deadline)
    if (status === 200) return
    // A short code in plain text; whatever else stands there is not ours to repeat.
    throw /^[a-z_]{1,60}$/.test(text)
      ? new SlackError(text)
      : new Error(`Slack answers with status ${status}`)
  }

  const say = async (content: Content, blocks: readonly Block[], deadline: number) => {
    const text = summaryText(content)
    try {
      await post({ text, blocks, unfurl_links: false, unfurl_media: false }, deadline)
    } catch (error) {
      if (!refusesBlocks(error)) throw error
      await post({ text }, deadline)
    }
    return undefined
  }

  return {
    publish: (message, { deadline }) => {
      const content = messageContent(message)
      return say(content, fullBlocks(content), deadline)
    },
    publishDigest: (digest, { deadline }) => {
      const content = digestContent(digest)
      return say(content, fullBlocks(content), deadline)
    },
  }
}
