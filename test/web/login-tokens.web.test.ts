import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type BehindLogin, CLIENT, kept, pathIn, shot, shown, startBehindLogin } from './behind-login.ts'
import { expectAccessible } from './expect-accessible.ts'
import { serveBehindLogin } from './gateway.ts'

let here: BehindLogin
beforeAll(async () => {
  here = await startBehindLogin()
})
afterAll(() => here.close())
beforeEach(() => here.provider.reset())

/** The API takes the token no more. */
async function spoil(page: Page): Promise<void> {
  await page.evaluate(() => {
    const tokens = JSON.parse(sessionStorage.getItem('hca.tokens') ?? '')
    sessionStorage.setItem('hca.tokens', JSON.stringify({ ...tokens, bearer: `${tokens.bearer}x` }))
  })
  await page.reload()
}

describe('a token', () => {
  it('that has expired is renewed once, whoever asks, and nobody notices', async () => {
    // Half a minute before its end it is spent.
    here.provider.mood.lifetime = 32
    const { page, close } = await here.open()
    await shown(page)
    const before = here.gateway.log.length
    here.provider.mood.lifetime = undefined
    await page.waitForTimeout(2_500)
    // The list asks for findings and for causes.
    await page.getByRole('link', { name: '← All findings' }).click()
    await page.getByText(/^7 findings/).waitFor()
    expect(here.provider.granted.map(({ grant_type }) => grant_type)).toEqual([
      'authorization_code',
      'refresh_token',
    ])
    expect(here.gateway.log.slice(before).filter((line) => line.endsWith(' 401'))).toEqual([])
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
    const { page } = await here.open()
    await shown(page)
    here.provider.mood.renews = renews
    await spoil(page)
    await shown(page)
    expect(here.provider.granted.map(({ grant_type }) => grant_type)).toEqual(grants)
    expect(here.provider.authorized).toHaveLength(signIns)
    await page.context().close()
  })

  it('made for another audience is not taken: it says so, and asks nobody again', async () => {
    const strict = await serveBehindLogin(
      { issuer: here.provider.issuer, clientId: CLIENT, audience: 'api://findings' },
      here.provider.jwks,
      here.ports,
    )
    const { page } = await here.open(here.path, {}, strict)
    const alert = page.getByRole('alert')
    await alert.getByText('You are signed in, but the API does not take your sign-in.').waitFor()
    expect(await alert.textContent()).toContain('the token does not have a valid audience')
    await shot(page, 'login-not-taken')
    expect(here.provider.authorized).toHaveLength(1)
    expect(here.provider.authorized[0]?.audience).toBe('api://findings')
    here.provider.mood.audience = 'api://findings'
    await page.getByRole('button', { name: 'Sign in' }).click()
    await shown(page)
    expect(await pathIn(page)).toBe(here.path)
    await page.context().close()
    await strict.close()
  })
})

describe('a sign-in that ends while somebody reads', () => {
  it('takes nothing away, and goes on where it was', async () => {
    const context = await here.browser.newContext()
    const page = await context.newPage()
    await page.clock.install()
    await page.goto(here.gateway.url + here.path)
    await page.getByLabel('Reason').fill('moves on Mon')
    here.provider.mood.renews = false
    await page.clock.fastForward('01:00:00')
    const notice = page.getByRole('alert')
    await notice.getByText('Your sign-in has ended.').waitFor()
    const asked = here.gateway.log.length
    await page.clock.fastForward('00:05:00')
    expect(here.gateway.log).toHaveLength(asked)
    expect(await page.getByLabel('Reason').inputValue()).toBe('moves on Mon')
    expect(await page.getByRole('button', { name: 'Sign out' }).count()).toBe(0)
    await expectAccessible(page)
    await shot(page, 'login-ended')
    await page.getByRole('button', { name: 'Suppress' }).click()
    await page.getByText('Sign in again to go on.').waitFor()
    expect(await page.getByLabel('Reason').inputValue()).toBe('moves on Mon')
    await notice.getByRole('button', { name: 'Sign in again' }).click()
    await page.getByRole('button', { name: 'Sign out' }).waitFor()
    await shown(page)
    expect(await pathIn(page)).toBe(here.path)
    await context.close()
  })
})

describe('signing out', () => {
  it('is told to the provider, and leaves nothing behind', async () => {
    const { page, close } = await here.open()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Signed out' }).waitFor()
    await expect.poll(() => here.provider.ended.length).toBe(1)
    await page.waitForLoadState()
    expect(here.provider.ended[0]).toMatchObject({
      client_id: CLIENT,
      post_logout_redirect_uri: `${here.gateway.url}/signed-out`,
      logout_uri: `${here.gateway.url}/signed-out`,
      id_token_hint: expect.stringMatching(/^ey/),
    })
    expect(await pathIn(page)).toBe('/signed-out')
    expect(await kept(page)).toEqual({ session: [], others: [[], ''] })
    expect(here.provider.authorized).toHaveLength(1)
    await expectAccessible(page)
    await shot(page, 'login-signed-out')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText(/^7 findings/).waitFor()
    await close()
  })

  it('is told to the provider also after it renewed no more than the access token', async () => {
    const audience = 'api://findings'
    const login = { issuer: here.provider.issuer, clientId: CLIENT, audience }
    const server = await serveBehindLogin(login, here.provider.jwks, here.ports)
    Object.assign(here.provider.mood, { audience, brief: true })
    const { page } = await here.open(here.path, {}, server)
    await shown(page)
    await spoil(page)
    await shown(page)
    expect(here.provider.granted.at(-1)?.grant_type).toBe('refresh_token')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect.poll(() => here.provider.ended.length).toBe(1)
    expect(here.provider.ended[0]?.id_token_hint).toMatch(/^ey/)
    await page.context().close()
    await server.close()
  })

  it('stays so when a token was being renewed', async () => {
    here.provider.mood.lifetime = 32
    const { page } = await here.open()
    await shown(page)
    await page.waitForTimeout(2_500)
    const slowly = (url: string, milliseconds: number) =>
      page.route(url, (route) => setTimeout(() => route.continue(), milliseconds))
    await slowly('**/token', 500)
    await slowly('**/endsession**', 1_500)
    const renewing = page.waitForRequest('**/token')
    await page.getByRole('link', { name: '← All findings' }).click()
    await renewing
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect.poll(() => here.provider.ended.length, { timeout: 5_000 }).toBe(1)
    await page.getByRole('heading', { name: 'Signed out' }).waitFor()
    expect(here.provider.granted).toHaveLength(2)
    expect(here.provider.authorized).toHaveLength(1)
    expect(await kept(page)).toEqual({ session: [], others: [[], ''] })
    await page.context().close()
  })
})
