/** The table of channels: each says from which setting it comes to life. */
import { SNSClient } from '@aws-sdk/client-sns'
import type { Channel } from './channel.ts'
import { snsChannel } from './sns.ts'

export interface ChannelSettings {
  readonly snsTopicArn?: string | undefined
}

const channels = {
  sns: ({ snsTopicArn }) => (snsTopicArn ? snsChannel(new SNSClient({}), snsTopicArn) : undefined),
} as const satisfies { readonly [name: string]: (settings: ChannelSettings) => Channel | undefined }

/** The channels that are set up. */
export const configuredChannels = (settings: ChannelSettings): readonly Channel[] =>
  Object.values(channels).flatMap((create) => create(settings) ?? [])
