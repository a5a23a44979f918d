/** The table of channels: each says from which setting it comes to life. */
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SNSClient } from '@aws-sdk/client-sns'
import { amazonQChannel } from './amazon-q.ts'
import type { Channel } from './channel.ts'
import { slackSecret } from './slack/secret.ts'
import { slackChannel } from './slack.ts'
import { snsChannel } from './sns.ts'

/** As they stand in the environment of the function. */
export interface ChannelSettings {
  readonly SNS_TOPIC_ARN?: string | undefined
  readonly AMAZON_Q_TOPIC_ARN?: string | undefined
  /** Name or ARN of a secret; the secret itself stands in no environment. */
  readonly SLACK_SECRET_ID?: string | undefined
}

const channels: readonly ((settings: ChannelSettings) => Channel | undefined)[] = [
  ({ SNS_TOPIC_ARN: topic }) => (topic ? snsChannel(new SNSClient({}), topic) : undefined),
  ({ AMAZON_Q_TOPIC_ARN: topic }) => (topic ? amazonQChannel(new SNSClient({}), topic) : undefined),
  ({ SLACK_SECRET_ID: id }) => (id ? slackChannel(slackSecret(new SecretsManagerClient({}), id)) : undefined),
]

/** The channels that are set up. */
export const configuredChannels = (settings: ChannelSettings): readonly Channel[] =>
  channels.flatMap((create) => create(settings) ?? [])
