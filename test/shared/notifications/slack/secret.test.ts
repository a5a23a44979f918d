import { inspect } from 'node:util'
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, describe, expect, it } from 'vitest'
import { messageFor } from '../../../../shared/notifications/message.ts'
import { slackSecret } from '../../../../shared/notifications/slack/secret.ts'
import { slackChannel } from '../../../../shared/notifications/slack.ts'
import { checkoutFinding } from '../../findings/checkout.ts'
import { recordOf } from '../records.ts'
import { fakeSlack } from './fake-slack.ts'

const slack = fakeSlack()
const secrets = mockClient(SecretsManagerClient)
const message = messageFor(recordOf(checkoutFinding()))
const reads = () => secrets.commandCalls(GetSecretValueCommand).length

beforeEach(() => secrets.reset())

const holding = (...values: readonly unknown[]) => {
  const texts = values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
  const call = secrets.on(GetSecretValueCommand, { SecretId: 'hca/slack' })
  for (const SecretString of texts.slice(0, -1)) call.resolvesOnce({ SecretString })
  call.resolves({ SecretString: texts.at(-1) })
}

const secret = () => slackSecret(new SecretsManagerClient({ region: 'local' }), 'hca/slack')

function channel() {
  const { name, publish } = slackChannel(secret(), { pace: slack.pace, api: slack.api })
  return { name, tell: () => publish(message, { deduplicationId: 'id', deadline: slack.now + 30_000 }) }
}

const bot = (token: string) => ({ token, channel: 'C0FAKE' })

describe('the secret of Slack', () => {
  it('is read once, however much is told', async () => {
    holding(bot('xoxb-1'))
    const { tell } = channel()
    await tell()
    await tell()
    expect(slack.messages).toHaveLength(2)
    expect(reads()).toBe(1)
  })

  it('is read again when Slack no longer takes the token, and then used', async () => {
    holding(bot('xoxb-1'), bot('xoxb-2'))
    const { tell } = channel()
    await tell()
    slack.token = 'xoxb-2'
    await tell()
    await tell()
    expect(slack.messages).toHaveLength(3)
    expect(reads()).toBe(2)
  })

  it('that is still the same is not tried a second time', async () => {
    holding(bot('xoxb-old'))
    const { tell } = channel()
    await expect(tell()).rejects.toThrow('Slack answers invalid_auth: the token in the secret is not valid')
    expect(slack.requests).toHaveLength(1)
  })

  it('a failure to read it is not remembered', async () => {
    secrets
      .on(GetSecretValueCommand)
      .rejectsOnce(new Error('Rate exceeded'))
      .resolves({
        SecretString: JSON.stringify(bot('xoxb-1')),
      })
    const { tell } = channel()
    await expect(tell()).rejects.toThrow('Rate exceeded')
    await tell()
    expect(slack.messages).toHaveLength(1)
  })

  it('may hold a webhook instead', async () => {
    const webhookUrl = 'https://hooks.slack.com/services/T0/B0/x'
    holding({ webhookUrl })
    expect(await secret().read()).toEqual({ webhookUrl })
  })

  it.each([
    'xoxb-hush-in-plain-text',
    { token: 'xoxb-hush' },
    { token: 'xoxp-hush-of-a-user', channel: 'C1' },
    { webhookUrl: 'https://evil.example.com/hush' },
    { webhookUrl: 'https://hooks.slack.com.evil.example.com/hush' },
    {},
  ])('%j is refused, with what it must hold and without what it holds', async (value) => {
    holding(value)
    const error = await channel()
      .tell()
      .catch((thrown: unknown) => thrown)
    expect(inspect(error)).toContain(
      'secret hca/slack does not tell how to speak to Slack: it must hold {"token"',
    )
    expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(/hush|evil/)
  })

  it('stands in no error of Slack', async () => {
    holding(bot('xoxb-hush'))
    for (const answer of [
      [200, { ok: false, error: 'invalid_auth' }],
      [500, 'xoxb-hush'],
    ] as const) {
      slack.next.push(answer, answer)
      const error = await channel()
        .tell()
        .catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(Error)
      expect(inspect(error, { depth: null, showHidden: true })).not.toContain('hush')
    }
  })
})
