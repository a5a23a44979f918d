import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { describe, expect, it, vi } from 'vitest'
import { createHandler } from '../../functions/query-findings.ts'
import type { ApiPorts } from '../../shared/api/route.ts'
import type { Site } from '../../shared/api/site.ts'
import { type Call, httpApiEvent, signed } from './http-api.ts'
import { context } from './lambda.ts'

vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'true')

const page = '<title>Findings</title>'
const site: Site = new Map([['/index.html', { type: 'text/html; charset=utf-8', body: page }]])
const never = () => Promise.reject(new Error('not asked'))
const store = {
  list: never,
  get: never,
  head: never,
  history: never,
  suppress: never,
  liftSuppression: never,
}
const ports: ApiPorts = { store, explain: never, now: () => new Date() }

async function answer(beside: Site | undefined, accept: string): Promise<APIGatewayProxyStructuredResultV2> {
  const event = httpApiEvent({ url: '/causes/net.nacl', headers: { accept }, stage: 'prod' })
  return createHandler(ports, { site: beside })(event, context)
}

it('the function serves the page that lies beside it, to browsers', async () => {
  expect(await answer(site, 'text/html')).toMatchObject({ statusCode: 200, body: page })
  expect(JSON.parse((await answer(site, '*/*')).body ?? '')).toMatchObject({ code: 'net.nacl' })
})

it('without one it answers browsers as everybody else', async () => {
  expect(JSON.parse((await answer(undefined, 'text/html')).body ?? '')).toMatchObject({ code: 'net.nacl' })
})

describe('closed, as it is deployed', () => {
  const record = { finding: { id: 'a'.repeat(32) } }
  const suppressed = vi.fn(async () => record as never)
  const closed = createHandler(
    { ...ports, store: { ...store, suppress: suppressed } },
    { site, closed: true },
  )
  const ask = async (call: Call) => {
    const { statusCode, body = '' } = (await closed(httpApiEvent(call), context)) ?? {}
    return { statusCode, body }
  }
  const jwt = (claims: Record<string, string>) => ({ jwt: { claims } })
  const suppress = {
    method: 'POST',
    url: `/api/findings/${'a'.repeat(32)}/suppression`,
    body: { reason: 'moves on Monday', until: '2999-01-01' },
  }

  it.each(['/causes', '/api/causes', '/findings', '/openapi.json', '/api/nowhere'])(
    '%s: nobody gets data whom no authorizer let in',
    async (url) => {
      const { statusCode, body } = await ask({ url })
      expect([statusCode, JSON.parse(body).error.code]).toEqual([401, 'unauthorized'])
    },
  )

  it('a caller cannot say of himself who he is', async () => {
    const headers = { authorization: 'Bearer x', 'x-amzn-oidc-identity': 'somebody' }
    expect((await ask({ url: '/api/causes', headers })).statusCode).toBe(401)
  })

  it('who is known gets it, under both paths', async () => {
    const known = jwt({ sub: 'b1946ac9', email: 'baker@bakery.example' })
    for (const url of ['/causes/net.nacl', '/api/causes/net.nacl'])
      expect(JSON.parse((await ask({ url, authorizer: known })).body)).toMatchObject({ code: 'net.nacl' })
    expect((await ask({ url: '/causes', headers: { accept: 'text/html' } })).body).toBe(page)
  })

  it.each([
    ['by e-mail', jwt({ sub: 'b1946ac9', email: 'baker@bakery.example' }), 'baker@bakery.example'],
    ['by subject', jwt({ sub: 'b1946ac9' }), 'b1946ac9'],
    [
      'by subject when the address is not verified',
      jwt({ sub: 'b1946ac9', email: 'owner@bakery.example', email_verified: 'false' }),
      'b1946ac9',
    ],
    ['by role', signed, signed.iam?.userArn],
  ])('a suppression says who wants it: %s', async (_, authorizer, by) => {
    await ask({ ...suppress, authorizer })
    expect(suppressed).toHaveBeenLastCalledWith(
      'a'.repeat(32),
      expect.objectContaining({ reason: 'moves on Monday', by }),
    )
  })
})
