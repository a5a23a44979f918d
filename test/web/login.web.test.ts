import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ApiPorts } from '../../shared/api/route.ts'
import { type Provider, startProvider } from '../login/provider.ts'
import { openBrowser } from './chromium.ts'
import { expectAccessible } from './expect-accessible.ts'
import { type Gateway, serveBehindLogin } from './gateway.ts'
import { serveSamples } from './served.ts'
import { openPage, type Watched } from './watched.ts'

const CLIENT = 'findings-page'
const SHOTS = 'node_modules/.cache/hca-web'
const explain = () => Promise.reject(new Error('not asked'))

let browser: Browser
let samples: Awaited<ReturnType<typeof serveSamples>>
let provider: Provider
let gateway: Gateway
let path: string

const ports = (): ApiPorts => ({ store: samples.store, explain, now: () => new Date() })
const behind = (login: { readonly audience?: string } = {}): Promise<Gateway> =>
  serveBehindLogin({ issuer: provider.issuer, clientId: CLIENT, ...login }, provider.jwks, ports())

/** Every complaint fails the test, and every request to another than server and provider. */
const open = (at = path, options = {}, server = gateway): Promise<Watched> =>
  openPage(browser, server.url + at, options, [provider.issuer])

const pathIn = (page: Page) => page.evaluate(() => location.pathname + location.search)
const kept = (page: Page) =>
  page.evaluate(() => ({
    session: Object.keys(sessionStorage),
    others: [Object.keys(localStorage), document.cookie],
  }))
const shot = (page: Page, name: string) => page.screenshot({ path: `${SHOTS}/${name}.png` })
const finding = (page: Page) => page.getByRole('region', { name: 'Evidence' }).waitFor()

beforeAll(async () => {
  browser = await openBrowser()
  samples = await serveSamples()
  provider = await startProvider()
  gateway = await behind()
  const { items } = await samples.store.list({ code: 'hc.udp-needs-tcp-port' }, { limit: 1 })
  path = `/findings/${items[0]?.id}`
})
afterAll(async () => {
  await browser.close()
  await gateway.close()
  await provider.close()
  await samples.close()
})
beforeEach(() => provider.reset())

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
    const answer = await fetch(gateway.url + asked, { headers: { accept } })
    expect(answer.status).toBe(status)
    expect(await answer.text()).not.toContain('hc.udp-needs-tcp-port')
  })

  it('nobody suppresses anything', async () => {
    for (const prefix of ['', '/api']) {
      const answer = await fetch(`${gateway.url}${prefix}${path}/suppression`, { method: 'DELETE' })
      expect([401, 404]).toContain(answer.status)
    }
  })

  it('a token of somebody else, or made for somebody else, is not taken', async () => {
    const forged = `${btoa('{"alg":"none"}')}.${btoa(`{"iss":"${provider.issuer}","aud":"${CLIENT}"}`)}.`
    for (const token of ['x', forged]) {
      const headers = { authorization: `Bearer ${token}` }
      expect((await fetch(`${gateway.url}/api/findings`, { headers })).status).toBe(401)
    }
  })
})

describe('a link from Slack', () => {
  it('leads through the sign-in to the finding', async () => {
    const { page, close } = await open()
    await finding(page)
    expect(await pathIn(page)).toBe(path)
    expect(provider.authorized).toHaveLength(1)
    expect(provider.authorized[0]).toMatchObject({
      response_type: 'code',
      client_id: CLIENT,
      redirect_uri: `${gateway.url}/login`,
      scope: 'openid email',
      code_challenge_method: 'S256',
    })
    expect(await kept(page)).toEqual({ session: ['hca.tokens'], others: [[], ''] })
    await close()
  })

  it('keeps its filters, and is opened without a second sign-in after a reload', async () => {
    const { page, close } = await open('/findings?severity=high&q=bakery')
    await page.getByRole('heading', { name: 'Findings' }).waitFor()
    expect(await pathIn(page)).toBe('/findings?severity=high&q=bakery')
    await page.reload()
    await page.getByRole('button', { name: 'Sign out' }).waitFor()
    await page.goto(gateway.url + path)
    await finding(page)
    expect(provider.authorized).toHaveLength(1)
    await close()
  })

  it('the way back from the provider leads out of the page, not round in a circle', async () => {
    const { page, close } = await open()
    await finding(page)
    expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(2)
    await close()
  })

  it('opens on a device whose clock is wrong', async () => {
    for (const hours of [-3, 3]) {
      const context = await browser.newContext()
      const page = await context.newPage()
      await page.clock.install({ time: Date.now() + hours * 3_600_000 })
      await page.goto(gateway.url + path)
      await finding(page)
      await context.close()
    }
    expect(provider.authorized).toHaveLength(2)
  })
})

