import { describe, expect, it } from 'vitest'
import type { FindingRecord } from '../../../../shared/findings/record.ts'
import { digestOf } from '../../../../shared/notifications/digest.ts'
import { messageFor } from '../../../../shared/notifications/message.ts'
import { slackBot } from '../../../../shared/notifications/slack/bot.ts'
import { paced } from '../../../../shared/notifications/slack/send.ts'
import { checkoutFinding } from '../../findings/checkout.ts'
import { recordOf } from '../records.ts'
import { fakeSlack } from './fake-slack.ts'

const slack = fakeSlack()

const opened = recordOf(checkoutFinding())
const changed: FindingRecord = {
  ...opened,
  finding: { ...opened.finding, severity: 'medium' },
  changeKind: 'changed',
  version: 2,
}
const resolved: FindingRecord = {
  ...opened,
  status: 'resolved',
  changeKind: 'resolved',
  resolvedAt: '2026-11-20T08:55:48.000Z',
  version: 3,
}
const reopened: FindingRecord = { ...opened, changeKind: 'reopened', occurrences: 2, version: 4 }

/** A new process each time: what it knows is the reference. */
async function tell(record: FindingRecord, reference?: string): Promise<string | undefined> {
  const bot = slackBot(paced(slack.pace), { token: 'xoxb-1', channel: '#incidents' }, slack.api)
  const deadline = slack.now + 30_000
  return bot.publish(messageFor(record, record.changeKind, 'https://findings.example.com'), {
    deduplicationId: 'id',
    reference,
    deadline,
  })
}

const tellAll = async (...records: FindingRecord[]) => {
  let reference: string | undefined
  for (const record of records) reference = await tell(record, reference)
  return reference
}

/** A block as lines: what kind of text, and the text. */
function drawn(block: unknown): readonly string[] {
  const { type, text, fields } = block as {
    readonly type: string
    readonly text?: { readonly type: string; readonly text: string }
    readonly fields?: readonly { readonly text: string }[]
  }
  if (fields) return fields.map((field) => `field: ${field.text.replace('\n', ' ')}`)
  return [`${type === 'header' ? type : text?.type}: ${text?.text}`]
}

const json = (value: unknown): string => JSON.stringify(value)

