import { describe, expect, it } from 'vitest'
import { digestOf } from '../../../../shared/notifications/digest.ts'
import { messageFor } from '../../../../shared/notifications/message.ts'
import { paced } from '../../../../shared/notifications/slack/send.ts'
import { slackWebhook } from '../../../../shared/notifications/slack/webhook.ts'
import { checkoutFinding } from '../../findings/checkout.ts'
import { recordOf } from '../records.ts'
import { fakeSlack } from './fake-slack.ts'

const slack = fakeSlack()
const message = messageFor(recordOf(checkoutFinding()))
const options = () => ({ deduplicationId: 'id', deadline: slack.now + 30_000 })
const webhook = () => slackWebhook(paced(slack.pace), { webhookUrl: slack.webhookUrl })

describe('an incoming webhook', () => {
  it('takes a message per change, and a digest', async () => {
    const hook = webhook()
    expect(await hook.publish(message, options())).toBeUndefined()
    await hook.publish(
      { ...message, kind: 'resolved', over: { at: message.since, lasted: '1 min' } },
      options(),
    )
    await hook.publishDigest(digestOf([message, message]), options())
    expect(slack.messages.map(({ text }) => text.split(':')[0])).toEqual([
      '✗ CRITICAL · new',
      '✓ RESOLVED',
      '✗ CRITICAL · 2 findings at once',
    ])
  })

  it('that refuses blocks gets the text', async () => {
    slack.next.push([400, 'invalid_blocks'])
    await webhook().publish(message, options())
    expect(slack.messages).toMatchObject([{ text: expect.stringContaining('CRITICAL') }])
    expect(slack.messages[0]).not.toHaveProperty('blocks')
  })

  it.each([
    [404, 'no_service', 'Slack answers no_service: the webhook in the secret was removed'],
    [500, '<html>no hooks.slack.com/secret</html>', 'Slack answers with status 500'],
  ])('status %d is told without repeating a page', async (status, text, words) => {
    slack.next.push([status, text])
    await expect(webhook().publish(message, options())).rejects.toThrow(new RegExp(`^${words}$`))
  })
})
