/**
 * SNS: people read the text (e-mail, SMS), programs get JSON (SQS, Lambda, HTTP, Firehose).
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
import { type MessageAttributeValue, PublishCommand, type SNSClient } from '@aws-sdk/client-sns'
import type { Channel } from './channel.ts'
import type { Digest } from './digest.ts'
import { machineDigest, machineMessage } from './machine.ts'
import type { Message } from './message.ts'
import { digestText, messageText } from './text.ts'

/** Publish, "Subject": at most 100 ASCII characters, no control characters. */
const MAX_SUBJECT = 100
/** A message has 256 KB for all protocols together and the attributes; escaped as JSON, text grows. */
const MAX_BODY_BYTES = 100 * 1024
const CUT_NOTE = '\n… (cut: longer than SNS allows; hca findings show has the rest)'

interface Publication {
  readonly subject: string
  readonly text: string
  readonly machine: string
  readonly attributes: Readonly<Record<string, string>>
  readonly group: string
}

export function snsChannel(client: SNSClient, topicArn: string): Channel {
  const publish = async (publication: Publication, deduplicationId: string) => {
    await client.send(
      new PublishCommand({
        TopicArn: topicArn,
        Subject: publication.subject,
        MessageStructure: 'json',
        Message: byProtocol(publication),
        MessageAttributes: attributesOf(publication),
        ...(isFifo(topicArn) && {
          MessageGroupId: publication.group,
          MessageDeduplicationId: deduplicationId,
        }),
      }),
    )
    return undefined
  }
  return {
    name: 'sns',
    publish: (message, { deduplicationId }) => publish(ofMessage(message), deduplicationId),
    ...(!isFifo(topicArn) && {
      publishDigest: (digest, { deduplicationId }) => publish(ofDigest(digest), deduplicationId),
    }),
  }
}

/**
 * It delivers to queues only, which want no digest; and a run that died may come back with another set of findings,
 * whose digest has another id: only a finding's own message is the same tomorrow.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-fifo-topics.html
 */
const isFifo = (topicArn: string): boolean => topicArn.endsWith('.fifo')

const ofMessage = (message: Message): Publication => ({
  subject: snsSubject(message),
  text: messageText(message),
  machine: machineMessage(message),
  attributes: {
    code: message.code,
    severity: message.severity,
    kind: message.kind,
    account: message.subject.accountId,
    region: message.subject.region,
  },
  group: message.findingId,
})

const ofDigest = (digest: Digest): Publication => ({
  subject: asciiSubject(`[${digest.severity.toUpperCase()}] ${digest.count} findings opened at once`),
  text: digestText(digest),
  machine: machineDigest(digest),
  attributes: { severity: digest.severity, kind: 'digest' },
  group: digest.id,
})

/** The line for a subject or a text message. */
export const snsSubject = ({ kind, severity, headline }: Message): string =>
  asciiSubject(`[${(kind === 'resolved' ? kind : severity).toUpperCase()}] ${headline}`)

function asciiSubject(text: string): string {
  const ascii = text.normalize('NFKD').replace(/[^\x20-\x7e]/g, '')
  return ascii.length <= MAX_SUBJECT ? ascii : `${ascii.slice(0, MAX_SUBJECT - 3).trimEnd()}...`
}

/** Protocol -> what it delivers; one that is not named gets the default. */
const byProtocol = ({ subject, text, machine }: Publication): string =>
  JSON.stringify({
    default: snsBody(text),
    sms: subject,
    sqs: machine,
    lambda: machine,
    http: machine,
    https: machine,
    firehose: machine,
  })

export function snsBody(text: string): string {
  const bytes = Buffer.from(text)
  if (bytes.length <= MAX_BODY_BYTES) return text
  const kept = bytes.subarray(0, MAX_BODY_BYTES - Buffer.byteLength(CUT_NOTE)).toString('utf8')
  // A character that the cut went through decodes to U+FFFD.
  return kept.replace(/\ufffd+$/, '') + CUT_NOTE
}

/** For subscriptions that filter: by cause, severity, kind of change, account and Region. */
const attributesOf = ({ attributes }: Publication): Record<string, MessageAttributeValue> =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
  )
