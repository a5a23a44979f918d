import fc from 'fast-check'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { handler } from '../../functions/query-findings.ts'
import type { ApiPorts } from '../../shared/api/route.ts'
import { catalogue } from '../../shared/diagnosis/catalogue/index.ts'
import { compileSnapshot, explainQuery } from '../../shared/explain.ts'
import { dynamodbStore } from '../../shared/findings/dynamodb-store.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import type { FindingStore } from '../../shared/findings/store.ts'
import { readSnapshot } from '../../shared/snapshot/read.ts'
import { document } from '../shared/api/document.ts'
import { auditOf, checkout, checkoutFinding, path404, targetGroup } from '../shared/findings/checkout.ts'
import { embeddedTables } from '../shared/findings/embedded-table.ts'
import { httpApiEvent } from './http-api.ts'
import { captureMetrics, context } from './lambda.ts'
import { type Answer, apiOn } from './query-findings.ts'

const newTable = embeddedTables()
const now = () => new Date('2026-11-20T09:00:00Z')
const hour = (n: number) => `2026-11-20T0${n}:00:00.000Z`

const HOSTILE = '</script><img src=x onerror=alert(1)>"\u2028\u0000'
const hostile = { ...targetGroup('x'), name: HOSTILE, accountId: '999900001111', region: 'eu-west-1' }
const checkoutBlocked = checkoutFinding()
const checkout404 = checkoutFinding({ cause: path404, severity: 'medium' })
const hostileBlocked = checkoutFinding({
  subject: hostile,
  severity: 'low',
  targets: [{ id: '10.0.1.15', state: 'unhealthy', description: HOSTILE }],
})

let store: FindingStore
let ask: ReturnType<typeof apiOn>
const askedAt: Parameters<ApiPorts['explain']>[1][] = []
let printed: () => Record<string, unknown>[]

const record = (at: FindingStore, n: number, findings: readonly Finding[], subject = checkout) =>
  at.recordAudit({
    result: auditOf(findings, true, subject),
    observedAt: hour(n),
    tieBreaker: 'a',
    replayed: false,
  })

beforeAll(async () => {
  store = dynamodbStore(await newTable(), { now })
  await record(store, 1, [checkoutBlocked, checkout404])
  await record(store, 2, [hostileBlocked], hostile)
  await record(store, 4, [checkoutBlocked])
  const network = compileSnapshot(await readSnapshot('samples/01-alb-group-without-egress/snapshot.json'))
  const explain: ApiPorts['explain'] = async (query, place) => {
    askedAt.push(place)
    return explainQuery(network, query)
  }
  ask = apiOn({ store, explain, now })
})
beforeEach(() => {
  printed = captureMetrics()
})
afterEach(() => {
  vi.restoreAllMocks()
})

const ids = ({ body }: Answer) => body.findings.map(({ id }) => id)
const url = (path: string, query: Readonly<Record<string, string>>) => `${path}?${new URLSearchParams(query)}`