it('who suppresses is who signed in', async () => {
  const { page, close } = await open()
  await page.getByLabel('Reason').fill('moves on Monday')
  await page.getByRole('button', { name: 'Suppress' }).click()
  await page.getByText('by baker@bakery.example: moves on Monday').waitFor()
  const record = await samples.store.get(path.slice('/findings/'.length))
  expect(record?.suppression).toMatchObject({ by: 'baker@bakery.example', reason: 'moves on Monday' })
  await page.getByRole('button', { name: 'Lift the suppression' }).click()
  await page.getByLabel('Reason').waitFor()
  await close()
})

describe('a token', () => {
  it('that has expired is renewed once, whoever asks, and nobody notices', async () => {
    // Half a minute before its end it is spent.
    provider.mood.lifetime = 32
    const { page, close } = await open()
    await finding(page)
    const before = gateway.log.length
    provider.mood.lifetime = undefined
    await page.waitForTimeout(2_500)
    // The list asks for findings and for causes.
    await page.getByRole('link', { name: '← All findings' }).click()
    await page.getByText(/^7 findings/).waitFor()
    expect(provider.granted.map(({ grant_type }) => grant_type)).toEqual([
      'authorization_code',
      'refresh_token',
    ])
    expect(gateway.log.slice(before).filter((line) => line.endsWith(' 401'))).toEqual([])
    await close()
  })

  it.each([
    ['is renewed where the provider does so', true, ['authorization_code', 'refresh_token'], 1],
    [
      'is signed in for again where it does not',
      false,
      ['authorization_code', 'refresh_token', 'authorization_code'],
      2,
    ],
  ])('that the API takes no more %s', async (_, renews, grants, signIns) => {
    const { page } = await open()
    await finding(page)
    provider.mood.renews = renews
    await page.evaluate(() => {
      const tokens = JSON.parse(sessionStorage.getItem('hca.tokens') ?? '')
      sessionStorage.setItem('hca.tokens', JSON.stringify({ ...tokens, bearer: `${tokens.bearer}x` }))
    })
    await page.reload()
    await finding(page)
    expect(provider.granted.map(({ grant_type }) => grant_type)).toEqual(grants)
    expect(provider.authorized).toHaveLength(signIns)
    await page.context().close()
  })

  it('made for another audience is not taken: it says so, and asks nobody again', async () => {
    const strict = await behind({ audience: 'api://findings' })
    const { page } = await open(path, {}, strict)
    const alert = page.getByRole('alert')
    await alert.getByText('You are signed in, but the API does not take your sign-in.').waitFor()
    expect(await alert.textContent()).toContain('the token does not have a valid audience')
    await shot(page, 'login-not-taken')
    expect(provider.authorized).toHaveLength(1)
    expect(provider.authorized[0]?.audience).toBe('api://findings')
    provider.mood.audience = 'api://findings'
    await page.getByRole('button', { name: 'Sign in' }).click()
    await finding(page)
    expect(await pathIn(page)).toBe(path)
    await page.context().close()
    await strict.close()
  })
})

describe('a sign-in that ends while somebody reads', () => {
  it('takes nothing away, and goes on where it was', async () => {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.clock.install()
    await page.goto(gateway.url + path)
    await page.getByLabel('Reason').fill('moves on Mon')
    provider.mood.renews = false
    await page.clock.fastForward('01:00:00')
    const notice = page.getByRole('alert')
    await notice.getByText('Your sign-in has ended.').waitFor()
    const asked = gateway.log.length
    await page.clock.fastForward('00:05:00')
    expect(gateway.log).toHaveLength(asked)
    expect(await page.getByLabel('Reason').inputValue()).toBe('moves on Mon')
    expect(await page.getByRole('button', { name: 'Sign out' }).count()).toBe(0)
    await expectAccessible(page)
    await shot(page, 'login-ended')
    await page.getByRole('button', { name: 'Suppress' }).click()
    await page.getByText('Sign in again to go on.').waitFor()
    expect(await page.getByLabel('Reason').inputValue()).toBe('moves on Mon')
    await notice.getByRole('button', { name: 'Sign in again' }).click()
    await page.getByRole('button', { name: 'Sign out' }).waitFor()
    await finding(page)
    expect(await pathIn(page)).toBe(path)
    await context.close()
  })
})

