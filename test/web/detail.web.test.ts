import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { undecidedFinding } from '../fixtures/answers/bakery.ts'
import { openBrowser } from './chromium.ts'
import { memoryStore, recordOf } from './memory-store.ts'
import { servePorts, serveSamples } from './served.ts'
import { openPage } from './watched.ts'

let browser: Browser
let samples: Awaited<ReturnType<typeof serveSamples>>
const idOf = async (code: string): Promise<string> =>
  (await samples.store.list({ code }, { limit: 1 })).items[0]?.id ?? ''
const open = async (code: string, options = {}) =>
  openPage(browser, `${samples.url}/findings/${await idOf(code)}`, options)

beforeAll(async () => {
  browser = await openBrowser()
  samples = await serveSamples()
})
afterAll(async () => {
  await samples.close()
  await browser.close()
})

const CODES = [
  'net.lb-sg-egress',
  'net.nlb-source-not-allowed',
  'hc.udp-needs-tcp-port',
  'ecs.container-healthcheck',
  'net.nacl',
  'ecs.exec-role-permission',
  'net.target-sg-ingress',
]

describe('each sample incident', () => {
  it('is among these', async () => {
    const { items } = await samples.store.list({}, { limit: 100 })
    expect(new Set(items.map(({ code }) => code))).toEqual(new Set(CODES))
  })

  it.each(CODES)('%s: cause, path, evidence, fixes, life', async (code) => {
    const { finding } = (await samples.store.get(await idOf(code))) ?? {}
    if (!finding) throw new Error(`no finding ${code}`)
    const { page, close } = await open(code)
    const heading = page.getByRole('heading', { level: 1 })
    await heading.waitFor()
    expect(await heading.textContent()).toBe(finding.rootCause.title)
    const [path] = finding.paths
    expect(await page.locator('.hop').count()).toBe(path ? path.forward.length + path.return.length : 0)
    expect(await page.getByRole('region', { name: 'Evidence' }).locator('.evidence').count()).toBe(
      finding.rootCause.evidence.length,
    )
    expect(await page.locator('.fix').count()).toBe(finding.remediation.length)
    expect(await page.locator('.verified').count()).toBe(
      finding.remediation.filter((fix) => fix.verified).length,
    )
    await page.getByText('Opened', { exact: true }).waitFor()
    await page.getByText(`${finding.ruledOut.length} causes that it is not`).click()
    expect(await page.locator('.reasons dd').first().textContent()).toBe(finding.ruledOut[0]?.because)
    await close()
  })
})

describe('the path', () => {
  it('marks where packets stop; what lies behind is drawn as not reached', async () => {
    const { page, close } = await open('net.lb-sg-egress')
    const blocked = page.locator('.hop-block')
    await blocked.waitFor()
    expect(await blocked.textContent()).toContain('Blocked here')
    expect(await blocked.textContent()).toContain('ENI_SG_RULES_MISMATCH')
    expect(await page.locator('.hop-behind').count()).toBe(5)
    await close()
  })

  it('shows a partial block with its rule and the share of the ports, to scale', async () => {
    const { page, close } = await open('net.nacl')
    const hop = page.locator('.hop-partial')
    await hop.waitFor()
    expect(await hop.textContent()).toContain('56 % · Blocks replies to ports 1024-32767, 61001-65535')
    expect(await hop.locator('dd').allTextContents()).toEqual(['*', 'false', 'deny', '-1'])
    const widths = await hop
      .locator('.ports-blocked')
      .evaluateAll((all) => all.map((one) => one.getAttribute('width')))
    expect(widths.map(Number).reduce((sum, width) => sum + width)).toBeCloseTo(562.4, 0)
    await close()
  })

  it('of several, one is chosen in the matrix of subnets and targets', async () => {
    const { page, close } = await open('net.nacl')
    await page.getByRole('button', { name: 'partly blocked', pressed: true }).waitFor()
    expect(await page.locator('.matrix tbody th').allTextContents()).toEqual([
      '10.50.1.10subnet-017995538f1f96712',
      '10.50.0.11subnet-07745935c9da8bfd8',
    ])
    await page.getByRole('button', { name: 'open' }).click()
    expect(await page.locator('.hop-partial').count()).toBe(0)
    expect(await page.locator('.path-flow').textContent()).toContain('10.50.0.11')
    await close()
  })
})

describe('a fix', () => {
  it('is copied as command, CloudFormation and Terraform', async () => {
    const permissions = ['clipboard-read', 'clipboard-write']
    const { page, close } = await open('net.lb-sg-egress', { permissions })
    const fix = page.locator('.fix').first()
    const { finding } = (await samples.store.get(await idOf('net.lb-sg-egress'))) ?? {}
    const step = finding?.remediation[0]?.steps[0]
    for (const [name, text] of [
      ['AWS CLI', step?.cli.join('\n')],
      ['CloudFormation', step?.cloudformation],
      ['Terraform', step?.terraform],
    ] as const) {
      await fix.getByText(name).first().click()
      await fix.getByRole('button', { name: `Copy ${name}` }).click()
      await fix.getByText('Copied').waitFor()
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text)
    }
    expect(await fix.textContent()).toContain('4 pairs of interfaces can connect that could not before')
    await close()
  })
})

