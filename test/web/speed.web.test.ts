import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closedDoorFinding } from '../fixtures/answers/bakery.ts'
import { openBrowser } from './chromium.ts'
import { memoryStore, summaryOf } from './memory-store.ts'
import { servePorts, serveSamples } from './served.ts'
import { openPage } from './watched.ts'

const FINDINGS = 10_000
/** Longer than this and a person notices (https://web.dev/articles/optimize-long-tasks: 50 ms each, in sum far less). */
const STALL = 250

let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

/** @returns milliseconds: the longest time in which the page drew nothing, while something was done */
async function longestFrame(page: Page, action: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const watch = { longest: 0, last: performance.now(), on: true }
    Object.assign(globalThis, { watch })
    const frame = (now: number) => {
      watch.longest = Math.max(watch.longest, now - watch.last)
      watch.last = now
      if (watch.on) requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })
  await action()
  return page.evaluate(() => {
    const { watch } = globalThis as unknown as { watch: { longest: number; on: boolean } }
    watch.on = false
    return watch.longest
  })
}

// What else runs on the machine is no fault of the page: the best of three counts.
const bestOfThree = { retry: 2 }

it('ten thousand findings scroll and are searched without a stall', bestOfThree, async () => {
  const many = Array.from({ length: FINDINGS }, (_, at) =>
    summaryOf({
      ...closedDoorFinding,
      id: at.toString(16).padStart(32, '0'),
      subject: { ...closedDoorFinding.subject, name: `bakery-${at}` },
    }),
  )
  const server = await servePorts({ store: memoryStore(many) })
  const { page, close } = await openPage(browser, `${server.url}/findings`)
  await page.getByRole('searchbox').fill('bakery')
  await page.getByText(`${FINDINGS} findings`).waitFor()
  const search = await longestFrame(page, async () => {
    await page.getByRole('searchbox').pressSequentially('-99', { delay: 60 })
    await page.getByText(/^111 of 10000 findings/).waitFor()
  })
  await page.getByRole('searchbox').fill('bakery')
  await page.getByText(`${FINDINGS} findings`).waitFor()
  const scroll = await longestFrame(page, async () => {
    await page.mouse.move(600, 600)
    for (let turn = 0; turn < 60; turn += 1) {
      await page.mouse.wheel(0, 4_000)
      await page.waitForTimeout(16)
    }
  })
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
  await page.getByText(`bakery-${FINDINGS - 1}`).waitFor()
  const rows = await page.locator('tbody tr').count()
  console.log(
    `${FINDINGS} findings: longest frame while searching ${search.toFixed(0)} ms, while scrolling ${scroll.toFixed(0)} ms; ${rows} rows in the document`,
  )
  expect(rows).toBeLessThan(100)
  expect(Math.max(search, scroll)).toBeLessThan(STALL)
  await close()
  await server.close()
})

it('a finding is there in half a second', bestOfThree, async () => {
  const samples = await serveSamples()
  const [finding] = (await samples.store.list({ code: 'net.nacl' }, { limit: 1 })).items
  const times: number[] = []
  for (let round = 0; round < 5; round += 1)
    times.push(await timeToHeading(`${samples.url}/findings/${finding?.id}`))
  const [best = 0, , median = 0] = times.sort((a, b) => a - b)
  console.log(
    `a finding from the local server: drawn after ${best.toFixed(0)} ms (best), ${median.toFixed(0)} ms (median of 5)`,
  )
  expect(best).toBeLessThan(500)
  await samples.close()
})

/** @returns milliseconds from the click on a link in Slack to the cause on the screen, with nothing in the cache */
async function timeToHeading(url: string): Promise<number> {
  const context = await browser.newContext()
  await context.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector('.finding h1')) return
      observer.disconnect()
      requestAnimationFrame(() => Object.assign(globalThis, { drawnAt: performance.now() }))
    }).observe(document, { childList: true, subtree: true })
  })
  const page = await context.newPage()
  await page.goto(url)
  await page.waitForFunction(() => 'drawnAt' in globalThis)
  const at = await page.evaluate(() => (globalThis as unknown as { drawnAt: number }).drawnAt)
  await context.close()
  return at
}
