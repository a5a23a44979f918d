import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { parse } from 'yaml'
import { causesPage } from '../../../cli/causes/render.ts'
import { createProgram } from '../../../cli/program.ts'
import { catalogue } from '../../../shared/diagnosis/catalogue/index.ts'
import { rules } from '../../../shared/diagnosis/rules/index.ts'

let stdout: string
beforeEach(() => {
  stdout = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text, done?: unknown) => {
    stdout += text
    if (typeof done === 'function') done()
    return true
  })
})
afterEach(() => vi.restoreAllMocks())

const hca = (...args: readonly string[]) => createProgram().parseAsync(['causes', ...args], { from: 'user' })

describe('hca causes', () => {
  it('lists every cause with its severity and what it means', async () => {
    await hca('list')
    for (const { code, title } of catalogue) {
      expect(stdout).toContain(code)
      expect(stdout).toContain(title.slice(0, 60))
    }
  })

  it('lists them for programs', async () => {
    await hca('list', '--output', 'json')
    expect(JSON.parse(stdout)).toEqual({ schemaVersion: '1', causes: catalogue })
  })

  it('shows one: what decides it, what ends it, what it is not, where AWS says so', async () => {
    await hca('show', 'net.lb-sg-egress')
    expect(stdout).toContain('net.lb-sg-egress · high')
    expect(stdout).toContain('IpPermissionsEgress')
    expect(stdout).toContain('What looks like it and is not')
    expect(stdout).toContain('https://docs.aws.amazon.com/')
  })

  it.each(['json', 'yaml'])('shows one as %s', async (format) => {
    await hca('show', 'ecs.oom', '--output', format)
    const shown = format === 'json' ? JSON.parse(stdout) : parse(stdout)
    expect(shown).toMatchObject({ schemaVersion: '1', code: 'ecs.oom', severity: 'high' })
  })

  it('says what is meant by a code that does not exist', async () => {
    await expect(hca('show', 'oom')).rejects.toThrow('did you mean ecs.oom?')
    await expect(hca('show', 'nonsense')).rejects.toThrow('hca causes list names all')
  })
})

describe('the catalogue', () => {
  it('holds what is judged, and "undetermined"', () => {
    const judged = new Set<string>(rules.map(({ code }) => code))
    expect(catalogue.map(({ code }) => code).filter((code) => !judged.has(code))).toEqual(['undetermined'])
  })

  it('is what docs/causes.md says (npm run docs:causes)', () => {
    const page = readFileSync(new URL('../../../docs/causes.md', import.meta.url), 'utf8')
    expect(page).toBe(causesPage(catalogue))
  })

  it.each(catalogue)('$code leads to a page of AWS, and says something of everything', (entry) => {
    expect(entry.documentation).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/\S+$/)
    expect(entry.evidence).toMatch(/\.$/)
    expect(entry.fix).toMatch(/[.?]$/)
  })
})
