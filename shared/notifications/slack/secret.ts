/** How to speak to Slack, from Secrets Manager: kept for as long as the container lives, in no log and no error. */
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import * as z from 'zod'
import type { BotCredentials } from './bot.ts'
import type { WebhookCredentials } from './webhook.ts'

export type SlackCredentials = BotCredentials | WebhookCredentials

export interface SlackSecret {
  readonly read: () => Promise<SlackCredentials>
  /** Asks again: the secret may have been replaced. */
  readonly readAgain: () => Promise<SlackCredentials>
}

const schema = z.union([
  z.object({ token: z.string().startsWith('xoxb-'), channel: z.string().min(1) }),
  z.object({ webhookUrl: z.string().regex(/^https:\/\/hooks\.slack(-gov)?\.com\//) }),
])

const SHAPES = '{"token": "xoxb-…", "channel": "C…"} or {"webhookUrl": "https://hooks.slack.com/…"}'

export function slackSecret(client: SecretsManagerClient, secretId: string): SlackSecret {
  let known: SlackCredentials | undefined
  const readAgain = async () => {
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: secretId }))
    known = credentialsOf(SecretString, secretId)
    return known
  }
  return { read: async () => known ?? readAgain(), readAgain }
}

/** Neither JSON's nor the schema's complaint is passed on: they may quote the secret. */
function credentialsOf(text: string, secretId: string): SlackCredentials {
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    throw new Error(`secret ${secretId} does not tell how to speak to Slack: it must hold ${SHAPES}`)
  }
}
