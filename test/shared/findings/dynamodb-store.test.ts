import { beforeAll, describe, expect, it } from 'vitest'
import { dynamodbStore } from '../../../shared/findings/dynamodb-store.ts'
import type { Finding } from '../../../shared/findings/finding.ts'
import type { FindingFilter, FindingStore } from '../../../shared/findings/store.ts'
import { auditOf, checkout, checkoutFinding, path404, targetGroup } from './checkout.ts'
import { embeddedTables } from './embedded-table.ts'

const newTable = embeddedTables()
const clock = { now: new Date('2026-11-20T09:00:00Z') }
const hour = (n: number) => `2026-11-20T0${n}:00:00.000Z`

const payment = targetGroup('payment')
const abroad = { ...targetGroup('abroad'), accountId: '999900001111', region: 'eu-west-1' }
const checkoutBlocked = checkoutFinding()
const checkout404 = checkoutFinding({ cause: path404, severity: 'medium' })
const paymentBlocked = checkoutFinding({ subject: payment })
const abroadBlocked = checkoutFinding({ subject: abroad, severity: 'low' })

let store: FindingStore

const record = (n: number, findings: readonly Finding[], subject = checkout) =>
  store.recordAudit({
    result: auditOf(findings, true, subject),
    observedAt: hour(n),
    tieBreaker: 'audit',
    replayed: false,
  })

const ids = async (filter: FindingFilter) =>
  (await store.list(filter, { limit: 50 })).items.map(({ id }) => id)

