import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { expect, it, vi } from 'vitest'
import { createHandler } from '../../functions/query-findings.ts'
import type { ApiPorts } from '../../shared/api/route.ts'
import type { Site } from '../../shared/api/site.ts'
import { httpApiEvent } from './http-api.ts'
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
