import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadPicture } from '../../cli/render/index.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import type { FindingRecord } from '../../shared/findings/record.ts'
import { blockedPath, closedDoorFinding } from '../fixtures/answers/bakery.ts'
import { openBrowser } from './chromium.ts'
import { memoryStore, recordOf, summaryOf } from './memory-store.ts'
import { type Served, servePorts } from './served.ts'
import { openPage } from './watched.ts'

const HOSTILE =
  '</script><script>document.title="owned"</script><img src=x onerror="document.title=\'owned\'">'

/** The same finding with an attack in the place of every text. */
function poisoned<T>(value: T): T {
  if (typeof value === 'string') return HOSTILE as T
  if (Array.isArray(value)) return value.map(poisoned) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, KEPT.has(key) ? inner : poisoned(inner)]),
  ) as T
}
const KEPT = new Set([
  'id',
  'type',
  'severity',
  'verdict',
  'confidence',
  'kind',
  'leg',
  'direction',
  'sequence',
])

const hostile: Finding = { ...poisoned({ ...closedDoorFinding, paths: [blockedPath] }), id: 'b'.repeat(32) }

const suppressed: FindingRecord = {
  ...recordOf({ ...closedDoorFinding, id: 'c'.repeat(32) }),
  // From here on from right to left.
  suppression: { until: '2999-01-01T00:00:00.000Z', reason: 'moves on Monday', by: '\u202eelpoep.rekab' },
}

let browser: Browser
let server: Served

beforeAll(async () => {
  browser = await openBrowser()
  server = await servePorts({ store: memoryStore([summaryOf(hostile)], [recordOf(hostile), suppressed]) })
})
afterAll(async () => {
  await server.close()
  await browser.close()
})

describe('names from AWS', () => {
  it.each(['/findings', `/findings/${hostile.id}`])('%s: are text, whatever they say', async (path) => {
    const { page, close } = await openPage(browser, server.url + path)
    await page.getByText(HOSTILE).first().waitFor()
    expect(await page.locator('img, #app script').count()).toBe(0)
    expect(await page.title()).not.toBe('owned')
    await close()
  })

  it('who suppressed a finding turns nothing round but his own name', async () => {
    const { page, close } = await openPage(browser, `${server.url}/findings/${suppressed.finding.id}`)
    const section = page.getByRole('region', { name: 'Suppressed' })
    await section.getByText('moves on Monday').waitFor()
    const lefts = await section.locator('p').evaluate((paragraph) => {
      const texts = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT)
      const leftOf = (words: string): number => {
        while (texts.nextNode()) {
          const at = texts.currentNode.textContent?.indexOf(words) ?? -1
          if (at < 0) continue
          const range = document.createRange()
          range.setStart(texts.currentNode, at)
          range.setEnd(texts.currentNode, at + words.length)
          return range.getBoundingClientRect().left
        }
        return Number.NaN
      }
      return ['rekab', 'Monday'].map(leftOf)
    })
    expect(lefts[0]).toBeLessThan(lefts[1] ?? 0)
    await close()
  })

  it('in a file of --output html as well', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hca-report-'))
    const file = join(folder, 'report.html')
    const render = { colour: false, width: 100 }
    const result = { findings: [hostile, closedDoorFinding], audited: [] }
    writeFileSync(file, (await loadPicture('html')).audit(result, render))
    const { page, close } = await openPage(browser, pathToFileURL(file).href)
    await page.getByRole('link', { name: HOSTILE }).click()
    await page.locator('.hop-block').first().waitFor()
    expect(await page.locator('img, #app script').count()).toBe(0)
    expect(await page.title()).not.toBe('owned')
    await close()
    await rm(folder, { recursive: true })
  })
})

describe('the policy of the page', () => {
  it('lets nothing in but its own files', async () => {
    const { headers } = await fetch(`${server.url}/findings`, { headers: { accept: 'text/html' } })
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/unsafe|https?:|\*/)
  })

  it('stops an inline script, an inline handler, another origin, and text that becomes HTML', async () => {
    const { page } = await openPage(browser, `${server.url}/findings`)
    const refused = await page.evaluate(async () => {
      const script = document.createElement('script')
      const attempts: (() => unknown)[] = [
        () => {
          script.textContent = 'window.owned = true'
          document.body.append(script)
        },
        () => document.body.setAttribute('onclick', 'window.owned = true'),
        () => {
          document.body.innerHTML = '<p>x</p>'
        },
      ]
      const thrown = attempts.map((attempt) => {
        try {
          attempt()
          return false
        } catch {
          return true
        }
      })
      document.body.click()
      const elsewhere = await fetch('https://example.com/').then(
        () => false,
        () => true,
      )
      return { innerHtml: thrown[2], elsewhere, owned: 'owned' in window }
    })
    expect(refused).toEqual({ innerHtml: true, elsewhere: true, owned: false })
    await page.context().close()
  })

  it('the page is small: script under 100 KB compressed', async () => {
    const { gzipSync } = await import('node:zlib')
    const { readdirSync } = await import('node:fs')
    const sizes = readdirSync('dist/web/assets')
      .filter((name) => name.endsWith('.js'))
      .map((name) => gzipSync(readFileSync(join('dist/web/assets', name))).length)
    const bytes = sizes.reduce((sum, size) => sum + size)
    console.log(`script: ${(bytes / 1024).toFixed(1)} KB compressed`)
    expect(bytes).toBeLessThan(100 * 1024)
  })
})

it('API answers stay JSON for who does not ask for HTML', async () => {
  for (const accept of ['*/*', 'application/json', 'application/json, text/html']) {
    const answer = await fetch(`${server.url}/findings/${hostile.id}`, { headers: { accept } })
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
  }
  expect((await fetch(`${server.url}/assets/../../package.json`)).status).toBe(404)
  expect((await fetch(`${server.url}/assets/%2e%2e%2findex.html`)).status).toBe(404)
})
