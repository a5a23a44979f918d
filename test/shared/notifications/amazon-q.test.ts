import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import { mockClient } from 'aws-sdk-client-mock'
import { describe, expect, it } from 'vitest'
import { amazonQChannel } from '../../../shared/notifications/amazon-q.ts'
import type { Channel } from '../../../shared/notifications/channel.ts'
import { digestOf } from '../../../shared/notifications/digest.ts'
import { messageFor } from '../../../shared/notifications/message.ts'
import { checkout, checkoutFinding } from '../findings/checkout.ts'
import { recordOf } from './records.ts'

const TOPIC = 'arn:aws:sns:ap-northeast-1:111122223333:chat'
const PAGE = 'https://findings.example.com'
const message = messageFor(recordOf(checkoutFinding()), 'opened', PAGE)

async function published(say: (channel: Channel) => Promise<unknown> | undefined) {
  const mock = mockClient(SNSClient)
  mock.on(PublishCommand).resolves({})
  await say(amazonQChannel(new SNSClient({ region: 'local' }), TOPIC))
  const input = mock.commandCalls(PublishCommand)[0]?.args[0].input
  expect(input?.TopicArn).toBe(TOPIC)
  expect(input).not.toHaveProperty('MessageStructure')
  return JSON.parse(input?.Message ?? '')
}

const options = { deduplicationId: 'finding-1', deadline: 0 }

describe('a custom notification for Amazon Q Developer in chat', () => {
  it('has the schema of version 1.0, and the finding as its thread', async () => {
    const notification = await published((channel) => channel.publish(message, options))
    const title =
      'CRITICAL · new: target group checkout: The load balancer may not connect to port 8000 of its targets'
    const { description } = notification.content
    expect(notification).toEqual({
      version: '1.0',
      source: 'custom',
      id: 'finding-1',
      content: {
        textType: 'client-markdown',
        title,
        description,
        nextSteps: [
          'Fix (verified: applied to the snapshot, the analysis comes out clean): Let the load balancer connect to its targets',
          `This finding: ${PAGE}/findings/${message.findingId}`,
          `About net.lb-sg-egress: ${PAGE}/causes/net.lb-sg-egress`,
        ],
        keywords: ['critical', 'net.lb-sg-egress', 'opened', 'target-group'],
      },
      metadata: {
        threadId: message.findingId,
        summary: title,
        eventType: 'finding-opened',
        relatedResources: [checkout.arn, 'sg-0a11ba1a'],
        additionalContext: {
          account: '111122223333',
          region: 'ap-northeast-1',
          findingId: message.findingId,
          code: 'net.lb-sg-egress',
          severity: 'critical',
          confidence: 'proven',
        },
      },
    })
    expect(description).toMatch(/^```\n━━ CRITICAL · new ━.*◀ BLOCKED HERE.*\n```$/s)
  })

  it('a digest belongs to no thread', async () => {
    const digest = digestOf([message, { ...message, findingId: 'other' }])
    const { content, metadata } = await published((channel) => channel.publishDigest?.(digest, options))
    expect(metadata).toMatchObject({ eventType: 'findings-digest', additionalContext: { count: '2' } })
    expect(metadata).not.toHaveProperty('threadId')
    expect(content.keywords).toEqual(['critical', 'net.lb-sg-egress'])
  })

  it('a long description is cut, and says so', async () => {
    const long = {
      ...message,
      evidence: Array.from({ length: 10 }, () => ({ ...message.evidence[0], expected: 'x '.repeat(600) })),
    }
    const { content } = await published((channel) => channel.publish(long as typeof message, options))
    expect(content.description.length).toBeLessThanOrEqual(8000)
    expect(content.description.length).toBeGreaterThan(7000)
    expect(content.description).toMatch(/\n```\n… \(cut: hca findings show has the rest\)$/)
  })
})