describe('GET /findings', () => {
  it.each<[string, Readonly<Record<string, string>>, readonly Finding[]]>([
    ['everything', {}, [checkoutBlocked, hostileBlocked, checkout404]],
    ['account', { account: '999900001111' }, [hostileBlocked]],
    ['Region', { region: 'ap-northeast-1' }, [checkoutBlocked, checkout404]],
    [
      'account and Region',
      { account: '111122223333', region: 'ap-northeast-1' },
      [checkoutBlocked, checkout404],
    ],
    ["the subject's name", { subject: HOSTILE }, [hostileBlocked]],
    ["the subject's ARN and cause", { subject: checkout.arn, code: 'hc.path-404' }, [checkout404]],
    ['cause', { code: 'net.lb-sg-egress' }, [checkoutBlocked, hostileBlocked]],
    ['severity', { severity: 'medium' }, [checkout404]],
    ['status', { status: 'resolved' }, [checkout404]],
    ['since', { since: hour(2) }, [checkoutBlocked, hostileBlocked]],
    ['since so long ago', { since: '5h' }, [checkoutBlocked]],
    ['until', { until: hour(1) }, [checkoutBlocked, checkout404]],
    ['between', { since: hour(3), until: hour(1) }, [checkoutBlocked]],
  ])('by %s', async (_name, query, expected) => {
    const answer = await ask(url('/findings', query))
    expect(answer.status).toBe(200)
    expect(new Set(ids(answer))).toEqual(new Set(expected.map(({ id }) => id)))
  })

  it('names from AWS are data, whatever they look like', async () => {
    const { body } = await ask(url('/findings', { subject: HOSTILE }))
    expect(body.findings[0]?.subjectName).toBe(HOSTILE)
    const shown = await ask(`/findings/${hostileBlocked.id}`)
    expect(shown.body.finding).toEqual(hostileBlocked)
  })

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['an unknown filter', { colour: 'red' }, '"colour": not known here; allowed: account, region, subject'],
    ['an account', { account: '42' }, 'account "42": expected 12 digits'],
    ['a Region', { region: 'Mars' }, 'region "Mars": expected an AWS Region'],
    ['a subject', { subject: '' }, 'subject "": expected an ARN or a name'],
    ['a cause', { code: 'net.cosmic-rays' }, 'code "net.cosmic-rays": expected one of GET /causes'],
    [
      'a severity',
      { severity: 'dire' },
      'severity "dire": expected one of critical, high, medium, low, info',
    ],
    ['a status', { status: 'closed' }, 'status "closed": expected one of open, resolved, suppressed'],
    ['a moment', { since: 'yesterday' }, 'since "yesterday": expected a day or moment in ISO 8601'],
    ['an end', { until: '2026-13-40' }, 'until "2026-13-40": expected a day'],
    ['a day that is none', { since: '2026-02-30' }, 'since "2026-02-30": expected a day'],
    ['words behind a day', { since: '2026-11-20 (noon)' }, 'since "2026-11-20 (noon)": expected a day'],
    ['a limit', { limit: '1001' }, 'limit "1001": expected a whole number from 1 to 1000'],
    ['a limit in words', { limit: 'many' }, 'limit "many": expected a whole number from 1 to 1000'],
    ['no limit', { limit: '' }, 'limit "": expected a whole number'],
    ['a cursor', { cursor: 'banana' }, 'cursor "banana": not a cursor'],
    ['two at once', { account: '42', severity: 'dire' }, '12 digits; severity "dire"'],
  ])('%s that is not allowed: what was given, and what is', async (_name, query, message) => {
    const { status, body } = await ask(url('/findings', query))
    expect(status).toBe(400)
    expect(body.error.code).toBe('bad-request')
    expect(body.error.message).toContain(message)
  })

  it('a filter that is given twice, and a long one, are refused in a few words', async () => {
    expect((await ask('/findings?status=open&status=resolved')).body.error.message).toBe(
      '"status": is given more than once; give it once',
    )
    const { status, body } = await ask(url('/findings', { account: '1'.repeat(5000) }))
    expect(status).toBe(400)
    expect(body.error.message.length).toBeLessThan(200)
  })
})

