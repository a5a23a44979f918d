/** Whatever somebody called a resource: no channel lets it become markup, a mention, a link or a control. */
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Finding } from '../../../shared/findings/finding.ts'
import { amazonQChannel } from '../../../shared/notifications/amazon-q.ts'
import type { Channel } from '../../../shared/notifications/channel.ts'
import { digestOf } from '../../../shared/notifications/digest.ts'
import { messageFor } from '../../../shared/notifications/message.ts'
import { slackBot } from '../../../shared/notifications/slack/bot.ts'
import { paced } from '../../../shared/notifications/slack/send.ts'
import { snsChannel } from '../../../shared/notifications/sns.ts'
import { blockedPath, checkoutFinding, noEgress } from '../findings/checkout.ts'
import { recordOf } from './records.ts'
import { fakeSlack } from './slack/fake-slack.ts'

const slack = fakeSlack()
const sns = mockClient(SNSClient)
beforeEach(() => {
  sns.reset()
  sns.on(PublishCommand).resolves({})
})

const PAGE = 'https://findings.example.com'

const HOSTILE: readonly (readonly [string, string])[] = [
  ['mentions', '<!channel> <@U0123> <!subteam^S1> <#C1> @here'],
  ['links', '<https://evil.example.com|click> [here](https://evil.example.com)'],
  ['markup', '*bold* _italic_ ~gone~ `code` :rotating_light: > quote'],
  ['fences', '``` out of the block *bold* ```` and `back` ```'],
  ['HTML', '<script>alert("1")</script> &amp; &lt;!channel&gt; <img src=x onerror=y>'],
  ['controls', '\u001b[31mred\u0000\u0007\r\n\u2028\u202etxt.exe\u200b'],
  ['10 KB', 'x'.repeat(10_240)],
  ['10 KB to escape', '<&>`*'.repeat(2_048)],
  ['10 KB outside of the BMP', '🔥'.repeat(2_560)],
]

/** A finding whose every name and text is the given one. */
function called(name: string): Finding {
  const component = { type: 'security-group', id: name, name } as const
  const evidence = { operation: name, resource: name, field: name, observed: { name }, expected: name }
  const finding = checkoutFinding({
    cause: { ...noEgress, component, title: name, evidence: Array.from({ length: 12 }, () => evidence) },
    targets: [{ id: name, port: 80, state: name, reason: name, description: name }],
    otherCauses: [{ ...noEgress, title: name }],
    paths: [
      {
        ...blockedPath,
        forward: blockedPath.forward.map((hop) => ({ ...hop, component, explanation: name })),
      },
    ],
  })
  return {
    ...finding,
    subject: { ...finding.subject, name, arn: name },
    ruledOut: [{ code: 'net.nacl', because: name }],
    unknown: [{ code: 'net.nacl', missing: name, because: name }],
    remediation: [
      { title: name, steps: [{ title: name, cli: [name, `aws ${name}`] }], opens: name, verified: true },
    ],
  }
}

const messageOf = (name: string) => messageFor(recordOf(called(name)), 'opened', PAGE)
const CONTROLS = /[^\P{C}\n]|[\u2028\u2029]/u

async function tellAll(channel: Pick<Channel, 'publish' | 'publishDigest'>, name: string) {
  const message = messageOf(name)
  const options = { deduplicationId: 'id', deadline: slack.now + 60_000 }
  await channel.publish(message, options)
  await channel.publish(
    { ...message, kind: 'resolved', over: { at: message.since, lasted: '1 min' } },
    options,
  )
  await channel.publishDigest?.(digestOf(Array.from({ length: 12 }, () => message)), options)
}

/** What of a text in Slack's markup is neither in code nor one of our own links. */
const outsideOfCode = (text: string): string =>
  text
    .replace(/```.*?```/gs, '')
    .replace(/`[^`\n]*`/g, '')
    .replace(/<https:\/\/findings\.example\.com\/[\w./-]+\|[\w. -]+>/g, '')

function textsOf(blocks: readonly unknown[], type: string): readonly string[] {
  const found: string[] = []
  JSON.stringify(blocks, (_name, value: { readonly type?: string; readonly text?: unknown }) => {
    if (value?.type === type && typeof value.text === 'string') found.push(value.text)
    return value
  })
  return found
}

describe.each(HOSTILE)('%s in names', (_kind, name) => {
  it('are text on Slack', async () => {
    const bot = slackBot(paced(slack.pace), { token: 'xoxb-1', channel: 'C0FAKE' }, slack.api)
    await tellAll(bot, name)
    // The local Slack checks its limits, and would have refused the blocks.
    expect(slack.requests).toHaveLength(3)
    expect(slack.messages).toHaveLength(3)
    for (const { text, blocks } of slack.messages) {
      expect(blocks.length).toBeGreaterThan(2)
      const marked = textsOf(blocks, 'mrkdwn')
      const plain = textsOf(blocks, 'plain_text')
      for (const one of marked) expect(outsideOfCode(one)).toMatch(/^[\w\s*().,:;·-]*$/)
      for (const one of [text, ...plain, ...marked.map(outsideOfCode)]) expect(one).not.toMatch(/[<>]/)
      for (const one of [text, ...plain, ...marked]) {
        expect(one).not.toMatch(CONTROLS)
        expect(one).not.toMatch(/&(?!amp;|lt;|gt;)/)
      }
    }
  })

  it('are text on SNS, within its limits, and JSON for programs', async () => {
    await tellAll(snsChannel(new SNSClient({ region: 'local' }), 'arn:aws:sns:local:1:t'), name)
    const calls = sns.commandCalls(PublishCommand)
    expect(calls).toHaveLength(3)
    for (const { args } of calls) {
      const { Subject = '', Message = '', MessageAttributes } = args[0].input
      expect(Subject).toMatch(/^[\x20-\x7e]{1,100}$/)
      expect(Buffer.byteLength(Message + JSON.stringify(MessageAttributes))).toBeLessThan(256 * 1024)
      const { default: text, sms, sqs } = JSON.parse(Message) as Record<string, string>
      expect(text).not.toMatch(CONTROLS)
      expect(sms).toBe(Subject)
      expect(JSON.parse(sqs ?? '')).toMatchObject({ version: '1', severity: 'critical' })
      expect(sqs).not.toMatch(CONTROLS)
    }
  })

  it('are text for Amazon Q, within its limits', async () => {
    await tellAll(amazonQChannel(new SNSClient({ region: 'local' }), 'arn:aws:sns:local:1:q'), name)
    const calls = sns.commandCalls(PublishCommand)
    expect(calls).toHaveLength(3)
    for (const { args } of calls) {
      const { content, metadata } = JSON.parse(args[0].input.Message ?? '')
      expect(content.title.length).toBeLessThanOrEqual(250)
      expect(content.description.length).toBeLessThanOrEqual(8000)
      expect(outsideOfCode(content.description)).not.toMatch(/[<>*`]/)
      const steps = (content.nextSteps as string[]).filter((step) => !step.includes(`: ${PAGE}/`))
      for (const line of [content.title, metadata.summary, ...steps, ...content.keywords]) {
        expect(line).not.toMatch(/[<>*~`@[\]]|:\/\/|(^|\W)_|_(\W|$)/)
        expect(line).not.toMatch(CONTROLS)
        expect(line.length).toBeLessThanOrEqual(350)
      }
    }
  })
})
