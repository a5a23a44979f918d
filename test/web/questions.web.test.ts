import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catalogue } from '../../shared/diagnosis/catalogue/index.ts'
import { openBrowser } from './chromium.ts'
import { serveSamples } from './served.ts'
import { openPage } from './watched.ts'

let browser: Browser
let samples: Awaited<ReturnType<typeof serveSamples>>

beforeAll(async () => {
  browser = await openBrowser()
  samples = await serveSamples()
})
afterAll(async () => {
  await samples.close()
  await browser.close()
})

describe('can X reach Y', () => {
  it('is asked in a form, and the answer is drawn; the address is the question', async () => {
    const { page, close } = await openPage(browser, `${samples.url}/explain`)
    await page.getByLabel('From').fill('10.50.1.10')
    await page.getByLabel('To', { exact: true }).fill('10.50.11.10')
    await page.getByLabel('Port', { exact: true }).fill('9000')
    await page.getByRole('button', { name: 'Explain' }).click()
    await page.getByText('56 % of the source ports').waitFor()
    expect(await page.locator('.hop').count()).toBe(12)
    const address = page.url()
    await page.reload()
    await page.locator('.hop-partial').waitFor()
    expect(page.url()).toBe(address)
    expect(await page.getByLabel('From').inputValue()).toBe('10.50.1.10')
    await close()
  })

  it('another port or protocol is another answer', async () => {
    const at = `${samples.url}/explain?from=10.0.0.11&to=10.0.10.10&port=8000`
    const { page, close } = await openPage(browser, at)
    await page.locator('.hop-block').first().waitFor()
    await page.getByLabel('Protocol').fill('udp')
    await page.getByRole('button', { name: 'Explain' }).click()
    await page.locator('.path-flow', { hasText: 'udp 10.0.0.11' }).waitFor()
    await page.goBack()
    await page.locator('.path-flow', { hasText: 'tcp 10.0.0.11' }).waitFor()
    await close()
  })

  it('what is not there is told in the words of the API', async () => {
    const { page } = await openPage(browser, `${samples.url}/explain?from=eni-0404&to=10.0.10.10`)
    await page.getByRole('alert').getByText('eni-0404').waitFor()
    await page.context().close()
  })
})

describe('the catalogue', () => {
  it('lists every cause, and finds some', async () => {
    const { page, close } = await openPage(browser, `${samples.url}/causes`)
    await page.getByText(`${catalogue.length} of ${catalogue.length} causes`).waitFor()
    await page.getByLabel('Search').fill('net.nacl')
    await page
      .getByRole('link')
      .filter({ hasText: catalogue.find(({ code }) => code === 'net.nacl')?.title ?? '' })
      .click()
    await page.getByRole('heading', { name: 'What decides it' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/causes/net.nacl')
    await close()
  })

  it('a link to a cause opens it, with its findings', async () => {
    const { page, close } = await openPage(browser, `${samples.url}/causes/net.nacl`)
    await page.getByRole('link', { name: 'Findings with this cause' }).click()
    await page.getByText(/^1 finding\b/).waitFor()
    expect(await page.locator('.cell-subject span').allTextContents()).toEqual(['orchard-orders'])
    await close()
  })
})