describe('pages', () => {
  it('the walk over many pages meets each finding once', async () => {
    const many = dynamodbStore(await newTable(), { now })
    const shops = Array.from({ length: 250 }, (_, n) => targetGroup(`shop-${n}`))
    for (const at of [0, 1, 2, 3, 4, 5, 6, 7]) {
      const seen = shops.filter((_shop, n) => n % 8 === at)
      await Promise.all(seen.map((subject) => record(many, at, [checkoutFinding({ subject })], subject)))
    }
    const walk = apiOn({ store: many, explain: () => Promise.reject(new Error('not asked')), now })
    const found: string[] = []
    let cursor: string | undefined
    let pages = 0
    do {
      const answer = await walk(
        url('/findings', { since: '7h', limit: '30', ...(cursor !== undefined && { cursor }) }),
      )
      found.push(...ids(answer))
      cursor = answer.body.cursor
      pages += 1
    } while (cursor !== undefined)
    expect(pages).toBe(7)
    expect(found).toHaveLength(186)
    expect(new Set(found).size).toBe(186)
  }, 60_000)

  it('goes on from as long ago as one may say', async () => {
    const { body } = await ask(url('/findings', { since: '999999d', limit: '1' }))
    const query = { since: '999999d', limit: '1', cursor: body.cursor ?? '' }
    expect((await ask(url('/findings', query))).status).toBe(200)
  })

  it('a cursor belongs to its query', async () => {
    const { body } = await ask('/findings?limit=1')
    const other = await ask(url('/findings', { status: 'open', cursor: body.cursor ?? '' }))
    expect(other.status).toBe(400)
    expect(other.body.error.message).toContain('another query')
  })
})

describe('one finding', () => {
  it('GET /findings/{id}: its proof, its fix, its life', async () => {
    const { status, body } = await ask(`/findings/${checkout404.id}`)
    expect(status).toBe(200)
    expect(body).toMatchObject({ status: 'resolved', resolvedAt: hour(4), finding: checkout404 })
    expect(body).not.toHaveProperty('order')
  })

  it('GET /findings/{id}/history: the latest first, page by page', async () => {
    const path = `/findings/${checkout404.id}/history`
    const first = await ask(`${path}?limit=1`)
    expect(first.body.history).toMatchObject([{ kind: 'resolved', version: 2 }])
    const rest = await ask(url(path, { cursor: first.body.cursor ?? '' }))
    expect(rest.body).toMatchObject({ history: [{ kind: 'opened', version: 1 }] })
    expect(rest.body).not.toHaveProperty('cursor')
    expect((await ask(`${path}?since=1h`)).body.error.message).toContain('allowed: limit, cursor')
  })

  it('who changed what broke is told in both', async () => {
    const change = {
      eventId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
      eventName: 'RevokeSecurityGroupEgress',
      at: '2026-11-20T00:58:00.000Z',
      by: 'arn:aws:iam::111122223333:user/bob',
      sourceAddress: '192.0.2.7',
    }
    await store.attribute(checkoutBlocked.id, change)
    expect((await ask(`/findings/${checkoutBlocked.id}`)).body).toMatchObject({
      changeKind: 'attributed',
      changedBy: change,
    })
    const { body } = await ask(`/findings/${checkoutBlocked.id}/history`)
    expect(body.history[0]).toMatchObject({ kind: 'attributed', changedBy: change.by })
  })

  const suppression = { reason: 'moves on Monday', until: '2026-11-23T09:00:00Z' }

  it.each([
    ['that is not there', '0'.repeat(32)],
    ['that can be no id', 'nonsense'],
    ['of another kind', '%2e%2e'],
    ['that is long', 'a'.repeat(4000)],
  ])('an id %s is 404 on every route', async (_name, id) => {
    for (const call of [
      { url: `/findings/${id}` },
      { url: `/findings/${id}/history` },
      { method: 'POST', url: `/findings/${id}/suppression`, body: suppression },
      { method: 'DELETE', url: `/findings/${id}/suppression` },
    ]) {
      const { status, body } = await ask(call)
      expect(status).toBe(404)
      expect(body.error.code).toBe('not-found')
      expect(body.error.message).toContain('there is none with this id')
    }
  })

  it('a suppressed finding is listed as such, until that is lifted', async () => {
    const path = `/findings/${hostileBlocked.id}/suppression`
    const suppressed = await ask({ method: 'POST', url: path, body: suppression })
    expect(suppressed.body).toMatchObject({
      status: 'suppressed',
      suppression: { reason: 'moves on Monday', until: '2026-11-23T09:00:00.000Z' },
    })
    expect(ids(await ask('/findings?status=suppressed'))).toEqual([hostileBlocked.id])
    expect(ids(await ask('/findings?status=open'))).toEqual([checkoutBlocked.id])
    const lifted = await ask({ method: 'DELETE', url: path })
    expect(lifted.body.status).toBe('open')
    expect(lifted.body).not.toHaveProperty('suppression')
    expect(ids(await ask('/findings?status=suppressed'))).toEqual([])
    expect((await ask({ method: 'DELETE', url: path })).status).toBe(200)
  })

  it.each([
    ['no reason', { until: suppression.until }, 'reason: is missing'],
    ['an empty reason', { ...suppression, reason: '  ' }, 'reason "  ": say why'],
    ['a novel', { ...suppression, reason: 'a'.repeat(501) }, 'expected at most 500 characters'],
    ['the past', { ...suppression, until: '2026-11-20' }, 'until 2026-11-20: is in the past'],
    ['no moment', { ...suppression, until: 'soon' }, 'until "soon": expected a day or moment'],
    [
      'the year 10000',
      { ...suppression, until: '9999-12-31T23:59:59-23:59' },
      'until "9999-12-31T23:59:59-23:59": expected a day or moment',
    ],
    ['a number', { ...suppression, until: 5 }, 'until 5: Invalid input: expected string'],
    [
      'something else too',
      { ...suppression, forever: true },
      '"forever": not known here; allowed: reason, until',
    ],
    ['a list', [suppression], 'expected a JSON object'],
    ['null', 'null', 'expected a JSON object, given null'],
    ['half of it', '{"reason": "mo', 'the body is not JSON'],
    ['nothing', '', 'the body is not JSON'],
  ])('a suppression with %s is refused', async (_name, body, message) => {
    const { status, body: told } = await ask({
      method: 'POST',
      url: `/findings/${checkoutBlocked.id}/suppression`,
      body,
    })
    expect(status).toBe(400)
    expect(told.error.message).toContain(message)
    expect((await store.get(checkoutBlocked.id))?.suppression).toBeUndefined()
  })
})

