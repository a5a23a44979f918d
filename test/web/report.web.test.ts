import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser } from './chromium.ts'
import { reportFile, writeReport } from './report-file.ts'
import { openPage } from './watched.ts'

let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
  await writeReport()
})
afterAll(() => browser.close())

it('a file of an audit has the views of the page, and asks nobody', async () => {
  const { page, close } = await openPage(browser, pathToFileURL(reportFile).href)
  expect(await page.locator('.causes a').count()).toBe(2)
  await page.locator('.causes a').first().click()
  await page.locator('.hop-block').waitFor()
  expect(await page.locator('.fix').count()).toBe(2)
  await page.getByRole('link', { name: 'net.lb-sg-egress' }).click()
  await page.getByRole('heading', { name: 'What ends it' }).waitFor()
  await page.goBack()
  await page.locator('.hop-block').waitFor()
  await page.getByRole('link', { name: '← All findings' }).click()
  await page.locator('.causes a').nth(1).click()
  await page.locator('.hop-partial').waitFor()
  await close()
})
