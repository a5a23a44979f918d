import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { paced } from '../../../../shared/notifications/slack/send.ts'
import { fakeSlack } from './fake-slack.ts'

const slack = fakeSlack()
const body = { text: 'hello' }

const sender = () => {
  const send = paced(slack.pace)
  return (timeLeft = 30_000, url = slack.webhookUrl) => send({ url, body }, slack.now + timeLeft)
}

const seconds = () => slack.requests.map(({ at }) => (at - (slack.requests[0]?.at ?? 0)) / 1000)

describe('the pace of messages to Slack', () => {
  it('is one a second, and the first goes at once', async () => {
    const send = sender()
    const start = slack.now
    for (let n = 0; n < 4; n += 1) await send()
    expect(slack.requests[0]?.at).toBe(start)
    expect(seconds()).toEqual([0, 1, 2, 3])
  })

  it('after 429 nothing goes before Retry-After has passed; then it goes again', async () => {
    slack.next.push([429, '', { 'retry-after': '7' }], [429, 'ratelimited', { 'retry-after': '2' }])
    const send = sender()
    expect(await send()).toMatchObject({ status: 200, text: 'ok' })
    expect(seconds()).toEqual([0, 7, 9])
  })

  it('a 429 without Retry-After costs a second', async () => {
    slack.next.push([429, ''])
    await sender()()
    expect(seconds()).toEqual([0, 1])
  })

  it('a pause beyond the time that the run has left is a failure at once, without another request', async () => {
    slack.next.push([429, '', { 'retry-after': '31' }])
    const send = sender()
    const start = slack.now
    await expect(send()).rejects.toThrow('Slack asks for 31000 ms of silence: longer than this run may take')
    await expect(send()).rejects.toThrow('longer than this run may take')
    expect(slack.requests).toHaveLength(1)
    expect(slack.now).toBe(start)
  })

  it('with no time left nothing is sent', async () => {
    await expect(sender()(0)).rejects.toThrow('longer than this run may take')
    expect(slack.requests).toEqual([])
  })
})

it.each([
  ['nobody listens', 'http://127.0.0.1:2/services/very-secret', 'ECONNREFUSED'],
  ['the address is none', 'very-secret', 'ERR_INVALID_URL'],
])('when %s, the error names the reason and not the address', async (_case, url, reason) => {
  const error = await sender()(1000, url).catch((thrown: unknown) => thrown)
  expect(inspect(error)).toContain(`Slack could not be reached: ${reason}`)
  expect(inspect(error, { depth: null, showHidden: true })).not.toContain('very-secret')
})