describe('the life of a finding', () => {
  it('says what of a large one is not there, and why', async () => {
    const record = {
      ...recordOf(undecidedFinding),
      truncated: { paths: { kept: 3, total: 900 } },
      incomplete: 's3://findings/<b>gone</b> is not there',
    }
    const served = await servePorts({ store: memoryStore([], [record]) })
    const { page, close } = await openPage(browser, `${served.url}/findings/${undecidedFinding.id}`)
    await page
      .getByText('Left out for size: 897 of 900 paths: s3://findings/<b>gone</b> is not there.')
      .waitFor()
    await close()
    await served.close()
  })

  it('tells who changed what broke, and that it was repaired', async () => {
    const changed = await open('net.target-sg-ingress')
    const record = await samples.store.get(await idOf('net.target-sg-ingress'))
    const event = changed.page.locator('.event-change')
    await event.waitFor()
    expect(await event.textContent()).toContain(`${record?.changedBy?.eventName} by ${record?.changedBy?.by}`)
    expect(await changed.page.locator('.cause-change').textContent()).toContain(
      `Changed by ${record?.changedBy?.by}: ${record?.changedBy?.eventName}`,
    )
    await changed.close()
    const resolved = await open('net.lb-sg-egress')
    await resolved.page.locator('.event-resolved').waitFor()
    expect(await resolved.page.getByRole('button', { name: 'Suppress' }).count()).toBe(0)
    await resolved.close()
  })

  it('is suppressed with a reason until a moment, and the suppression lifted', async () => {
    const { page, close } = await open('hc.udp-needs-tcp-port')
    await page.getByLabel('Reason').fill('moves on Monday')
    await page.getByLabel('Until').fill('2999-01-04T09:00')
    await page.getByRole('button', { name: 'Suppress' }).click()
    await page.getByText('moves on Monday').waitFor()
    expect((await samples.store.get(await idOf('hc.udp-needs-tcp-port')))?.suppression).toEqual({
      reason: 'moves on Monday',
      until: '2999-01-04T09:00:00.000Z',
    })
    await page.getByRole('button', { name: 'Lift the suppression' }).click()
    await page.getByLabel('Reason').waitFor()
    expect((await samples.store.get(await idOf('hc.udp-needs-tcp-port')))?.suppression).toBeUndefined()
    await close()
  })

  it('a moment that is past is refused in words', async () => {
    const { page } = await open('hc.udp-needs-tcp-port')
    await page.getByLabel('Reason').fill('late')
    await page.getByLabel('Until').fill('2020-01-04T09:00')
    await page.getByRole('button', { name: 'Suppress' }).click()
    await page.getByRole('alert').getByText('is in the past').waitFor()
    await page.context().close()
  })
})

it('a finding that changes is shown anew by itself; what somebody types, and where he reads, stays', async () => {
  const id = 'c'.repeat(32)
  const before = recordOf({ ...undecidedFinding, id })
  const records = [before]
  const server = await servePorts({ store: memoryStore([], records) })
  const context = await browser.newContext({ viewport: { width: 1280, height: 500 } })
  const page = await context.newPage()
  await page.clock.install()
  await page.goto(`${server.url}/findings/${id}`)
  const reason = page.getByLabel('Reason')
  await reason.fill('moves on Mon')
  const scrolled = () => page.evaluate(() => Math.round(scrollY))
  const at = await scrolled()
  expect(at).toBeGreaterThan(0)
  records[0] = { ...before, version: 2, occurrences: 2, finding: { ...before.finding, severity: 'low' } }
  await page.clock.fastForward(10_000)
  await page.getByText('opened 2 times').waitFor()
  expect(await reason.inputValue()).toBe('moves on Mon')
  expect(await reason.evaluate((input) => document.activeElement === input)).toBe(true)
  expect(await scrolled()).toBe(at)
  await server.close()
  await page.clock.fastForward(10_000)
  await page.getByText('Could not load the newest state.').waitFor()
  expect(await reason.inputValue()).toBe('moves on Mon')
  await context.close()
})

it('what is not known names the permission that would tell', async () => {
  const finding = { ...undecidedFinding, id: 'a'.repeat(32) }
  const server = await servePorts({ store: memoryStore([], [recordOf(finding)]) })
  const { page, close } = await openPage(browser, `${server.url}/findings/${finding.id}`)
  const section = page.getByRole('region', { name: 'Not known' })
  await section.waitFor()
  for (const { missing } of finding.unknown) expect(await section.textContent()).toContain(missing)
  await close()
  await server.close()
})

it('a finding that is not there is told, and the way back offered', async () => {
  const { page } = await openPage(browser, `${samples.url}/findings/${'0'.repeat(32)}`)
  await page.getByRole('alert').getByText('there is none with this id').waitFor()
  await page.getByRole('link', { name: '← All findings' }).click()
  await page.getByText(/^7 findings/).waitFor()
  await page.context().close()
})