describe('bodies', () => {
  it('one that is too large is refused, one in base64 is taken', async () => {
    const body = JSON.stringify({ from: 'internet', to: '10.0.10.10', port: '1,'.repeat(9000) })
    expect(await ask({ method: 'POST', url: '/explain', body })).toMatchObject({
      status: 413,
      body: { error: { code: 'too-large' } },
    })
    const question = { from: '10.0.0.11', to: '10.0.10.10', port: 8000 }
    const answer = await ask({ method: 'POST', url: '/explain', body: question, base64: true })
    expect(answer.body.verdict).toBe('blocked')
  })

  it.each([[''], ['text/plain'], ['application/x-www-form-urlencoded'], ['application/jsonp']])(
    'content-type %j, which a page may send unasked, is refused',
    async (type) => {
      const body = { reason: 'attack', until: '2999-01-01' }
      const path = `/findings/${checkoutBlocked.id}/suppression`
      const answer = await ask({ method: 'POST', url: path, body, headers: { 'content-type': type } })
      expect(answer).toMatchObject({ status: 415, body: { error: { code: 'unsupported-media-type' } } })
      expect((await store.get(checkoutBlocked.id))?.suppression).toBeUndefined()
    },
  )
})

describe('POST /explain', () => {
  const question = { from: '10.0.0.11', to: '10.0.10.10', port: 8000 }

  it('answers as hca explain does', async () => {
    const { status, body } = await ask({
      method: 'POST',
      url: '/explain',
      body: { ...question, protocol: 'tcp' },
    })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      verdict: 'blocked',
      flow: { source: '10.0.0.11', destinationPorts: '8000' },
      blockers: [{ direction: 'egress', awsExplanationCode: 'ENI_SG_RULES_MISMATCH' }],
    })
  })

  it('hands on where it is asked', async () => {
    const place = { accountId: '222233334444', region: 'eu-west-1' }
    await ask({ method: 'POST', url: '/explain', body: { ...question, ...place } })
    await ask({ method: 'POST', url: '/explain', body: question })
    expect(askedAt.slice(-2)).toEqual([place, {}])
  })

  it('null means that it was left out; content-type may tell its characters', async () => {
    const body = { ...question, protocol: null, sourcePort: null }
    const headers = { 'content-type': 'application/json; charset=utf-8' }
    expect((await ask({ method: 'POST', url: '/explain', body, headers })).body.verdict).toBe('blocked')
  })

  it.each([
    [{ from: 'internet' }, 'to: is missing'],
    [{ ...question, from: 'somewhere' }, 'from "somewhere": allowed are a network interface'],
    [{ ...question, from: 'eni-0404' }, 'eni-0404: not in the snapshot'],
    [{ ...question, port: 99_999 }, 'port 99999: allowed are ports 0-65535'],
    [{ ...question, protocol: 'carrier-pigeon' }, 'protocol "carrier-pigeon": allowed are tcp, udp'],
    [{ ...question, port: { $gt: 0 } }, 'port {"$gt":0}: '],
    [{ ...question, zone: 'eu-west-1a' }, '"zone": not known here; allowed: from, to, protocol'],
    [{ ...question, region: 'night' }, 'region "night": expected an AWS Region such as eu-central-1'],
    [{ ...question, accountId: '42' }, 'accountId "42": expected 12 digits'],
  ])('%j is refused', async (body, message) => {
    const { status, body: told } = await ask({ method: 'POST', url: '/explain', body })
    expect(status).toBe(400)
    expect(told.error.message).toContain(message)
    expect(told.error.message).not.toContain('--')
  })
})

