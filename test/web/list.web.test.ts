import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closedDoorFinding } from '../fixtures/answers/bakery.ts'
import { openBrowser } from './chromium.ts'
import { memoryStore, summaryOf } from './memory-store.ts'
import { servePorts, serveSamples } from './served.ts'
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

const bakeries = (count: number) =>
  Array.from({ length: count }, (_, at) =>
    summaryOf({
      ...closedDoorFinding,
      id: at.toString(16).padStart(32, '0'),
      subject: { ...closedDoorFinding.subject, name: `bakery-${at}` },
    }),
  )

describe('the list of the sample incidents', () => {
  it('shows the open ones first, as the API does', async () => {
    const { page, close } = await openPage(browser, `${samples.url}/`)
    await page.getByRole('link', { name: 'Network ACL acl-0c9d40940080b5746' }).waitFor()
    const { items } = await samples.store.list({}, { limit: 100 })
    expect(await page.locator('.cell-title a').allTextContents()).toEqual(items.map(({ title }) => title))
    await close()
  })

  it('a filter goes into the address, and the address is the filter', async () => {
    const { page, close } = await openPage(browser, `${samples.url}/findings`)
    await page.getByLabel('Status').selectOption('resolved')
    await page.getByText(/^1 finding\b/).waitFor()
    await page.getByLabel('Severity').selectOption('critical')
    expect(new URL(page.url()).search).toBe('?status=resolved&severity=critical')
    await page.reload()
    await page.getByText(/^1 finding\b/).waitFor()
    expect(await page.locator('.cell-title code').allTextContents()).toEqual(['net.lb-sg-egress'])
    await page.goBack()
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await page.getByText(/^7 findings\b/).waitFor()
    await close()
  })

  it.each([
    ['code=net.nacl', ['orchard-orders']],
    ['subject=parcels-tracker', ['parcels-tracker']],
    ['account=777788889999', ['checkout/checkout']],
    ['region=eu-central-1', ['names-resolver']],
    ['since=2026-11-20T09:00:00Z&severity=high', ['press']],
    ['until=2026-11-20T04:30:00Z&status=open', ['parcels-tracker']],
    ['q=stops replies', ['orchard-orders']],
  ])('%s', async (query, names) => {
    const { page, close } = await openPage(browser, `${samples.url}/findings?${query}`)
    await page.locator('.cell-subject').first().waitFor()
    expect(await page.locator('.cell-subject span').allTextContents()).toEqual(names)
    await close()
  })

  it('a search is typed, and found in what is shown', async () => {
    const { page, close } = await openPage(browser, `${samples.url}/findings`)
    await page.getByRole('searchbox').fill('UDP names')
    await page.getByText(/^1 of 7 findings/).waitFor()
    expect(await page.locator('.cell-subject span').allTextContents()).toEqual(['names-resolver'])
    await close()
  })

  it('what happens meanwhile appears without being asked for', async () => {
    const { page, close } = await openPage(browser, `${samples.url}/findings?code=net.nacl`)
    await page.locator('td', { hasText: 'open' }).first().waitFor()
    const id = (await samples.store.list({ code: 'net.nacl' }, { limit: 1 })).items[0]?.id ?? ''
    await samples.store.suppress(id, { until: '2999-01-01T00:00:00.000Z', reason: 'known' })
    await page.locator('td', { hasText: 'suppressed' }).waitFor({ timeout: 15_000 })
    await samples.store.liftSuppression(id)
    await close()
  })
})

describe('states of the list', () => {
  it('nothing found, and nothing that matches', async () => {
    const server = await servePorts({ store: memoryStore([]) })
    const { page, close } = await openPage(browser, `${server.url}/findings`)
    await page.getByText('Nothing is wrong, as far as anybody looked.').waitFor()
    await page.goto(`${server.url}/findings?severity=low`)
    await page.getByText('No finding matches.').waitFor()
    await close()
    await server.close()
  })

  it('loading has the shape of what comes', async () => {
    const { list, ...rest } = memoryStore([])
    let answer = () => {}
    const asked = new Promise<void>((resolve) => {
      answer = resolve
    })
    const server = await servePorts({
      store: { ...rest, list: async (...how) => asked.then(() => list(...how)) },
    })
    const { page, close } = await openPage(browser, `${server.url}/findings`)
    await page.getByText('Loading findings').waitFor({ state: 'attached' })
    answer()
    await page.getByText('Nothing is wrong').waitFor()
    await close()
    await server.close()
  })

  it('a filter that the API refuses is told in its words, and can be tried again', async () => {
    const { page } = await openPage(browser, `${samples.url}/findings?account=12`)
    await page.getByRole('alert').getByText('account "12": expected 12 digits').waitFor()
    await page.getByLabel('Account').fill('111122223333')
    await page.getByLabel('Account').press('Enter')
    await page.locator('.cell-subject', { hasText: 'press' }).waitFor()
    await page.context().close()
  })
})

describe('a long list', () => {
  it('comes page by page', async () => {
    const server = await servePorts({ store: memoryStore(bakeries(250)) })
    const { page, close } = await openPage(browser, `${server.url}/findings`)
    await page.getByText(/^100 and more findings/).waitFor()
    await page.getByRole('button', { name: 'Load more' }).click()
    await page.getByText(/^200 and more findings/).waitFor()
    await page.getByRole('button', { name: 'Load more' }).click()
    await page.getByText(/^250 findings/).waitFor()
    expect(await page.getByRole('button', { name: 'Load more' }).count()).toBe(0)
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
    await page.getByText('bakery-249').waitFor()
    await close()
    await server.close()
  })

  it('a search goes through all pages', async () => {
    const server = await servePorts({ store: memoryStore(bakeries(2_500)) })
    const { page, close } = await openPage(browser, `${server.url}/findings?q=bakery-2499`)
    await page.getByText(/^1 of 2500 findings/).waitFor()
    await close()
    await server.close()
  })
})
