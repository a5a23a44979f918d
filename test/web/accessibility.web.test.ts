import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from './chromium.ts'
import { expectAccessible } from './expect-accessible.ts'
import { reportFile, writeReport } from './report-file.ts'
import { serveSamples } from './served.ts'
import { openPage } from './watched.ts'

/** Where the screenshots are, to be looked at. */
const SHOTS = 'node_modules/.cache/hca-web'

let browser: Browser
let samples: Awaited<ReturnType<typeof serveSamples>>

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  browser = await openBrowser()
  samples = await serveSamples()
  await writeReport()
})
afterAll(async () => {
  await samples.close()
  await browser.close()
})

const idOf = async (code: string): Promise<string> =>
  (await samples.store.list({ code }, { limit: 1 })).items[0]?.id ?? ''

interface View {
  readonly name: string
  readonly url: () => Promise<string>
  readonly ready: string
}

const at = (path: string) => async () => samples.url + path
const views: readonly View[] = [
  { name: 'list', url: at('/findings'), ready: '.cell-title a' },
  { name: 'nothing-found', url: at('/findings?severity=info'), ready: '.state' },
  { name: 'refused', url: at('/findings?account=1'), ready: '.state-error' },
  {
    name: 'blocked',
    url: async () => `${samples.url}/findings/${await idOf('net.lb-sg-egress')}`,
    ready: '.event',
  },
  { name: 'partial', url: async () => `${samples.url}/findings/${await idOf('net.nacl')}`, ready: '.event' },
  {
    name: 'task',
    url: async () => `${samples.url}/findings/${await idOf('ecs.exec-role-permission')}`,
    ready: '.event',
  },
  {
    name: 'changed',
    url: async () => `${samples.url}/findings/${await idOf('net.target-sg-ingress')}`,
    ready: '.event',
  },
  { name: 'explain', url: at('/explain?from=10.50.1.10&to=10.50.11.10&port=9000'), ready: '.hop' },
  { name: 'causes', url: at('/causes'), ready: '.causes a' },
  { name: 'cause', url: at('/causes/net.nacl'), ready: 'article h2' },
  { name: 'file', url: async () => pathToFileURL(reportFile).href, ready: '.causes a' },
]

const shot = async (page: Page, name: string) => {
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true })
}

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
  it.each(views)('$name breaks no rule of WCAG 2.2 AA', async ({ name, url, ready }) => {
    const { page } = await openPage(browser, await url(), { colorScheme, bypassCSP: true })
    await page.locator(ready).first().waitFor()
    await shot(page, `${name}-${colorScheme}`)
    await expectAccessible(page)
    await page.locator('details').evaluateAll((all) => {
      for (const details of all) details.setAttribute('open', '')
    })
    await expectAccessible(page)
    await page.context().close()
  })
})

describe('360 pixels', () => {
  it.each(views)('$name needs no scrolling sideways', async ({ name, url, ready }) => {
    const { page } = await openPage(browser, await url(), {
      viewport: { width: 360, height: 740 },
      bypassCSP: true,
    })
    await page.locator(ready).first().waitFor()
    await shot(page, `${name}-360`)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
    await expectAccessible(page)
    await page.context().close()
  })
})

describe('the keyboard', () => {
  it('leads from the filters to a finding and back', async () => {
    const { page, close } = await openPage(browser, `${samples.url}/findings`)
    await page.locator('.cell-title a').first().waitFor()
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
    await page.keyboard.press('Tab')
    await page.keyboard.type('stops replies')
    await page.getByText(/^1 of 7/).waitFor()
    await page.locator('.cell-title a').focus()
    await page.keyboard.press('Enter')
    await page.locator('.hop-partial').waitFor()
    await page.goBack()
    await page.getByText(/^1 of 7/).waitFor()
    await close()
  })

  it('chooses how a fix is shown', async () => {
    const { page, close } = await openPage(
      browser,
      `${samples.url}/findings/${await idOf('net.lb-sg-egress')}`,
    )
    await page.getByLabel('AWS CLI').first().focus()
    await page.keyboard.press('ArrowRight')
    await page.getByText('BakeryAlbEgressTcp8000').waitFor()
    await close()
  })
})
