/** The function as it is deployed: its settings from the environment, AWS at an endpoint that tells who asks only. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { mockClient } from 'aws-sdk-client-mock'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Database, ensureTable, LOCAL_TABLE, startDatabase } from '../../cli/local/database.ts'
import { handler } from '../../functions/query-findings.ts'
import { connectTable } from '../../shared/findings/connect.ts'
import { dynamodbStore } from '../../shared/findings/dynamodb-store.ts'
import { memoryObjects } from '../faults/memory-objects.ts'
import { auditOf, blockedPath, checkoutFinding } from '../shared/findings/checkout.ts'
import { httpApiEvent, signed } from './http-api.ts'
import { captureMetrics, context } from './lambda.ts'

const CALLER = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
  <Arn>arn:aws:iam::111122223333:user/bob</Arn><UserId>AIDA</UserId><Account>111122223333</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>`
const REFUSAL = '<Response><Errors><Error><Code>UnauthorizedOperation</Code></Error></Errors></Response>'

let aws: Server
let database: Database
let asked = 0
const actions: (string | null)[] = []

beforeAll(async () => {
  aws = createServer(async (request, response) => {
    asked += 1
    const body = (await request.toArray()).join('')
    actions.push(new URLSearchParams(body).get('Action'))
    const known = body.includes('Action=GetCallerIdentity')
    response.writeHead(known ? 200 : 403, { 'content-type': 'text/xml' }).end(known ? CALLER : REFUSAL)
  }).listen(0, '127.0.0.1')
  await once(aws, 'listening')
  database = await startDatabase()
  vi.stubEnv('AWS_REGION', 'ap-northeast-1')
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'any')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'any')
  vi.stubEnv('FINDINGS_TABLE', LOCAL_TABLE)
  vi.stubEnv('ACCOUNT_ID', '111122223333')
  vi.stubEnv('MEMBER_ROLE', 'health-check-auditor-member')
  vi.stubEnv('MEMBER_PLACES', '222233334444/eu-west-1')
  vi.stubEnv('ALLOWED_ORIGIN', 'https://findings.example.com')
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(aws.address() as AddressInfo).port}`)
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', database.endpoint)
  const client = new DynamoDBClient({})
  await ensureTable(client)
  client.destroy()
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await database.close()
  aws.close()
})
beforeEach(() => {
  captureMetrics()
})
afterEach(() => {
  vi.restoreAllMocks()
})

const ask = async (call: Parameters<typeof httpApiEvent>[0]) => {
  const {
    statusCode,
    headers,
    body = '',
  } = (await handler(httpApiEvent({ authorizer: signed, ...call }), context)) ?? {}
  return { statusCode, headers, told: JSON.parse(body) }
}

describe('query-findings, deployed', () => {
  it('asks its table, and lets the pages of its origin ask', async () => {
    const origin = 'https://findings.example.com'
    const { statusCode, headers, told } = await ask({ url: '/findings', headers: { origin } })
    expect([statusCode, told.findings]).toEqual([200, []])
    expect(headers).toMatchObject({ 'access-control-allow-origin': origin })
  })

  it('explains from live AWS: what may not be read is not known', async () => {
    const body = { from: '10.0.0.11', to: '10.0.10.10', port: 8000 }
    const { statusCode, told } = await ask({ method: 'POST', url: '/explain', body })
    expect([statusCode, told.verdict]).toEqual([200, 'unknown'])
    expect(told.unknown[0].missing).toMatch(/^ec2:Describe/)
    expect(asked).toBeGreaterThan(20)
  })

  it('gives nothing to whom no authorizer let in', async () => {
    const nobody = (await handler(httpApiEvent({ url: '/findings' }), context)) ?? {}
    expect([nobody.statusCode, JSON.parse(nobody.body ?? '').error.code]).toEqual([401, 'unauthorized'])
  })

  it('asks a member as its role, and nobody else', async () => {
    const question = { from: '10.0.0.11', to: '10.0.10.10' }
    const at = (place: object) => ask({ method: 'POST', url: '/explain', body: { ...question, ...place } })
    const before = asked
    for (const place of [
      { accountId: '222233334444' },
      { region: 'eu-west-1' },
      { accountId: '999988887777', region: 'eu-west-1' },
    ]) {
      const { statusCode, told } = await at(place)
      expect([statusCode, told.error.message]).toEqual([
        400,
        expect.stringMatching(
          /not audited from here; allowed are 1{4}2{4}3{4}.ap-northeast-1, 2{4}3{4}4{4}.eu-west-1$/,
        ),
      ])
    }
    expect(asked).toBe(before)
    // This AWS lets nobody take a role.
    expect((await at({ accountId: '222233334444', region: 'eu-west-1' })).statusCode).toBe(500)
    expect(actions.slice(before)).toContain('AssumeRole')
  })

  it('a question that is not allowed asks nobody', async () => {
    const before = asked
    const body = { from: '10.0.0.11', to: '10.0.10.10', port: 'http' }
    expect((await ask({ method: 'POST', url: '/explain', body })).statusCode).toBe(400)
    expect(asked).toBe(before)
  })

  it.each([
    [2_990_000, true],
    [3_990_000, false],
  ])(
    'of a finding of %i bytes no more than Lambda takes, whatever names are in it',
    async (bytes, isWhole) => {
      const quoted = '"'.repeat(250)
      const hop = { ...blockedPath.forward[0], component: { type: 'instance', id: quoted, name: quoted } }
      const path = { ...blockedPath, forward: Array.from({ length: 10 }, () => hop) } as typeof blockedPath
      const size = (paths: number) => Buffer.byteLength(JSON.stringify(findingOf(paths)))
      const findingOf = (paths: number) =>
        checkoutFinding({ paths: Array.from({ length: paths }, () => path) })
      const finding = findingOf(Math.floor(bytes / (size(2) - size(1))))
      const objects = memoryObjects()
      const store = dynamodbStore(connectTable(LOCAL_TABLE), { now: () => new Date(), objects })
      const observed = { observedAt: new Date(bytes).toISOString(), tieBreaker: 'audit', replayed: false }
      await store.recordAudit({ result: auditOf([finding]), ...observed })
      mockClient(S3Client)
        .on(GetObjectCommand)
        .callsFake(async ({ Bucket, Key }) => {
          const body = await objects.get({ bucket: Bucket, key: Key })
          return { Body: { transformToByteArray: async () => body } }
        })
      const answer = await handler(
        httpApiEvent({ authorizer: signed, url: `/findings/${finding.id}` }),
        context,
      )
      expect(JSON.parse(answer?.body ?? '').incomplete === undefined).toBe(isWhole)
      expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(6 * 1024 * 1024)
    },
  )
})
