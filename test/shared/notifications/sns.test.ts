import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import { mockClient } from 'aws-sdk-client-mock'
import { describe, expect, it } from 'vitest'
import { configuredChannels } from '../../../shared/notifications/channels.ts'
import { messageFor } from '../../../shared/notifications/message.ts'
import { snsBody, snsChannel, snsSubject } from '../../../shared/notifications/sns.ts'
import { checkoutFinding } from '../findings/checkout.ts'
import { recordOf } from './records.ts'

const TOPIC = 'arn:aws:sns:ap-northeast-1:111122223333:findings'
const message = messageFor(recordOf(checkoutFinding()))

async function published(topic: string) {
  const mock = mockClient(SNSClient)
  mock.on(PublishCommand).resolves({ MessageId: 'm' })
  await snsChannel(new SNSClient({ region: 'local' }), topic).publish(message, {
    deduplicationId: 'finding-1',
    deadline: 0,
  })
  return mock.commandCalls(PublishCommand)[0]?.args[0].input
}

describe('a message on SNS', () => {
  it('has a subject, text for people, and attributes to filter by', async () => {
    const input = await published(TOPIC)
    expect(input?.Subject).toBe(
      '[CRITICAL] target group checkout: The load balancer may not connect to port 8000 of its targets',
    )
    expect(input?.Message).toContain('net.lb-sg-egress (proven)')
    const attributes = Object.entries(input?.MessageAttributes ?? {}).map(([name, { StringValue }]) => [
      name,
      StringValue,
    ])
    expect(Object.fromEntries(attributes)).toEqual({
      code: 'net.lb-sg-egress',
      severity: 'critical',
      kind: 'opened',
      account: '111122223333',
      region: 'ap-northeast-1',
    })
    expect(input).not.toHaveProperty('MessageDeduplicationId')
  })

  it('a FIFO topic refuses what it has already got', async () => {
    expect(await published(`${TOPIC}.fifo`)).toMatchObject({
      MessageGroupId: message.findingId,
      MessageDeduplicationId: 'finding-1',
    })
  })

  it.each(['Überprüfung → ☃ of ünïcode', 'x'.repeat(300), 'tab\tand\nbreak\u0007'])(
    'the subject of %j is at most 100 printable ASCII characters',
    (headline) => {
      expect(snsSubject({ ...message, headline })).toMatch(/^\[CRITICAL\] [\x20-\x7e]{1,89}$/)
    },
  )

  it('a resolved finding is announced as that', () => {
    expect(snsSubject({ ...message, kind: 'resolved', headline: 'well again' })).toBe('[RESOLVED] well again')
  })

  it('a body beyond 256 KB is cut between characters, and says so', () => {
    const body = snsBody('é✗'.repeat(100_000))
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(250 * 1024)
    expect(body).not.toContain('\ufffd')
    expect(body).toMatch(/\(cut: longer than SNS allows; .*\)$/)
    expect(snsBody('short')).toBe('short')
  })
})

it('only channels that are set up are used', () => {
  expect(configuredChannels({})).toEqual([])
  expect(configuredChannels({ SNS_TOPIC_ARN: TOPIC }).map(({ name }) => name)).toEqual(['sns'])
})
