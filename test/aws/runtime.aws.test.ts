/** Every function as it is shipped, under Lambda's Runtime API: what comes back when it succeeds, throws, fails in part. */
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { findingsTable } from '../../shared/findings/table.ts'
import { sqsEvent, streamEvent } from '../functions/lambda.ts'
import { type RunningFunction, startFunction } from '../lambda/start-function.ts'
import { scheduledTick, targetHealthEvent, taskStopped } from '../shared/events/bakery-events.ts'

const REGION = 'eu-south-2'
const ACCOUNT = '123456789012'
const TABLE = 'runtime-findings'
const running: RunningFunction[] = []

beforeAll(async () => {
  await new DynamoDBClient({ region: REGION }).send(new CreateTableCommand(findingsTable(TABLE)))
})
afterEach(() => {
  for (const one of running.splice(0)) one.stop()
})

async function start(name: string, more: Readonly<Record<string, string>> = {}): Promise<RunningFunction> {
  const own = Object.entries(process.env).filter(([key]) => key.startsWith('AWS_'))
  const one = await startFunction(name, {
    ...(Object.fromEntries(own) as Record<string, string>),
    AWS_REGION: REGION,
    ACCOUNT_ID: ACCOUNT,
    FINDINGS_TABLE: TABLE,
    FINDINGS_BUCKET: 'runtime-findings',
    EVENT_BUS: 'default',
    ...more,
  })
  running.push(one)
  return one
}

const here = <E extends object>(event: E) => ({ ...event, account: ACCOUNT, region: REGION })
const get = (rawPath: string) => ({
  version: '2.0',
  rawPath,
  rawQueryString: '',
  headers: {},
  isBase64Encoded: false,
  requestContext: {
    stage: '$default',
    http: { method: 'GET', path: rawPath },
    authorizer: { iam: { userArn: `arn:aws:sts::${ACCOUNT}:assumed-role/on-call/baker` } },
  },
})

const stream = streamEvent([{ entity: 'finding', pk: 'SUBJECT#broken', sk: 'FINDING#1' }])

/** An event that goes well, and one that the function cannot take. */
const cases = {
  'watch-target-health': { good: here(scheduledTick), bad: { bread: 'rye' } },
  'audit-target-health': { good: sqsEvent([]), bad: 'no event' },
  'audit-ecs-task': { good: sqsEvent([]), bad: 'no event' },
  'audit-config-change': { good: sqsEvent([]), bad: 'no event' },
  'sweep-region': { good: { accountId: ACCOUNT, region: REGION }, bad: { accountId: 'bakery' } },
  'notify-finding': { good: streamEvent([]), bad: 'no event' },
  'query-findings': { good: get('/findings'), bad: 'no event' },
} as const satisfies Readonly<Record<string, { readonly good: unknown; readonly bad: unknown }>>

const names = Object.keys(cases) as (keyof typeof cases)[]

describe('the functions as they are shipped', () => {
  test('are all here', () => {
    const files = readdirSync(fileURLToPath(new URL('../../functions', import.meta.url)))
    expect(files.map((file) => file.replace(/\.ts$/, '')).sort()).toEqual([...names].sort())
  })

  test.each(names)('%s answers', async (name) => {
    const { invoke, log } = await start(name)
    const answer = await invoke(cases[name].good)
    expect(answer, log()).toMatchObject({ kind: 'response' })
  })

  test.each(names)('%s reports what it cannot take, and goes on', async (name) => {
    const { invoke } = await start(name)
    const { kind, body } = await invoke(cases[name].bad)
    // The API answers every request, with its own words for what went wrong.
    const refused = kind === 'error' || (body as { readonly statusCode?: number }).statusCode !== 200
    expect(refused, JSON.stringify(body)).toBe(true)
    expect(await invoke(cases[name].good)).toMatchObject({ kind: 'response' })
  })

  test.each([
    ['audit-target-health', targetHealthEvent()],
    ['audit-ecs-task', taskStopped],
    ['audit-config-change', scheduledTick],
  ])('%s gives back the messages that failed, and only these', async (name, event) => {
    const { invoke, log } = await start(name)
    const { body } = await invoke(sqsEvent(['no JSON', here(event)]))
    const failed = (body as { readonly batchItemFailures: readonly { readonly itemIdentifier: string }[] })
      .batchItemFailures
    expect(
      failed.map(({ itemIdentifier }) => itemIdentifier),
      log(),
    ).toContain('message-0')
  })

  test('notify-finding gives back the record from which the stream has to be read again', async () => {
    const { invoke } = await start('notify-finding')
    expect(await invoke(stream)).toMatchObject({
      kind: 'response',
      body: { batchItemFailures: [{ itemIdentifier: '0' }] },
    })
  })

  test.each(names)('%s says in one sentence which setting its deployment forgot', async (name) => {
    const { invoke } = await start(name, { FINDINGS_TABLE: '' })
    const { kind, body } = await invoke(cases[name].good)
    expect(kind).toBe('error')
    expect((body as { readonly errorMessage: string }).errorMessage).toContain('FINDINGS_TABLE is not set')
  })
})
