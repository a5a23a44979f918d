/**
 * A hub and a member, two accounts in two Regions: the sweep's state machine over all four places, and a network that is
 * broken in the member's account.
 */
import {
  AuthorizeSecurityGroupEgressCommand,
  EC2Client,
  RevokeSecurityGroupEgressCommand,
} from '@aws-sdk/client-ec2'
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { httpApiEvent, signed } from '../functions/http-api.ts'
import { sqsEvent, streamEvent } from '../functions/lambda.ts'
import { apiCall } from '../shared/events/bakery-events.ts'
import { type AccountCredentials, enter } from './accounts.ts'
import { aws, type Deployment, deploy, receive } from './deployment.ts'
import { type FunctionHost, hostFunctions } from './function-host.ts'
import { deployMember } from './member.ts'
import { fail } from './moto.ts'
import { execute } from './state-machine.ts'
import { createTopology, reportHealthy, reportTimeouts, type Topology } from './topology.ts'

const HUB = '123456789012'
const MEMBER = '222233334444'
const REGION = 'ap-southeast-2'
const OTHER_REGION = 'ap-southeast-4'
const MINUTES = 60_000

const places = [
  `${HUB}/${REGION}`,
  `${HUB}/${OTHER_REGION}`,
  `${MEMBER}/${REGION}`,
  `${MEMBER}/${OTHER_REGION}`,
]

let member: AccountCredentials
let memberWeb: Topology
let hub: Deployment
let lambda: FunctionHost
let reader: string

beforeAll(async () => {
  member = await enter(MEMBER, REGION)
  for (const region of [REGION, OTHER_REGION]) {
    await reportTimeouts(await createTopology(region, 1))
    const web = await createTopology(region, 1, member)
    await reportTimeouts(web)
    if (region === REGION) memberWeb = web
  }
  hub = await deploy(REGION, [`members=${places.slice(1).join(',')}`])
  await deployMember(hub, member)
  lambda = await hostFunctions(hub)
  reader = await subscribe()
}, 12 * MINUTES)
afterAll(() => lambda?.stop())

async function subscribe(): Promise<string> {
  const { QueueUrl } = (await aws(REGION, 'sqs create-queue --queue-name reader')) as {
    readonly QueueUrl: string
  }
  const endpoint = `--protocol sqs --notification-endpoint arn:aws:sqs:${REGION}:${HUB}:reader`
  await aws(REGION, `sns subscribe --topic-arn ${hub.outputs.FindingsTopicArn} ${endpoint}`)
  return QueueUrl
}

type Attributes = Parameters<typeof unmarshall>[0]

async function findings() {
  const command = `dynamodb scan --table-name ${hub.outputs.FindingsTableName}`
  const { Items } = (await aws(REGION, command)) as { readonly Items: readonly Attributes[] }
  return Items.map((item) => unmarshall(item)).filter(({ entity }) => entity === 'finding')
}

const openPlaces = async () =>
  (await findings())
    .filter(({ status }) => status === 'open')
    .map(({ accountId, region }) => `${accountId}/${region}`)
    .sort()

const sweptPlaces = () =>
  lambda
    .invoked()
    .filter(({ name }) => name === 'sweep-region')
    .map(({ event }) => event as { readonly accountId: string; readonly region: string })
    .map(({ accountId, region }) => `${accountId}/${region}`)

describe('the sweep', () => {
  test(
    'finds what is broken in all other places when one cannot be read, and says which one that is',
    async () => {
      await fail('AssumeRole', 'RegionDisabledException', 'STS is not activated in this Region', OTHER_REGION)
      const failing = `${MEMBER}/${OTHER_REGION}`
      expect(await execute(hub, 'Sweep')).toMatchObject({
        status: 'FAILED',
        error: 'NotAllSwept',
        cause: `not swept: ${failing}`,
      })
      expect(await openPlaces()).toEqual(places.filter((place) => place !== failing))
      const asked = sweptPlaces()
      expect(new Set(asked)).toEqual(new Set(places))
      // Once, and three times again.
      expect(asked.filter((place) => place === failing)).toHaveLength(4)
      await fail('AssumeRole', null)
    },
    4 * MINUTES,
  )

  test(
    'is well again when that place is',
    async () => {
      const execution = await execute(hub, 'Sweep')
      expect(execution, JSON.stringify(execution)).toMatchObject({ status: 'SUCCEEDED' })
      expect(await openPlaces()).toEqual(places)
      expect(sweptPlaces().sort()).toEqual(places)
    },
    2 * MINUTES,
  )
})

