/** SNS: e-mail, SMS and whatever subscribes to the topic. https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
import { type MessageAttributeValue, PublishCommand, type SNSClient } from '@aws-sdk/client-sns'
import type { Channel } from './channel.ts'
import type { Message } from './message.ts'
import { messageText } from './text.ts'

/** Publish, "Subject": at most 100 ASCII characters, no control characters. */
const MAX_SUBJECT = 100
/** The limit of 256 KB counts the attributes too. */
const MAX_BODY_BYTES = 250 * 1024
const CUT_NOTE = '\n… (cut: longer than SNS allows; hca findings show has the rest)'

export const snsChannel = (client: SNSClient, topicArn: string): Channel => ({
  name: 'sns',
  async publish(message, { deduplicationId }) {
    await client.send(
      new PublishCommand({
        TopicArn: topicArn,
        Subject: snsSubject(message),
        Message: snsBody(messageText(message)),
        MessageAttributes: attributesOf(message),
        ...(topicArn.endsWith('.fifo') && {
          MessageGroupId: message.findingId,
          MessageDeduplicationId: deduplicationId,
        }),
      }),
    )
    return undefined
  },
})

export function snsSubject({ kind, severity, headline }: Message): string {
  const label = kind === 'resolved' ? 'resolved' : severity
  const ascii = `[${label.toUpperCase()}] ${headline}`.normalize('NFKD').replace(/[^\x20-\x7e]/g, '')
  return ascii.length <= MAX_SUBJECT ? ascii : `${ascii.slice(0, MAX_SUBJECT - 3).trimEnd()}...`
}

export function snsBody(text: string): string {
  const bytes = Buffer.from(text)
  if (bytes.length <= MAX_BODY_BYTES) return text
  const kept = bytes.subarray(0, MAX_BODY_BYTES - Buffer.byteLength(CUT_NOTE)).toString('utf8')
  // A character that the cut went through decodes to U+FFFD.
  return kept.replace(/\ufffd+$/, '') + CUT_NOTE
}

/** For subscriptions that filter: by cause, severity, kind of change, account and Region. */
function attributesOf({ code, severity, kind, subject }: Message): Record<string, MessageAttributeValue> {
  const values = { code, severity, kind, account: subject.accountId, region: subject.region }
  return Object.fromEntries(
    Object.entries(values).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
  )
}
