/** A finding's whole life on Slack, told by runs that die between any two writes to the delivery log. */
import { expect, it } from 'vitest'
import { dynamodbDeliveryLog } from '../../../../shared/findings/dynamodb-delivery-log.ts'
import type { ItemTable } from '../../../../shared/findings/item-table.ts'
import type { FindingRecord } from '../../../../shared/findings/record.ts'
import { deliver } from '../../../../shared/notifications/deliver.ts'
import { slackChannel } from '../../../../shared/notifications/slack.ts'
import { checkoutFinding } from '../../findings/checkout.ts'
import { embeddedTables } from '../../findings/embedded-table.ts'
import { recordOf } from '../records.ts'
import { fakeSlack } from './fake-slack.ts'

const slack = fakeSlack()
const newTable = embeddedTables()

const opened = recordOf(checkoutFinding())
const resolved: FindingRecord = {
  ...opened,
  status: 'resolved',
  changeKind: 'resolved',
  resolvedAt: '2026-11-20T04:00:00.000Z',
  version: 2,
}

async function office() {
  const table = await newTable()
  const state = { putsLeft: Number.POSITIVE_INFINITY, runs: 0 }
  const mortal: ItemTable = {
    ...table,
    put: async (item, condition) => {
      if (state.putsLeft <= 0) throw new Error('the process died')
      state.putsLeft -= 1
      return table.put(item, condition)
    },
  }
  const secret = { token: 'xoxb-1', channel: 'C0FAKE' }
  /** Each run is a process of its own. */
  const run = async (record: FindingRecord) => {
    state.runs += 1
    const owner = `run-${state.runs}`
    const channel = slackChannel(
      { read: async () => secret, readAgain: async () => secret },
      { pace: slack.pace, api: slack.api },
    )
    const [result] = await deliver(
      {
        channels: [channel],
        log: dynamodbDeliveryLog(mortal),
        now: () => new Date(slack.now),
        newId: () => owner,
      },
      [record],
    )
    return result
  }
  return { run, state }
}

it('the head that is edited is the one that a run before has posted', async () => {
  const { run } = await office()
  expect(await run(opened)).toEqual(['told'])
  expect(await run(resolved)).toEqual(['told'])
  expect(slack.messages).toMatchObject([
    { edits: 1, text: expect.stringContaining('✓ RESOLVED') },
    { thread_ts: slack.messages[0]?.ts },
  ])
})

// claim, settle of the opening; claim, settle of the end
it.each([
  [0, { heads: 1, replies: 1 }],
  [1, { heads: 2, replies: 1 }],
  [2, { heads: 1, replies: 1 }],
  [3, { heads: 1, replies: 2 }],
  [4, { heads: 1, replies: 1 }],
])('dead after %d writes: %j, and the end is told', async (putsLeft, { heads, replies }) => {
  const { run, state } = await office()
  state.putsLeft = putsLeft
  await run(opened)
  if (putsLeft > 1) await run(resolved)
  state.putsLeft = Number.POSITIVE_INFINITY
  slack.now += 61_000
  if (putsLeft <= 1) await run(opened)
  await run(resolved)
  expect(await run(resolved)).toEqual(['nothing-to-tell'])
  const threads = slack.messages.filter(({ thread_ts }) => thread_ts === undefined)
  expect(threads).toHaveLength(heads)
  expect(threads.at(-1)?.text).toContain('✓ RESOLVED')
  expect(slack.messages.filter(({ thread_ts }) => thread_ts === threads.at(-1)?.ts)).toHaveLength(replies)
})

it('a channel that asks to wait beyond the run is told by the next run', async () => {
  const { run } = await office()
  slack.next.push([429, '', { 'retry-after': '90' }])
  const result = await run(opened)
  expect((result as Error).message).toContain('channel slack: Slack asks for 90000 ms of silence')
  expect(await run(opened)).toEqual(['told'])
  expect(slack.messages).toHaveLength(1)
})