test('the watcher gets a tick for each member', async () => {
  const execution = await execute(hub, 'WatchMembers')
  expect(execution, JSON.stringify(execution)).toMatchObject({ status: 'SUCCEEDED' })
  const ticks = lambda.invoked()
  expect(new Set(ticks.map(({ name }) => name))).toEqual(new Set(['watch-target-health']))
  const told = ticks.map(({ event }) => event as Readonly<Record<string, string>>)
  expect(told.map(({ account, region }) => `${account}/${region}`).sort()).toEqual(places.slice(1))
  expect(told.every(({ source }) => source === 'aws.events')).toBe(true)
})

describe('a network of the member', () => {
  const rule = () => ({
    GroupId: memberWeb.loadBalancerGroup,
    IpPermissions: [
      { IpProtocol: 'tcp', FromPort: 8000, ToPort: 8000, IpRanges: [{ CidrIp: '10.0.0.0/16' }] },
    ],
  })

  /** The member's own bus hears of the call, as CloudTrail has it hear, and nobody else. */
  async function happens(eventName: string): Promise<void> {
    const now = new Date().toISOString()
    const { source, detail, ...rest } = apiCall(eventName, { groupId: memberWeb.loadBalancerGroup })
    const Detail = JSON.stringify({ ...detail, eventID: `${eventName}-${now}`, eventTime: now })
    const entry = { Source: source, DetailType: rest['detail-type'], Resources: [], Detail }
    const bus = new EventBridgeClient({ region: REGION, credentials: member })
    expect(await bus.send(new PutEventsCommand({ Entries: [entry] }))).toMatchObject({ FailedEntryCount: 0 })
  }

  /** What came over the hub's bus goes through the hub's functions. @returns the subjects of the messages */
  async function audited(): Promise<readonly string[]> {
    const waiting = await receive(hub, hub.physicalIds.AuditConfigChangeQueue ?? '')
    expect(waiting.map((body) => JSON.parse(body))).toMatchObject([{ account: MEMBER, region: REGION }])
    const done = { kind: 'response', body: { batchItemFailures: [] } }
    expect(await lambda.invoke('audit-config-change', sqsEvent(waiting))).toEqual(done)
    const changed = (await findings()).filter(
      ({ accountId, region }) => `${accountId}/${region}` === places[2],
    )
    expect(await lambda.invoke('notify-finding', streamEvent(changed))).toEqual(done)
    return (await receive(hub, reader)).map((body) => JSON.parse(body).Subject)
  }

  const ec2 = () => new EC2Client({ region: REGION, credentials: member })

  test('that is mended is told of no more', async () => {
    await ec2().send(new AuthorizeSecurityGroupEgressCommand(rule()))
    await reportHealthy(memberWeb)
    await happens('AuthorizeSecurityGroupEgress')
    expect(await audited()).toEqual([])
    expect(await openPlaces()).not.toContain(places[2])
  })

  test('is explained by the hub, as it is there and not as the hub’s own is', async () => {
    const question = { from: 'web', to: memberWeb.targets[0] ?? '', port: 8000 }
    const ask = async (place: object) => {
      const { body } = await lambda.invoke(
        'query-findings',
        httpApiEvent({
          method: 'POST',
          url: '/explain',
          body: { ...question, ...place },
          authorizer: signed,
        }),
      )
      const { statusCode, body: text } = body as { readonly statusCode: number; readonly body: string }
      return { statusCode, told: JSON.parse(text) }
    }
    expect(await ask({ accountId: MEMBER })).toMatchObject({
      statusCode: 200,
      told: { verdict: 'reachable' },
    })
    expect(await ask({})).toMatchObject({ statusCode: 200, told: { verdict: 'blocked' } })
    expect(await ask({ accountId: MEMBER, region: 'eu-west-1' })).toMatchObject({ statusCode: 400 })
  })

  test('that is broken is found by the hub, and told', async () => {
    await ec2().send(new RevokeSecurityGroupEgressCommand(rule()))
    await reportTimeouts(memberWeb)
    await happens('RevokeSecurityGroupEgress')
    expect(await audited()).toEqual([expect.stringContaining('[CRITICAL] target group web')])
    expect(await openPlaces()).toContain(places[2])
  })

  test('is read by nobody else', async () => {
    const role = `arn:aws:iam::${MEMBER}:role/health-check-auditor-member`
    const asking = aws(REGION, `sts assume-role --role-arn ${role} --role-session-name stranger`)
    await expect(asking).rejects.toThrow('not authorized to perform: sts:AssumeRole')
  })
})
