/** A page whose every complaint and every request to somebody else fails the test. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'

export interface Watched {
  readonly page: Page
  /** Fails when the page complained, or asked anybody but its own server. */
  readonly close: () => Promise<void>
}

export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
  /** Whom else it may ask. */
  others: readonly string[] = [],
): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('request', (request) => {
    const { origin } = new URL(request.url())
    if (origin !== new URL(url).origin && !others.includes(origin)) complaints.push(`asks ${request.url()}`)
  })
  await page.goto(url)
  return {
    page,
    async close() {
      await context.close()
      expect(complaints).toEqual([])
    },
  }
}