describe('asking the findings store', () => {
  beforeAll(async () => {
    store = dynamodbStore(await newTable(), { now: () => clock.now })
    await record(1, [checkoutBlocked, checkout404])
    await record(2, [paymentBlocked], payment)
    await record(3, [abroadBlocked], abroad)
    await record(4, [checkoutBlocked])
  })

  it.each<[string, FindingFilter, readonly Finding[]]>([
    [
      'everything: open ones first, the last seen first',
      {},
      [checkoutBlocked, abroadBlocked, paymentBlocked, checkout404],
    ],
    ['by status', { status: 'resolved' }, [checkout404]],
    ['by cause', { code: 'net.lb-sg-egress' }, [checkoutBlocked, abroadBlocked, paymentBlocked]],
    ['by account and Region', { accountId: '999900001111', region: 'eu-west-1' }, [abroadBlocked]],
    ['by account alone', { accountId: '999900001111' }, [abroadBlocked]],
    [
      'by Region alone, and status',
      { region: 'ap-northeast-1', status: 'open' },
      [checkoutBlocked, paymentBlocked],
    ],
    ['by severity', { severity: 'medium' }, [checkout404]],
    ["by the subject's name", { subject: 'payment' }, [paymentBlocked]],
    ['by the subject and cause', { subject: checkout.arn, code: 'hc.path-404' }, [checkout404]],
    ['seen since', { since: hour(3) }, [checkoutBlocked, abroadBlocked]],
    ['by subject, seen since', { subject: checkout.arn, since: hour(3) }, [checkoutBlocked]],
    [
      'by account, Region, cause, since',
      { accountId: '111122223333', region: 'ap-northeast-1', code: 'net.lb-sg-egress', since: hour(3) },
      [checkoutBlocked],
    ],
    ['first seen until', { until: hour(1) }, [checkoutBlocked, checkout404]],
    ['there at some time between two moments', { since: hour(3), until: hour(2) }, [checkoutBlocked]],
    [
      'by subject, there between two moments',
      { subject: payment.arn, since: hour(1), until: hour(2) },
      [paymentBlocked],
    ],
    ['before anything was seen', { until: '2026-11-20T00:59:59.999Z' }, []],
    ['nothing', { code: 'net.nacl' }, []],
  ])('%s', async (_name, filter, expected) => {
    expect(await ids(filter)).toEqual(expected.map(({ id }) => id))
  })

  it("by the subject's ARN: all of its life", async () => {
    expect(new Set(await ids({ subject: checkout.arn }))).toEqual(
      new Set([checkoutBlocked.id, checkout404.id]),
    )
  })

  it('pages of any size together are the whole list', async () => {
    for (const filter of [
      {},
      { subject: checkout.arn },
      { code: 'net.lb-sg-egress' },
    ] satisfies FindingFilter[])
      for (const limit of [1, 2, 3]) {
        const found: string[] = []
        let cursor: string | undefined
        do {
          const page = await store.list(filter, { limit, ...(cursor !== undefined && { cursor }) })
          expect(page.items.length).toBeLessThanOrEqual(limit)
          found.push(...page.items.map(({ id }) => id))
          cursor = page.cursor
        } while (cursor !== undefined)
        expect(found).toEqual(await ids(filter))
      }
  })

  it('a later page is of the times that the first was asked for, also where they were told as "so long ago"', async () => {
    const first = await store.list({ since: hour(2) }, { limit: 2 })
    const cursor = first.cursor ?? ''
    const rest = await store.list({ since: hour(4) }, { limit: 5, cursor })
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(await ids({ since: hour(2) }))
    await expect(store.list({}, { limit: 5, cursor })).rejects.toThrow('another query')
  })

  it('a cursor of another query, or none at all, is refused in one line', async () => {
    const { cursor } = await store.list({}, { limit: 1 })
    const given = cursor ?? ''
    await expect(store.list({ status: 'open' }, { limit: 1, cursor: given })).rejects.toThrow('another query')
    await expect(store.list({}, { limit: 1, cursor: 'banana' })).rejects.toThrow('"banana": not a cursor')
    const forged = JSON.parse(Buffer.from(given, 'base64url').toString())
    const forge = (changes: object) =>
      Buffer.from(JSON.stringify({ ...forged, ...changes })).toString('base64url')
    await expect(store.list({}, { limit: 1, cursor: forge({ partition: 7 }) })).rejects.toThrow(
      'does not fit',
    )
    await expect(store.list({}, { limit: 1, cursor: forge({ key: { pk: 'x' } }) })).rejects.toThrow(
      'does not fit',
    )
  })

  it('a position that no query leads to is refused too', async () => {
    const { cursor = '' } = await store.list({}, { limit: 1 })
    const { key, ...rest } = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    for (const changes of [{ pk: '' }, { sk: '' }]) {
      const text = JSON.stringify({ ...rest, key: { ...key, ...changes } })
      const forged = Buffer.from(text).toString('base64url')
      await expect(store.list({}, { limit: 1, cursor: forged })).rejects.toThrow('cursor: does not fit')
    }
  })

  it.each([0, -1, 1.5, Number.NaN, 1001])('limit %d is refused', async (limit) => {
    await expect(store.list({}, { limit })).rejects.toThrow('whole number from 1 to 1000')
  })

  it('a suppressed finding is neither open nor gone, until its time is over', async () => {
    const suppression = {
      until: hour(9).replace('00:00.000', '30:00.000'),
      reason: 'moves on Monday',
      by: 'baker@bakery.example',
    }
    expect(await store.suppress(paymentBlocked.id, suppression)).toMatchObject({ suppression, version: 1 })
    expect(await ids({ status: 'suppressed' })).toEqual([paymentBlocked.id])
    expect(await ids({ status: 'open' })).not.toContain(paymentBlocked.id)
    const [summary] = (await store.list({ subject: 'payment' }, { limit: 1 })).items
    expect(summary).toMatchObject({ status: 'suppressed', suppressedReason: 'moves on Monday' })
    clock.now = new Date('2026-11-20T09:31:00Z')
    expect(await ids({ status: 'suppressed' })).toEqual([])
    expect(await ids({ status: 'open' })).toContain(paymentBlocked.id)
  })

  it('a suppression that is lifted leaves the finding as it was', async () => {
    const before = await store.get(checkoutBlocked.id)
    await store.suppress(checkoutBlocked.id, { until: '2999-01-01T00:00:00.000Z', reason: 'never' })
    expect(await store.liftSuppression(checkoutBlocked.id)).toEqual(before)
    expect(await ids({ status: 'open' })).toContain(checkoutBlocked.id)
    expect(await store.liftSuppression(checkoutBlocked.id)).toEqual(before)
  })

  it('a finding that does not exist', async () => {
    expect(await store.get('0'.repeat(32))).toBeUndefined()
    expect(await store.history('0'.repeat(32), { limit: 5 })).toEqual({ items: [] })
    expect(await store.suppress('0'.repeat(32), { until: hour(9), reason: 'none' })).toBeUndefined()
    expect(await store.liftSuppression('0'.repeat(32))).toBeUndefined()
  })
})

it('a finding of a megabyte is stored, and says what was left out', async () => {
  const table = await newTable()
  const large = dynamodbStore(table, { now: () => clock.now })
  const path = checkoutBlocked.paths[0]
  const paths = Array.from({ length: 900 }, () => path).filter((one) => one !== undefined)
  const finding = checkoutFinding({ paths })
  const audit = { result: auditOf([finding]), observedAt: hour(1), tieBreaker: 'audit', replayed: false }
  await large.recordAudit(audit)
  expect(await large.recordAudit({ ...audit, observedAt: hour(2) })).toEqual([])
  const stored = await large.get(finding.id)
  expect(stored?.truncated).toEqual({ paths: { kept: stored?.finding.paths.length, total: 900 } })
  expect(stored?.finding.targets).toEqual(finding.targets)
  await large.recordAudit({ ...audit, result: auditOf([checkoutBlocked]), observedAt: hour(3) })
  expect((await large.get(finding.id))?.truncated).toBeUndefined()
})