describe('a finding on Slack', () => {
  it('opens a thread, whose head has header, fields, path, evidence and the fix', async () => {
    await tell(opened)
    expect(slack.messages).toHaveLength(1)
    expect(slack.messages[0]?.text).toBe(
      '✗ CRITICAL · new: target group checkout: The load balancer may not connect to port 8000 of its targets',
    )
    expect((slack.messages[0]?.blocks ?? []).flatMap(drawn).join('\n')).toMatchInlineSnapshot(`
      "header: ✗ CRITICAL · new: target group checkout: The load balancer may not connect to port 8000 of its targets
      field: *Cause* \`net.lb-sg-egress (proven)\`
      field: *Component* \`security group sg-0a11ba1a (shop-alb)\`
      field: *When* \`since 2026-11-20 03:12:34 UTC\`
      field: *Account* \`111122223333\`
      field: *Region* \`ap-northeast-1\`
      field: *Finding* \`f1bceec8c1d3c101e772a8b2b27465f5\`
      mrkdwn: <https://findings.example.com/findings/f1bceec8c1d3c101e772a8b2b27465f5|This finding>  ·  <https://findings.example.com/causes/net.lb-sg-egress|About net.lb-sg-egress>
      mrkdwn: *Affected*
      plain_text: ✗ 10.0.1.15:8000  ap-northeast-1a  unhealthy  Target.Timeout: Request timed out
      mrkdwn: *Path*
      mrkdwn: \`\`\`
      there ✗ blocked   tcp 10.0.0.10:1024-65535 → 10.0.1.15:8000
        ✓      network interface eni-0a1b0001         the load balancer sends from here
        ✗ out  security group sg-0a11ba1a (shop-alb)  ◀ BLOCKED HERE
        ┊     no outbound rule lets tcp 8000 to 10.0.1.15 pass
      \`\`\`
      mrkdwn: *Evidence*
      plain_text: • ec2:DescribeSecurityGroups sg-0a11ba1a: IpPermissionsEgress is []; expected: tcp 8000 to sg-07a26e75
      mrkdwn: *Fix (verified: applied to the snapshot, the analysis comes out clean)*
      plain_text: Let the load balancer connect to its targets
      plain_text: 1. Add an outbound rule to sg-0a11ba1a
      mrkdwn: \`\`\`
      aws ec2 authorize-security-group-egress --group-id sg-0a11ba1a --ip-permissions IpProtocol=tcp,FromPort=8000,ToPort=8000,UserIdGroupPairs=[{GroupId=sg-07a26e75}]
      \`\`\`
      plain_text: Opens: tcp 8000 from the load balancer shop-alb to the checkout tasks
      mrkdwn: *Ruled out*
      plain_text: ✓ net.nacl: the network ACLs of both subnets let tcp 8000 and its replies pass"
    `)
  })

  it('once resolved, the head says so and keeps what it was, without a cure; the thread tells it', async () => {
    await tellAll(opened, resolved)
    const [head, reply, ...others] = slack.messages
    expect(others).toEqual([])
    expect(head).toMatchObject({
      edits: 1,
      text: expect.stringContaining('✓ RESOLVED: target group checkout'),
    })
    expect(json(head?.blocks)).toContain('IpPermissionsEgress')
    expect(json(head?.blocks)).not.toContain('aws ec2 authorize')
    expect(reply).toMatchObject({ thread_ts: head?.ts, reply_broadcast: false, edits: 0 })
    expect(json(reply?.blocks)).toContain('it lasted 5 h 43 min')
    expect(reply?.blocks).toHaveLength(2)
  })

  it('a change edits the head and is a reply; coming back is shown in the channel too', async () => {
    await tellAll(opened, changed, resolved, reopened)
    const [head, ...replies] = slack.messages
    expect(head).toMatchObject({ edits: 3, text: expect.stringContaining('✗ CRITICAL · again') })
    expect(
      replies.map(({ text, thread_ts, reply_broadcast }) => [text.split(':')[0], thread_ts, reply_broadcast]),
    ).toEqual([
      ['✗ MEDIUM · changed', head?.ts, false],
      ['✓ RESOLVED', head?.ts, false],
      ['✗ CRITICAL · again', head?.ts, true],
    ])
  })

  it('the edit comes first, so that a run that ends before the reply repeats it without harm', async () => {
    const reference = await tell(opened)
    slack.next.push([200, { ok: true }], [503, 'unavailable'])
    await expect(tell(resolved, reference)).rejects.toThrow('Slack answers with status 503')
    await tell(resolved, reference)
    expect(slack.messages.map(({ thread_ts }) => thread_ts !== undefined)).toEqual([false, true])
    expect(slack.requests.map(({ path }) => path.split('.')[1])).toEqual([
      'postMessage',
      'update',
      'postMessage',
      'update',
      'postMessage',
    ])
  })

  it('a head that somebody deleted is written anew', async () => {
    const reference = await tell(opened)
    slack.messages = []
    const next = await tell(resolved, reference)
    expect(slack.messages).toMatchObject([{ text: expect.stringContaining('✓ RESOLVED') }])
    expect(next).not.toBe(reference)
    expect(next).toContain(slack.messages[0]?.ts)
  })

  it('where edits are forbidden, the reply still comes', async () => {
    const reference = await tell(opened)
    slack.next.push([200, { ok: false, error: 'edit_window_closed' }])
    await tell(resolved, reference)
    expect(slack.messages).toMatchObject([{ edits: 0 }, { text: expect.stringContaining('RESOLVED') }])
  })

  it('blocks that Slack refuses do not keep people from being told', async () => {
    slack.next.push([200, { ok: false, error: 'invalid_blocks' }])
    await tell(opened)
    expect(slack.messages).toMatchObject([{ blocks: [], text: expect.stringContaining('CRITICAL') }])
  })

  it('nothing is parsed for mentions, and nothing unfurls', async () => {
    await tell(opened)
    expect(JSON.parse(slack.requests[0]?.body ?? '')).toMatchObject({
      channel: '#incidents',
      parse: 'none',
      link_names: false,
      unfurl_links: false,
      unfurl_media: false,
    })
  })

  it('the links lead to the finding and to its cause', async () => {
    await tell(opened)
    const blocks = json(slack.messages[0]?.blocks)
    expect(blocks).toContain(`<https://findings.example.com/findings/${opened.finding.id}|This finding>`)
    expect(blocks).toContain('<https://findings.example.com/causes/net.lb-sg-egress|About net.lb-sg-egress>')
  })

  it.each([
    ['not_in_channel', 'Slack answers not_in_channel: invite the app to the channel'],
    ['missing_scope', 'Slack answers missing_scope: the app needs the scope chat:write'],
    ['fatal_error', 'Slack answers fatal_error'],
  ])('%s is told in words', async (error, words) => {
    slack.next.push([200, { ok: false, error }])
    await expect(tell(opened)).rejects.toThrow(words)
  })
})

describe('a digest on Slack', () => {
  const digest = async () => {
    const bot = slackBot(paced(slack.pace), { token: 'xoxb-1', channel: 'C0FAKE' }, slack.api)
    const messages = [messageFor(opened), messageFor(opened)]
    return bot.publishDigest(digestOf(messages), { deduplicationId: 'id', deadline: slack.now + 30_000 })
  }

  it('its thread takes the ends of its findings; the head stays', async () => {
    const reference = await digest()
    await tell(resolved, reference)
    expect(slack.messages).toMatchObject([
      { edits: 0, text: expect.stringContaining('2 findings at once') },
      { thread_ts: slack.messages[0]?.ts, text: expect.stringContaining('RESOLVED') },
    ])
    expect(slack.messages[1]?.blocks).toHaveLength(2)
  })

  it('a change of one of them is told in full there, since it has no head', async () => {
    await tell(changed, await digest())
    expect(slack.messages[1]?.thread_ts).toBe(slack.messages[0]?.ts)
    expect(json(slack.messages[1]?.blocks)).toContain('aws ec2 authorize')
  })

  it('a finding that comes back gets a thread of its own', async () => {
    const next = await tell(reopened, await digest())
    await tell({ ...resolved, version: 5 }, next)
    expect(slack.messages).toMatchObject([
      { edits: 0 },
      { edits: 1, text: expect.stringContaining('RESOLVED') },
      { thread_ts: slack.messages[1]?.ts },
    ])
    expect(slack.messages[1]).not.toHaveProperty('thread_ts')
  })
})
