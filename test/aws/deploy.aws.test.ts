/** The CDK app deployed, and one incident through all of it: watcher, bus, queue, audit, table, notifier, topic. */
import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { promisify } from 'node:util'
import type { Route } from '@aws-sdk/client-apigatewayv2'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPaths } from '../../shared/api/site.ts'
import { sqsEvent, streamEvent } from '../functions/lambda.ts'
import { plain } from '../infra/template.ts'
import { type Provider, startProvider } from '../login/provider.ts'
import { aws, type Deployment, deploy, invoke, receive } from './deployment.ts'
import { createPageApi } from './page-api.ts'
import { createTopology, reportTimeouts, type Topology } from './topology.ts'

const REGION = 'eu-north-1'
const MINUTES = 60_000

let web: Topology
let deployment: Deployment
let queue: string
let provider: Provider

beforeAll(async () => {
  web = await createTopology(REGION, 2)
  await reportTimeouts(web)
  provider = await startProvider()
  deployment = await deploy(REGION, [`pageLoginIssuer=${provider.issuer}`, 'pageLoginClientId=findings-page'])
  queue = deployment.physicalIds.AuditTargetHealthQueue ?? ''
}, 8 * MINUTES)

afterAll(() => provider.close())

describe('the deployed system', () => {
  test('only what the rules want gets from the bus into the queue', async () => {
    const entry = (detailType: string) => ({
      EventBusName: deployment.physicalIds.EventBus,
      Source: 'health-check-auditor',
      DetailType: detailType,
      Detail: JSON.stringify({ bakery: 'night' }),
    })
    const entries = JSON.stringify([entry('Target Health Changed'), entry('Bread Baked')])
    await aws(REGION, `events put-events --entries '${entries}'`)
    const events = (await receive(deployment, queue)).map((body) => JSON.parse(body))
    expect(events).toMatchObject([{ 'detail-type': 'Target Health Changed', detail: { bakery: 'night' } }])
  })

  test(
    'an incident is seen, audited, remembered and told',
    async () => {
      const { FindingsTopicArn, FindingsTableName } = deployment.outputs
      const reader = await subscribe(FindingsTopicArn ?? '')

      const tick = {
        source: 'aws.events',
        'detail-type': 'Scheduled Event',
        time: '2026-11-20T03:00:00Z',
        detail: {},
      }
      const envelope = { version: '0', id: 'tick', account: '123456789012', region: REGION, resources: [] }
      expect(await invoke(deployment, 'watch-target-health', { ...envelope, ...tick })).toMatchObject({
        asked: 1,
        events: 1,
        failures: [],
      })

      const waiting = await receive(deployment, queue)
      expect(waiting).toHaveLength(1)
      const audited = await invoke(deployment, 'audit-target-health', sqsEvent(waiting))
      expect(audited).toEqual({ batchItemFailures: [] })

      const { Items } = (await aws(REGION, `dynamodb scan --table-name ${FindingsTableName}`)) as {
        readonly Items: readonly Parameters<typeof unmarshall>[0][]
      }
      const findings = Items.map((item) => unmarshall(item)).filter(({ entity }) => entity === 'finding')
      expect(findings).toMatchObject([{ code: 'net.lb-sg-egress', status: 'open', region: REGION }])

      expect(await invoke(deployment, 'notify-finding', streamEvent(findings))).toEqual({
        batchItemFailures: [],
      })
      const [told = '{}'] = await receive(deployment, reader)
      expect(JSON.parse(told).Subject).toContain('[CRITICAL]')

      const swept = { accountId: '123456789012', region: REGION }
      expect(await invoke(deployment, 'sweep-region', swept)).toMatchObject({ ...swept, findings: 1 })

      const request = await invoke(deployment, 'query-findings', httpGet('/findings', BAKER))
      expect(request).toMatchObject({ statusCode: 200 })
      expect(JSON.stringify(request)).toContain('net.lb-sg-egress')
    },
    2 * MINUTES,
  )
})