describe('causes and the document', () => {
  it('GET /causes: the catalogue', async () => {
    expect((await ask('/causes')).body.causes).toEqual(catalogue)
  })

  it('GET /causes/{code}: one of it, or 404', async () => {
    for (const entry of catalogue)
      expect((await ask(`/causes/${entry.code}`)).body).toEqual({ schemaVersion: '1', ...entry })
    const { status, body } = await ask('/causes/net.cosmic-rays')
    expect([status, body.error.message]).toEqual([404, expect.stringContaining('GET /causes lists all')])
  })

  it('GET /openapi.json: the file of docs/', async () => {
    expect((await ask('/openapi.json')).body).toEqual(document)
  })
})

describe('paths and methods', () => {
  it.each([
    ['PUT', '/findings', 'GET, OPTIONS'],
    ['POST', `/findings/${checkoutBlocked.id}`, 'GET, OPTIONS'],
    ['GET', `/findings/${checkoutBlocked.id}/suppression`, 'POST, DELETE, OPTIONS'],
    ['GET', '/explain', 'POST, OPTIONS'],
    ['DELETE', '/causes', 'GET, OPTIONS'],
  ])('%s %s is 405 and says what is allowed', async (method, path, allow) => {
    const { status, headers, body } = await ask({ method, url: path })
    expect([status, headers.allow, body.error.code]).toEqual([405, allow, 'method-not-allowed'])
  })

  it.each(['/nowhere', '/findings//history', '/findings/a/b/c', '/openapiXjson', '/FINDINGS'])(
    '%s is 404',
    async (path) => {
      const { status, body } = await ask(path)
      expect([status, body.error.code]).toEqual([404, 'not-found'])
    },
  )

  it('a slash at the end and a named stage before the path change nothing', async () => {
    expect((await ask('/findings/')).status).toBe(200)
    expect((await ask({ url: '/causes', stage: 'prod' })).status).toBe(200)
    expect((await ask({ url: '/findings', stage: 'findings' })).status).toBe(200)
  })
})

