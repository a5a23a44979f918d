import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type ApiServer, startApi } from '../../../cli/local/api-server.ts'
import { type Database, startDatabase } from '../../../cli/local/database.ts'
import { readIncidents } from '../../../cli/local/incidents.ts'
import { type LocalSystem, startSystem } from '../../../cli/local/system.ts'
import type { Told } from '../../shared/api/told.ts'

let database: Database
let system: LocalSystem
let server: ApiServer

beforeAll(async () => {
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'true')
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT')
  database = await startDatabase()
  system = await startSystem({ database, channels: [], onProblem: () => {} })
  for (const incident of await readIncidents('samples')) await system.replay(incident)
  server = await startApi(system.api, 0)
}, 60_000)
afterAll(async () => {
  await server.close()
  system.close()
  await database.close()
  vi.unstubAllEnvs()
})

interface Answer {
  readonly status: number
  readonly body: Told
}

/** A request whose headers are ours alone: fetch would not let a Host through. */
function send(
  path: string,
  options: {
    readonly method?: string
    readonly headers?: Record<string, string>
    readonly body?: string
  } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { body, ...rest } = options
    const sent = request(`${server.url}${path}`, rest, async (response) => {
      const text = (await response.toArray()).join('')
      resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

const post = (path: string, content: unknown) =>
  send(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(content),
  })

describe('the API of the local system', () => {
  it('serves what the sample incidents left, filtered', async () => {
    const { body } = await send('/findings?status=open&limit=100')
    const codes = body.findings.map(({ code }) => code)
    const { items } = await system.store.list({ status: 'open' }, { limit: 100 })
    expect(codes).toEqual(items.map(({ code }) => code))
    expect(codes.length).toBeGreaterThan(2)
    const resolved = await send('/findings?status=resolved&code=net.lb-sg-egress')
    expect(resolved.body.findings).toHaveLength(1)
    const shown = await send(`/findings/${resolved.body.findings[0]?.id}`)
    expect(shown.body.finding.rootCause.code).toBe('net.lb-sg-egress')
  })

  it('what is suppressed over HTTP is suppressed for the command line', async () => {
    const [finding] = (await system.store.list({ status: 'open' }, { limit: 1 })).items
    const path = `/findings/${finding?.id}/suppression`
    expect((await post(path, { reason: 'known', until: '2999-01-01' })).status).toBe(200)
    expect((await system.store.list({ status: 'suppressed' }, { limit: 5 })).items).toMatchObject([
      { id: finding?.id, suppressedReason: 'known' },
    ])
    expect((await send(path, { method: 'DELETE' })).body.status).toBe('open')
  })

  it('explains the paths of each incident, of the newest that knows the ends', async () => {
    const repaired = await post('/explain', { from: '10.0.0.11', to: '10.0.10.10', port: 8000 })
    expect(repaired.body.verdict).toBe('reachable')
    const cut = await post('/explain', { from: '10.50.1.10', to: '10.50.11.10', port: 9000 })
    expect(cut.body.verdict).toBe('partial')
    const nowhere = await post('/explain', { from: 'eni-0404', to: '10.0.10.10' })
    expect(nowhere.status).toBe(400)
    expect(nowhere.body.error.message).toContain('eni-0404')
  })

  it('answers to its own names only: a page of a domain that resolves here is refused', async () => {
    const port = new URL(server.url).port
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`])
      expect((await send('/causes', { headers: { host } })).status).toBe(200)
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      `127.0.0.1.evil.example:${port}`,
    ]) {
      const { status, body } = await send('/findings', { headers: { host } })
      expect([status, body.error.code]).toEqual([403, 'forbidden'])
    }
  })

  it('a page of another origin is not let through', async () => {
    const preflight = await fetch(`${server.url}/findings`, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    })
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull()
  })

  it('a body beyond all bounds is refused before it is read to its end', async () => {
    const body = 'x'.repeat(3 * 1024 * 1024)
    const told = await send('/explain', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    expect([told.status, told.body.error.code]).toEqual([413, 'too-large'])
  })

  it('characters beyond ASCII and odd queries arrive as they are', async () => {
    const named = await send('/findings?subject=b%C3%A4ckerei%3F%26')
    expect(named.body.findings).toEqual([])
    const odd = await send('/findings?account=4%3F2?')
    expect(odd.body.error.message).toContain('account "4?2?"')
    expect((await send('/%')).status).toBe(404)
  })
})