async function subscribe(topicArn: string): Promise<string> {
  const { QueueUrl } = (await aws(REGION, 'sqs create-queue --queue-name reader')) as {
    readonly QueueUrl: string
  }
  const endpoint = `arn:aws:sqs:${REGION}:123456789012:reader`
  await aws(
    REGION,
    `sns subscribe --topic-arn ${topicArn} --protocol sqs --notification-endpoint ${endpoint}`,
  )
  return QueueUrl
}

const BAKER = 'arn:aws:sts::123456789012:assumed-role/on-call/baker'

/** @param caller whom API Gateway's authorizer let in */
const httpGet = (rawPath: string, caller: string | undefined) => ({
  version: '2.0',
  rawPath,
  rawQueryString: '',
  headers: {},
  isBase64Encoded: false,
  requestContext: {
    stage: '$default',
    http: { method: 'GET', path: rawPath },
    ...(caller !== undefined && { authorizer: { iam: { userArn: caller } } }),
  },
})

describe('the page of the deployed system', () => {
  test('has a route for the data that wants a token of the login, and open ones for its files', async () => {
    const template = JSON.parse(readFileSync(deployment.templateFile, 'utf8'))
    // The command line adds it, for Regions that have it.
    const { CDKMetadata: _metadata, ...Resources } = template.Resources
    const name = (id: string) => id.replace(/^Auditor(.+)[0-9A-F]{8}$/, '$1')
    const { routes, authorizer } = await createPageApi(REGION, plain({ Resources }, { name }))
    expect(authorizer).toMatchObject({
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Audience: ['findings-page'], Issuer: provider.issuer },
    })
    const ofKey: Readonly<Record<string, Route>> = Object.fromEntries(
      routes.map((route) => [route.RouteKey ?? '', route]),
    )
    expect(Object.keys(ofKey).sort()).toEqual(
      ['ANY /api/{proxy+}', ...openPaths.map((path) => `GET ${path}`)].sort(),
    )
    const { 'ANY /api/{proxy+}': data, ...open } = ofKey
    expect(data).toMatchObject({
      AuthorizationType: 'JWT',
      AuthorizerId: authorizer.AuthorizerId,
    })
    expect(new Set(Object.values(open).map((route) => route.AuthorizationType))).toEqual(new Set(['NONE']))
  })

  test('tells how to sign in, as the provider does, and no finding to who has not', async () => {
    const ask = async (path: string) =>
      (await invoke(deployment, 'query-findings', httpGet(path, undefined))) as {
        readonly statusCode: number
        readonly body: string
      }
    const { statusCode, body } = await ask('/login.json')
    expect([statusCode, JSON.parse(body)]).toMatchObject([
      200,
      { login: { clientId: 'findings-page', provider: { token_endpoint: `${provider.issuer}/token` } } },
    ])
    for (const path of ['/findings', '/api/findings']) expect((await ask(path)).statusCode).toBe(401)
  })
})

/** https://github.com/aws-cloudformation/cfn-lint */
describe('cfn-lint', () => {
  /** @returns what it says: nothing when all is well */
  const lint = async (file: string): Promise<string> => {
    const python = process.env.HCA_TEST_PYTHON ?? 'python3'
    // W3005: CDK says twice that a function needs its role.
    const args = ['-c', 'from cfnlint.runner import main; main()', '--ignore-checks', 'W3005', '--', file]
    const failed = (error: { readonly stdout?: string }) => ({ stdout: error.stdout || String(error) })
    return (await promisify(execFile)(python, args).catch(failed)).stdout
  }

  test('has nothing against the SAM template', async () => {
    expect(await lint('infra/template.yaml')).toBe('')
  })

  test('has nothing against the template of members', async () => {
    expect(await lint('infra/member-template.yaml')).toBe('')
  })

  test('has nothing against what CDK makes', async () => {
    expect(await lint(deployment.templateFile)).toBe('')
  })

  test('would say it', async () => {
    const file = `${deployment.templateFile}.broken.yaml`
    writeFileSync(file, readFileSync('infra/template.yaml', 'utf8').replace('MemorySize:', 'MemorySice:'))
    expect(await lint(file)).toContain('MemorySice')
  })
})
