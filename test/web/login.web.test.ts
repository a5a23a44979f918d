import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type BehindLogin, CLIENT, kept, pathIn, shot, shown, startBehindLogin } from './behind-login.ts'
import { expectAccessible } from './expect-accessible.ts'

let here: BehindLogin
beforeAll(async () => {
  here = await startBehindLogin()
})
afterAll(() => here.close())
beforeEach(() => here.provider.reset())

describe('without a sign-in', () => {
  it.each([
    ['/api/findings', 'application/json', 401],
    ['/findings', 'application/json', 401],
    ['/findings/x', '*/*', 401],
    ['/causes', '*/*', 401],
    ['/openapi.json', '*/*', 404],
    ['/findings/x/history', '*/*', 404],
    ['/login.json', '*/*', 200],
    ['/findings', 'text/html', 200],
  ])('%s (%s) is %d, and no finding is told', async (asked, accept, status) => {
    const answer = await fetch(here.gateway.url + asked, { headers: { accept } })
    expect(answer.status).toBe(status)
    expect(await answer.text()).not.toContain('hc.udp-needs-tcp-port')
  })

  it('nobody suppresses anything', async () => {
    for (const prefix of ['', '/api']) {
      const answer = await fetch(`${here.gateway.url}${prefix}${here.path}/suppression`, { method: 'DELETE' })
      expect([401, 404]).toContain(answer.status)
    }
  })

  it('a token of somebody else, or made for somebody else, is not taken', async () => {
    const forged = `${btoa('{"alg":"none"}')}.${btoa(`{"iss":"${here.provider.issuer}","aud":"${CLIENT}"}`)}.`
    for (const token of ['x', forged]) {
      const headers = { authorization: `Bearer ${token}` }
      expect((await fetch(`${here.gateway.url}/api/findings`, { headers })).status).toBe(401)
    }
  })
})

describe('a link from Slack', () => {
  it('leads through the sign-in to the finding', async () => {
    const { page, close } = await here.open()
    await shown(page)
    expect(await pathIn(page)).toBe(here.path)
    expect(here.provider.authorized).toHaveLength(1)
    expect(here.provider.authorized[0]).toMatchObject({
      response_type: 'code',
      client_id: CLIENT,
      redirect_uri: `${here.gateway.url}/login`,
      scope: 'openid email',
      code_challenge_method: 'S256',
    })
    expect(await kept(page)).toEqual({ session: ['hca.tokens'], others: [[], ''] })
    await close()
  })

  it('keeps its filters, and is opened without a second sign-in after a reload', async () => {
    const { page, close } = await here.open('/findings?severity=high&q=bakery')
    await page.getByRole('heading', { name: 'Findings' }).waitFor()
    expect(await pathIn(page)).toBe('/findings?severity=high&q=bakery')
    await page.reload()
    await page.getByRole('button', { name: 'Sign out' }).waitFor()
    await page.goto(here.gateway.url + here.path)
    await shown(page)
    expect(here.provider.authorized).toHaveLength(1)
    await close()
  })

  it('the way back from the provider leads out of the page, not round in a circle', async () => {
    const { page, close } = await here.open()
    await shown(page)
    expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(2)
    await close()
  })

  it('opens on a device whose clock is wrong', async () => {
    for (const hours of [-3, 3]) {
      const context = await here.browser.newContext()
      const page = await context.newPage()
      await page.clock.install({ time: Date.now() + hours * 3_600_000 })
      await page.goto(here.gateway.url + here.path)
      await shown(page)
      await context.close()
    }
    expect(here.provider.authorized).toHaveLength(2)
  })
})

it('who suppresses is who signed in', async () => {
  const { page, close } = await here.open()
  await page.getByLabel('Reason').fill('moves on Monday')
  await page.getByRole('button', { name: 'Suppress' }).click()
  await page.getByText('by baker@bakery.example: moves on Monday').waitFor()
  const record = await here.ports.store.get(here.path.slice('/findings/'.length))
  expect(record?.suppression).toMatchObject({ by: 'baker@bakery.example', reason: 'moves on Monday' })
  await page.getByRole('button', { name: 'Lift the suppression' }).click()
  await page.getByLabel('Reason').waitFor()
  await close()
})

it('signed in, the page is readable at 360 px', async () => {
  const { page, close } = await here.open(here.path, { viewport: { width: 360, height: 740 } })
  await shown(page)
  await expectAccessible(page)
  await shot(page, 'login-360')
  await close()
})

it('the policy of the page lets it ask the provider for tokens, and nobody else', async () => {
  const { headers } = await fetch(here.gateway.url, { headers: { accept: 'text/html' } })
  const policy = headers.get('content-security-policy') ?? ''
  expect(policy).toContain(`connect-src 'self' ${here.provider.issuer};`)
  expect(policy.replace(here.provider.issuer, '')).not.toMatch(/unsafe|https?:|\*/)
})
