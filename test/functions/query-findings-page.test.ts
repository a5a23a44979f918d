import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { httpApiEvent } from './http-api.ts'
import { context } from './lambda.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hca-page-'))
  await writeFile(join(folder, 'index.html'), '<title>Findings</title>')
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'true')
  vi.stubEnv('FINDINGS_TABLE', 'findings')
  vi.stubEnv('AWS_REGION', 'eu-central-1')
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

/** The function as Lambda loads it, with the setting as given. */
async function answer(webFolder: string, accept: string): Promise<APIGatewayProxyStructuredResultV2> {
  vi.resetModules()
  vi.stubEnv('WEB_FOLDER', webFolder)
  const { handler } = await import('../../functions/query-findings.ts')
  return handler(httpApiEvent({ url: '/causes/net.nacl', headers: { accept } }), context)
}

it('the function serves the page that lies beside it, to browsers', async () => {
  expect(await answer(folder, 'text/html')).toMatchObject({
    statusCode: 200,
    body: '<title>Findings</title>',
  })
  expect(JSON.parse((await answer(folder, '*/*')).body ?? '')).toMatchObject({ code: 'net.nacl' })
})

it('without one it answers browsers as everybody else', async () => {
  expect(JSON.parse((await answer('', 'text/html')).body ?? '')).toMatchObject({ code: 'net.nacl' })
})