describe('signing out', () => {
  it('is told to the provider, and leaves nothing behind', async () => {
    const { page, close } = await open()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Signed out' }).waitFor()
    await expect.poll(() => provider.ended.length).toBe(1)
    await page.waitForLoadState()
    expect(provider.ended[0]).toMatchObject({
      client_id: CLIENT,
      post_logout_redirect_uri: `${gateway.url}/signed-out`,
      logout_uri: `${gateway.url}/signed-out`,
      id_token_hint: expect.stringMatching(/^ey/),
    })
    expect(await pathIn(page)).toBe('/signed-out')
    expect(await kept(page)).toEqual({ session: [], others: [[], ''] })
    expect(provider.authorized).toHaveLength(1)
    await expectAccessible(page)
    await shot(page, 'login-signed-out')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText(/^7 findings/).waitFor()
    await close()
  })
})

describe('a sign-in that fails says why, and what to do', () => {
  const problem = async (page: Page, words: string) => {
    const alert = page.getByRole('alert')
    await alert.getByText(words).waitFor()
    return alert
  }

  it('refused by the provider', async () => {
    provider.mood.refuses = ['access_denied', '<img src=x onerror=alert(1)> Bakers only.']
    const { page, close } = await open()
    const alert = await problem(page, 'The login provider refused to sign you in.')
    expect(await alert.textContent()).toContain('<img src=x onerror=alert(1)> Bakers only.')
    expect(await page.locator('#app img').count()).toBe(0)
    expect(provider.authorized).toHaveLength(1)
    provider.mood.refuses = undefined
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText(/^7 findings/).waitFor()
    await close()
  })

  it.each([
    ['a code that nobody asked for', '?code=stolen&state=of-somebody'],
    ['an error that nobody asked for', '?error=access_denied&error_description=call+0900-1234&state=x'],
    ['nothing at all', ''],
  ])('%s', async (_, query) => {
    const { page, close } = await open(`/login${query}`)
    const alert = await problem(page, 'This sign-in was not begun in this tab')
    expect(await alert.textContent()).not.toContain('0900')
    expect([provider.authorized, provider.granted]).toEqual([[], []])
    expect(await kept(page)).toMatchObject({ session: [] })
    await close()
  })

  it('a code that the provider takes no more', async () => {
    provider.mood.forgetful = true
    const { page } = await open()
    const alert = await problem(page, 'The sign-in did not succeed.')
    expect(await alert.textContent()).toContain('was used already')
    expect(await kept(page)).toMatchObject({ session: [] })
    await page.context().close()
  })

  it('a provider that does not answer, until it does', async () => {
    const absent = await startProvider()
    await absent.close()
    const { issuer, jwks } = absent
    const lonely = await serveBehindLogin({ issuer, clientId: CLIENT }, jwks, ports())
    const { page } = await open('/findings', {}, lonely)
    await problem(page, 'The login provider cannot be reached.')
    await expectAccessible(page)
    await shot(page, 'login-unavailable')
    const back = await startProvider(Number(new URL(issuer).port))
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText(/^7 findings/).waitFor()
    await page.context().close()
    await lonely.close()
    await back.close()
  })

  it.each([
    ['light', { colorScheme: 'light' }],
    ['dark', { colorScheme: 'dark' }],
    ['360', { viewport: { width: 360, height: 740 } }],
  ] as const)('readable and usable: %s', async (name, options) => {
    provider.mood.refuses = ['access_denied', 'User is not assigned to the client application.']
    const { page, close } = await open(path, options)
    await problem(page, 'refused')
    await expectAccessible(page)
    const { scrollWidth, clientWidth } = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement
      return { scrollWidth, clientWidth }
    })
    expect(scrollWidth).toBeLessThanOrEqual(clientWidth)
    await shot(page, `login-refused-${name}`)
    await close()
  })
})

it('signed in, the page is readable at 360 px', async () => {
  const { page, close } = await open(path, { viewport: { width: 360, height: 740 } })
  await finding(page)
  await expectAccessible(page)
  await shot(page, 'login-360')
  await close()
})

it('the policy of the page lets it ask the provider for tokens, and nobody else', async () => {
  const { headers } = await fetch(gateway.url, { headers: { accept: 'text/html' } })
  const policy = headers.get('content-security-policy') ?? ''
  expect(policy).toContain(`connect-src 'self' ${provider.issuer};`)
  expect(policy.replace(provider.issuer, '')).not.toMatch(/unsafe|https?:|\*/)
})
