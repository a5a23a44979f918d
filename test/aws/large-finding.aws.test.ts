/** A finding of more than a megabyte: written to DynamoDB and S3, read over the shipped API and by `hca`. */
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectTaggingCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tableOf } from '../../shared/findings/connect.ts'
import { dynamodbStore } from '../../shared/findings/dynamodb-store.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import { s3Objects } from '../../shared/findings/s3-objects.ts'
import { findingsTable } from '../../shared/findings/table.ts'
import { httpApiEvent, signed } from '../functions/http-api.ts'
import { type RunningFunction, startFunction } from '../lambda/start-function.ts'
import { auditOf, blockedPath, checkoutFinding } from '../shared/findings/checkout.ts'
import { hca } from './hca.ts'

const REGION = 'ap-southeast-4'
const TABLE = 'large-findings'
const BUCKET = 'large-findings-bucket'
const s3 = new S3Client({ region: REGION })
const dynamodb = new DynamoDBClient({ region: REGION })

const findingWith = (paths: number) =>
  checkoutFinding({ paths: Array.from({ length: paths }, () => blockedPath) })
const large = findingWith(2000)
const larger = findingWith(2500)
const problems: string[] = []
let api: RunningFunction

beforeAll(async () => {
  await dynamodb.send(new CreateTableCommand(findingsTable(TABLE)))
  await s3.send(
    new CreateBucketCommand({
      Bucket: BUCKET,
      CreateBucketConfiguration: { LocationConstraint: REGION },
    }),
  )
  const own = Object.entries(process.env).filter(([key]) => key.startsWith('AWS_'))
  api = await startFunction('query-findings', {
    ...(Object.fromEntries(own) as Record<string, string>),
    AWS_REGION: REGION,
    ACCOUNT_ID: '123456789012',
    FINDINGS_TABLE: TABLE,
  })
})
afterAll(() => api.stop())

function record(minute: number, findings: readonly Finding[], bucket = BUCKET) {
  const store = dynamodbStore(tableOf(dynamodb, TABLE), {
    now: () => new Date(),
    objects: s3Objects(s3, bucket),
    onProblem: ({ name }) => problems.push(name),
  })
  const observedAt = new Date(Date.UTC(2026, 10, 20, 3, minute)).toISOString()
  return store.recordAudit({ result: auditOf(findings), observedAt, tieBreaker: 'audit', replayed: false })
}

async function ask(path: string) {
  const { body } = await api.invoke(httpApiEvent({ url: path, authorizer: signed }))
  const answer = body as { readonly statusCode: number; readonly body: string }
  expect(answer.statusCode, answer.body).toBe(200)
  return JSON.parse(answer.body)
}

/** Key -> whether its lifecycle rule will remove it. */
async function expiring(): Promise<Readonly<Record<string, string | undefined>>> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }))
  const tagged = Contents.map(async ({ Key = '' }) => {
    const { TagSet = [] } = await s3.send(new GetObjectTaggingCommand({ Bucket: BUCKET, Key }))
    return [Key, TagSet.find((tag) => tag.Key === 'expires')?.Value] as const
  })
  return Object.fromEntries(await Promise.all(tagged))
}

describe('a finding of more than a megabyte', () => {
  test('comes back whole over the API, and its object stays', async () => {
    expect(Buffer.byteLength(JSON.stringify(large))).toBeGreaterThan(1 << 20)
    await record(1, [large])
    const answer = await ask(`/findings/${large.id}`)
    expect(answer.finding).toEqual(large)
    expect(answer.truncated).toBeUndefined()
    expect(Object.values(await expiring())).toEqual(['false'])
    expect((await ask('/findings')).findings).toMatchObject([{ id: large.id, status: 'open' }])
  })

  test('hca findings show finds the bucket by itself', async () => {
    const where = ['--table', TABLE, '--table-region', REGION, '--output', 'json']
    const { exitCode, stdout, stderr } = await hca(['findings', 'show', large.id, ...where])
    expect(exitCode, stderr).toBe(0)
    expect(JSON.parse(stdout).finding).toEqual(large)
  })

  test('changed, its former object expires; resolved, its last one too, and both can be read', async () => {
    await record(2, [larger])
    expect(Object.values(await expiring()).sort()).toEqual(['false', 'true'])
    expect((await ask(`/findings/${large.id}`)).finding).toEqual(larger)
    await record(3, [])
    expect(Object.values(await expiring())).toEqual(['true', 'true'])
    expect(await ask(`/findings/${large.id}`)).toMatchObject({ status: 'resolved', finding: larger })
    await record(4, [larger])
    expect(Object.values(await expiring()).sort()).toEqual(['false', 'true'])
  })

  test('when its object is damaged or gone, the answer says so and has the rest', async () => {
    const [Key = ''] = Object.entries(await expiring()).find(([, expires]) => expires === 'false') ?? []
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: 'crumbs' }))
    const damaged = await ask(`/findings/${large.id}`)
    expect(damaged.incomplete).toMatch(/could not be read: .*incorrect header check/)
    expect(damaged.truncated.paths.total).toBe(2500)
    expect(damaged.finding.rootCause).toEqual(large.rootCause)
    await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key }))
    expect((await ask(`/findings/${large.id}`)).incomplete).toMatch(/is not there$/)
  })

  test('the next audit makes it whole again', async () => {
    await record(5, [larger])
    expect((await ask(`/findings/${large.id}`)).finding).toEqual(larger)
    expect(problems).toEqual([])
  })

  test('without a bucket to write to it is recorded, and says why it is not whole', async () => {
    await record(6, [large], 'no-such-bucket')
    expect(problems).toEqual(['NoSuchBucket'])
    const answer = await ask(`/findings/${large.id}`)
    expect(answer).toMatchObject({ status: 'open', truncated: { paths: { total: 2000 } } })
    expect(answer.incomplete).toContain('could not be written to s3://no-such-bucket: NoSuchBucket')
  })
})