describe('whatever is asked', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      checkoutBlocked.id,
      checkout.arn,
      'open',
      '7d',
      '2026-11-20',
      '0',
      '__proto__',
      '%',
      '..',
    ),
  )
  const filters = [
    'account',
    'region',
    'subject',
    'code',
    'severity',
    'status',
    'since',
    'until',
    'limit',
    'cursor',
  ]
  const path = fc.oneof(
    fc.constantFrom('/findings', '/explain', '/causes', `/findings/${checkoutBlocked.id}/suppression`),
    text.map((id) => `/findings/${encodeURIComponent(id)}`),
    text.map((code) => `/causes/${code.replaceAll('?', '')}`),
  )
  const body = fc.option(
    fc.oneof(
      text,
      fc.json(),
      fc.record({ from: text, to: text, port: text }, { requiredKeys: ['from', 'to'] }),
    ),
  )

  it('is answered or refused, never a failure of ours', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'POST', 'DELETE', 'OPTIONS', 'TRACE'),
        path,
        fc.dictionary(fc.oneof(fc.constantFrom(...filters), text), text, { maxKeys: 2 }),
        body,
        async (method, asked, query, content) => {
          const call = { method, url: url(asked, query), ...(content !== null && { body: content }) }
          expect((await ask(call)).status).toBeLessThan(500)
        },
      ),
      { numRuns: 300 },
    )
    await store.liftSuppression(checkoutBlocked.id)
  }, 60_000)
})

describe('CORS', () => {
  const origin = 'https://findings.example.com'
  const never = () => Promise.reject(new Error('not asked'))
  const asked = (allowed: string | undefined, from: string, method = 'GET') =>
    apiOn({ store, explain: never, now }, allowed)({ method, url: '/causes', headers: { origin: from } })

  it('the one origin may ask, and nobody else', async () => {
    expect((await asked(origin, origin)).headers).toMatchObject({
      'access-control-allow-origin': origin,
      vary: 'Origin',
    })
    for (const other of ['https://evil.example', 'null', `${origin}.evil.example`, origin.toUpperCase()])
      expect((await asked(origin, other)).headers).not.toHaveProperty('access-control-allow-origin')
    expect((await asked(undefined, origin)).headers).not.toHaveProperty('access-control-allow-origin')
  })

  it('a preflight tells the methods of the path', async () => {
    const { status, headers, body } = await asked(origin, origin, 'OPTIONS')
    expect([status, body, headers['access-control-allow-methods']]).toEqual([204, {}, 'GET, OPTIONS'])
    expect(headers['access-control-allow-headers']).toContain('content-type')
  })

  it('problems can be read by the page too', async () => {
    const page = apiOn({ store, explain: never, now }, origin)
    const { status, headers } = await page({ url: '/nowhere', headers: { origin } })
    expect([status, headers['access-control-allow-origin']]).toEqual([404, origin])
  })
})

describe('failures', () => {
  it('of ours are told without internals, and counted', async () => {
    const broken = apiOn({ store, explain: () => Promise.reject(new Error('secret of the house')), now })
    const body = { from: 'internet', to: '10.0.10.10' }
    const answer = await broken({ method: 'POST', url: '/explain', body })
    expect(answer).toMatchObject({ status: 500, body: { error: { code: 'internal' } } })
    expect(JSON.stringify(answer.body)).not.toContain('secret')
    expect(answer.body.error.message).toContain(context.awsRequestId)
    await ask('/findings?limit=0')
    await ask('/causes')
    expect(printed()).toMatchObject([
      { Requests: 1, RequestsRefused: 0, RequestsFailed: 1, service: 'query-findings' },
      { Requests: 1, RequestsRefused: 1, RequestsFailed: 0 },
      { Requests: 1, RequestsRefused: 0, RequestsFailed: 0 },
    ])
  })

  it('a deployment without its settings fails with one clear sentence', () => {
    expect(() => handler(httpApiEvent({ url: '/findings' }), context)).toThrow(
      'environment variable FINDINGS_TABLE is not set',
    )
  })
})
