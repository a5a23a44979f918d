/** Slack, by bot token or by incoming webhook: what the secret holds decides. */
import { isDeepStrictEqual } from 'node:util'
import type { Channel } from './channel.ts'
import { slackBot, type Voice } from './slack/bot.ts'
import { isUnauthenticated } from './slack/error.ts'
import type { SlackCredentials, SlackSecret } from './slack/secret.ts'
import { type Pace, paced } from './slack/send.ts'
import { slackWebhook } from './slack/webhook.ts'

export interface SlackOptions {
  readonly pace?: Pace
  /** The Web API's address. @default https://slack.com/api */
  readonly api?: string
}

export function slackChannel(secret: SlackSecret, { pace, api }: SlackOptions = {}): Channel {
  const send = paced(pace)
  const voiceOf = (credentials: SlackCredentials): Voice =>
    'token' in credentials ? slackBot(send, credentials, api) : slackWebhook(send, credentials)

  const speak = async (say: (voice: Voice) => Promise<string | undefined>) => {
    const credentials = await secret.read()
    try {
      return await say(voiceOf(credentials))
    } catch (error) {
      if (!isUnauthenticated(error)) throw error
      const fresh = await secret.readAgain()
      if (isDeepStrictEqual(fresh, credentials)) throw error
      return say(voiceOf(fresh))
    }
  }
  return {
    name: 'slack',
    publish: (message, options) => speak((voice) => voice.publish(message, options)),
    publishDigest: (digest, options) => speak((voice) => voice.publishDigest(digest, options)),
  }
}
