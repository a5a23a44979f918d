import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import { mockClient } from 'aws-sdk-client-mock'
import { describe, expect, it } from 'vitest'
import { type ChannelSettings, configuredChannels } from '../../../shared/notifications/channels.ts'
import { digestOf } from '../../../shared/notifications/digest.ts'
import { messageFor } from '../../../shared/notifications/message.ts'
import { snsBody, snsChannel, snsSubject } from '../../../shared/notifications/sns.ts'
import { checkoutFinding } from '../findings/checkout.ts'
import { recordOf } from './records.ts'

const TOPIC = 'arn:aws:sns:ap-northeast-1:111122223333:findings'
const message = messageFor(recordOf(checkoutFinding()), 'opened', 'https://findings.example.com')

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
    expect(input?.MessageStructure).toBe('json')
    expect(JSON.parse(input?.Message ?? '').default).toContain('net.lb-sg-egress (proven)')
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

  it('programs get JSON: small, to route by', async () => {
    const { sqs, lambda, http, https, firehose, sms } = JSON.parse((await published(TOPIC))?.Message ?? '')
    expect(new Set([sqs, lambda, http, https, firehose])).toEqual(new Set([sqs]))
    expect(JSON.parse(sqs)).toEqual({
      version: '1',
      event: 'opened',
      findingId: message.findingId,
      findingVersion: 1,
      severity: 'critical',
      code: 'net.lb-sg-egress',
      confidence: 'proven',
      headline: message.headline,
      subject: message.subject,
      component: { type: 'security-group', id: 'sg-0a11ba1a', name: 'shop-alb' },
      since: '2026-11-20T03:12:34.000Z',
      occurrences: 1,
      pageUrl: `https://findings.example.com/findings/${message.findingId}`,
    })
    expect(sms).toMatch(/^\[CRITICAL\] target group checkout: /)
  })

  it('a FIFO topic gets no digest: who comes back after a crash has other findings to tell, under another id', () => {
    expect(snsChannel(new SNSClient({ region: 'local' }), `${TOPIC}.fifo`).publishDigest).toBeUndefined()
  })

  it('a digest names its findings to programs, and its causes and subjects to people', async () => {
    const mock = mockClient(SNSClient)
    mock.on(PublishCommand).resolves({})
    const digest = digestOf([message, { ...message, findingId: 'other', severity: 'low', code: 'net.nacl' }])
    const channel = snsChannel(new SNSClient({ region: 'local' }), TOPIC)
    await channel.publishDigest?.(digest, { deduplicationId: digest.id, deadline: 0 })
    const input = mock.commandCalls(PublishCommand)[0]?.args[0].input
    expect(input?.Subject).toBe('[CRITICAL] 2 findings opened at once')
    const { default: text, sqs } = JSON.parse(input?.Message ?? '')
    expect(text).toMatchInlineSnapshot(`
      "━━ CRITICAL · 2 findings at once ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
      ✗ 2 more findings opened at the same time, of 2 causes, in account 111122223333, ap-northeast-1.
        Each is recorded; its end will be told.
        All findings: https://findings.example.com/findings

      net.lb-sg-egress: 1
        ✗ target group checkout: The load balancer may not connect to port 8000 of its targets

      net.nacl: 1
        ✗ target group checkout: The load balancer may not connect to port 8000 of its targets"
    `)
    expect(JSON.parse(sqs)).toMatchObject({
      event: 'digest',
      count: 2,
      causes: [
        { code: 'net.lb-sg-egress', findingIds: [message.findingId] },
        { code: 'net.nacl', findingIds: ['other'] },
      ],
    })
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

  it('a body that SNS would refuse is cut between characters, and says so', () => {
    const body = snsBody('é✗'.repeat(100_000))
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(100 * 1024)
    expect(body).not.toContain('\ufffd')
    expect(body).toMatch(/\(cut: longer than SNS allows; .*\)$/)
    expect(snsBody('short')).toBe('short')
  })
})

it('only channels that are set up are used', () => {
  expect(configuredChannels({})).toEqual([])
  const names = (settings: ChannelSettings) => configuredChannels(settings).map(({ name }) => name)
  expect(names({ SNS_TOPIC_ARN: TOPIC })).toEqual(['sns'])
  expect(names({ SNS_TOPIC_ARN: TOPIC, AMAZON_Q_TOPIC_ARN: TOPIC, SLACK_SECRET_ID: 'hca/slack' })).toEqual([
    'sns',
    'amazon-q',
    'slack',
  ])
})
