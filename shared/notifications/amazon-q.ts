/**
 * Amazon Q Developer in chat applications (Slack, Microsoft Teams, Chime): a custom notification on a topic of
 * its own. https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
 */
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns'
import type { Channel } from './channel.ts'
import type { Content } from './content.ts'
import type { Digest } from './digest.ts'
import { digestContent } from './digest-content.ts'
import { prose } from './lookalikes.ts'
import type { Message } from './message.ts'
import { messageContent } from './message-content.ts'
import { codeBlocks, escaped } from './mrkdwn.ts'
import { digestText, messageText } from './text.ts'

const MAX_TITLE = 250
const MAX_DESCRIPTION = 8000
// Below are limits of our own: a chat shows no more than that well.
const MAX_STEPS = 10
const MAX_STEP = 350
const MAX_WORD = 75
const MAX_RESOURCE = 250
const CUT_NOTE = '… (cut: hca findings show has the rest)'

interface Metadata {
  /** Notifications with the same one share a thread. */
  readonly threadId?: string
  readonly eventType: string
  readonly keywords: readonly string[]
  readonly relatedResources: readonly string[]
  readonly additionalContext: Readonly<Record<string, string>>
}

/** @param topicArn a standard topic: the service subscribes to no other */
export function amazonQChannel(client: SNSClient, topicArn: string): Channel {
  const publish = async (notification: object) => {
    await client.send(new PublishCommand({ TopicArn: topicArn, Message: JSON.stringify(notification) }))
    return undefined
  }
  return {
    name: 'amazon-q',
    publish: (message, { deduplicationId }) =>
      publish(
        notification(deduplicationId, messageContent(message), messageText(message), aboutMessage(message)),
      ),
    publishDigest: (digest, { deduplicationId }) =>
      publish(notification(deduplicationId, digestContent(digest), digestText(digest), aboutDigest(digest))),
  }
}

function notification(id: string, content: Content, text: string, metadata: Metadata): object {
  const { keywords, ...about } = metadata
  const title = prose(`${content.label}: ${content.headline}`, MAX_TITLE)
  return {
    version: '1.0',
    source: 'custom',
    id,
    content: {
      textType: 'client-markdown',
      title,
      description: description(text),
      nextSteps: nextSteps(content),
      keywords: keywords.map((word) => prose(word, MAX_WORD)),
    },
    metadata: {
      ...about,
      summary: title,
      relatedResources: about.relatedResources.map((resource) => escaped(resource, MAX_RESOURCE)),
    },
  }
}

/** As drawn for people, in fixed width, as far as it fits. */
function description(text: string): string {
  const [block = '', ...rest] = codeBlocks(text.split('\n'), MAX_DESCRIPTION - CUT_NOTE.length - 1, CUT_NOTE)
  return rest.length === 0 ? block : `${block}\n${CUT_NOTE}`
}

const nextSteps = ({ sections, links }: Content): readonly string[] =>
  [
    ...sections.flatMap((section) =>
      section.layout === 'fix' ? [prose(`${section.title}: ${section.goal}`, MAX_STEP)] : [],
    ),
    ...links.map(({ text, url }) => `${text}: ${url}`),
  ].slice(0, MAX_STEPS)

const aboutMessage = ({
  kind,
  code,
  severity,
  confidence,
  subject,
  component,
  findingId,
}: Message): Metadata => ({
  threadId: findingId,
  eventType: `finding-${kind}`,
  keywords: [severity, code, kind, subject.kind],
  relatedResources: [...new Set([subject.arn, component.id])],
  additionalContext: {
    account: subject.accountId,
    region: subject.region,
    findingId,
    code,
    severity,
    confidence,
  },
})

const aboutDigest = ({ id, severity, causes, count }: Digest): Metadata => ({
  eventType: 'findings-digest',
  keywords: [severity, ...causes.map(({ code }) => code)].slice(0, MAX_STEPS),
  relatedResources: [],
  additionalContext: { digestId: id, severity, count: String(count) },
})
