import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startProvider } from '../login/provider.ts'
import { type BehindLogin, CLIENT, kept, shot, startBehindLogin } from './behind-login.ts'
import { expectAccessible } from './expect-accessible.ts'
import { serveBehindLogin } from './gateway.ts'

let here: BehindLogin
beforeAll(async () => {
  here = await startBehindLogin()
})
afterAll(() => here.close())
beforeEach(() => here.provider.reset())

describe('a sign-in that fails says why, and what to do', () => {
  const problem = async (page: Page, words: string) => {
    const alert = page.getByRole('alert')
    await alert.getByText(words).waitFor()
    return alert
  }

  it('refused by the provider', async () => {
    here.provider.mood.refuses = ['access_denied', '<img src=x onerror=alert(1)> Bakers only.']
    const { page, close } = await here.open()
    const alert = await problem(page, 'The login provider refused to sign you in.')
    expect(await alert.textContent()).toContain('<img src=x onerror=alert(1)> Bakers only.')
    expect(await page.locator('#app img').count()).toBe(0)
    expect(here.provider.authorized).toHaveLength(1)
    here.provider.mood.refuses = undefined
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText(/^7 findings/).waitFor()
    await close()
  })

  it.each([
    ['a code that nobody asked for', '?code=stolen&state=of-somebody'],
    ['an error that nobody asked for', '?error=access_denied&error_description=call+0900-1234&state=x'],
    ['nothing at all', ''],
  ])('%s', async (_, query) => {
    const { page, close } = await here.open(`/login${query}`)
    const alert = await problem(page, 'This sign-in was not begun in this tab')
    expect(await alert.textContent()).not.toContain('0900')
    expect([here.provider.authorized, here.provider.granted]).toEqual([[], []])
    expect(await kept(page)).toMatchObject({ session: [] })
    await close()
  })

  it('a code that the provider takes no more', async () => {
    here.provider.mood.forgetful = true
    const { page } = await here.open()
    const alert = await problem(page, 'The sign-in did not succeed.')
    expect(await alert.textContent()).toContain('was used already')
    expect(await kept(page)).toMatchObject({ session: [] })
    await page.context().close()
  })

  it('a provider that does not answer, until it does', async () => {
    const absent = await startProvider()
    await absent.close()
    const { issuer, jwks } = absent
    const lonely = await serveBehindLogin({ issuer, clientId: CLIENT }, jwks, here.ports)
    const { page } = await here.open('/findings', {}, lonely)
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
    here.provider.mood.refuses = ['access_denied', 'User is not assigned to the client application.']
    const { page, close } = await here.open(here.path, options)
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
