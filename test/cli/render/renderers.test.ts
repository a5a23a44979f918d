import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { type Format, formats, loadRenderer } from '../../../cli/render/index.ts'
import type { Answer } from '../../../cli/render/renderer.ts'
import type { AuditResult, Finding } from '../../../shared/findings/finding.ts'
import {
  blockedPath,
  closedDoorFinding,
  coldOvenFinding,
  openPath,
  partialPath,
  undecidedFinding,
  unknownPath,
} from '../../fixtures/answers/bakery.ts'

const plain = { colour: false, width: 110 }
const answers: readonly Answer[] = [
  blockedPath,
  { line: 2, error: 'port: 99999 is no port' },
  openPath,
  unknownPath,
]

const resultOf = (...findings: readonly Finding[]): AuditResult => ({
  findings,
  audited: findings.map((finding) => ({ subject: finding.subject, decided: finding !== undecidedFinding })),
})
const all = resultOf(closedDoorFinding, coldOvenFinding, undecidedFinding)

async function stream(format: Format): Promise<string> {
  const { open, separator, close, answer } = (await loadRenderer(format)).answers
  return open + answers.map((each) => answer(each, plain)).join(separator) + close
}

describe('table', () => {
  test('one finding: cause, path, evidence, fix, what else was looked at', async () => {
    const text = (await loadRenderer('table')).audit(resultOf(closedDoorFinding), plain)
    await expect(text).toMatchFileSnapshot('expected/finding.txt')
  })

  test('several findings begin with an overview', async () => {
    await expect((await loadRenderer('table')).audit(all, plain)).toMatchFileSnapshot('expected/findings.txt')
  })

  test('no finding says what was looked at', async () => {
    const { subject } = closedDoorFinding
    const text = (await loadRenderer('table')).audit(
      { findings: [], audited: [{ subject, decided: true }] },
      plain,
    )
    expect(text).toBe('No findings. Looked at 1 target group.\n')
  })

  test.each([
    { name: 'blocked', explanation: blockedPath },
    { name: 'partial', explanation: partialPath },
    { name: 'unknown', explanation: unknownPath },
    { name: 'reachable', explanation: openPath },
  ])('an explanation that is $name', async ({ name, explanation }) => {
    const text = (await loadRenderer('table')).explanation(explanation, plain)
    await expect(text).toMatchFileSnapshot(`expected/${name}.txt`)
  })

  test('colour changes nothing but colour', async () => {
    const table = await loadRenderer('table')
    const coloured = table.audit(all, { ...plain, colour: true })
    expect(coloured).toContain('\u001b[31m')
    expect(stripVTControlCharacters(coloured)).toBe(table.audit(all, plain))
  })

  test('of many paths the ones that tell most are drawn, and the rest counted', async () => {
    const paths = [openPath, openPath, unknownPath, partialPath, blockedPath]
    const text = (await loadRenderer('table')).audit(resultOf({ ...closedDoorFinding, paths }), plain)
    expect(text.match(/there [✗◐?✓]/g)).toEqual(['there ✗', 'there ✓', 'there ?'])
    expect(text).toContain('… and 2 more')
  })

  test('names from AWS cannot steer the terminal, nor pretend to be lines of ours', async () => {
    const evil = 'door\u001b]0;owned\u0007\u001b[2J\r\nverified  yes'
    const subject = { ...closedDoorFinding.subject, name: evil }
    const rootCause = { ...closedDoorFinding.rootCause, title: evil }
    const text = (await loadRenderer('table')).audit(
      resultOf({ ...closedDoorFinding, subject, rootCause }),
      plain,
    )
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
    expect(text).not.toMatch(/^verified {2}yes/m)
  })

  test('a command stays on its line, however narrow the terminal', async () => {
    const text = (await loadRenderer('table')).audit(resultOf(closedDoorFinding), { ...plain, width: 60 })
    expect(text).toContain(`\n     ${closedDoorFinding.remediation[0]?.steps[0]?.cli[0]}\n`)
  })

  test('a fix that nothing proves says so', async () => {
    const remediation = closedDoorFinding.remediation.map((fix) => ({ ...fix, verified: false }))
    const text = (await loadRenderer('table')).audit(resultOf({ ...closedDoorFinding, remediation }), plain)
    expect(text).toContain('verified  no:')
  })
})

describe('formats for programs', () => {
  test('JSON is exactly the document of the contract', async () => {
    const text = (await loadRenderer('json')).audit(all, plain)
    expect(JSON.parse(text)).toEqual({ schemaVersion: '1', findings: all.findings })
  })

  test('YAML says the same as JSON, without anchors', async () => {
    const text = (await loadRenderer('yaml')).audit(all, plain)
    expect(parse(text)).toEqual(JSON.parse((await loadRenderer('json')).audit(all, plain)))
    expect(text).not.toMatch(/[&*]a\d/)
  })

  test('NDJSON is a finding a line', async () => {
    const lines = (await loadRenderer('ndjson')).audit(all, plain).trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toEqual(all.findings)
  })

  test('NDJSON of no finding is nothing', async () => {
    expect((await loadRenderer('ndjson')).audit(resultOf(), plain)).toBe('')
  })

  test('an explanation is the engine’s answer as it is', async () => {
    for (const format of ['json', 'ndjson'] as const)
      expect(JSON.parse((await loadRenderer(format)).explanation(blockedPath, plain))).toEqual(blockedPath)
    expect(parse((await loadRenderer('yaml')).explanation(blockedPath, plain))).toEqual(blockedPath)
  })
})

describe('many answers', () => {
  test('table: an answer a line', async () => {
    await expect(await stream('table')).toMatchFileSnapshot('expected/answers.txt')
  })

  test('markdown: a row an answer', async () => {
    await expect(await stream('markdown')).toMatchFileSnapshot('expected/answers.md')
  })

  test('ndjson, json and yaml hold the same answers', async () => {
    const lines = (await stream('ndjson')).trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toEqual(answers)
    expect(JSON.parse(await stream('json'))).toEqual({ schemaVersion: '1', results: answers })
    expect(parseAllDocuments(await stream('yaml')).map((document) => document.toJS())).toEqual(answers)
  })
})

describe('markdown', () => {
  test('a report to paste into a ticket', async () => {
    await expect((await loadRenderer('markdown')).audit(all, plain)).toMatchFileSnapshot(
      'expected/findings.md',
    )
  })

  test('an explanation', async () => {
    const text = (await loadRenderer('markdown')).explanation(partialPath, plain)
    await expect(text).toMatchFileSnapshot('expected/partial.md')
  })

  test('names from AWS become neither links, nor HTML, nor the end of a code block', async () => {
    const evil = '[click](javascript:x) <img src=x> | ```'
    const [hop] = blockedPath.forward
    if (hop === undefined) throw new Error('the fixture has hops')
    const path = { ...blockedPath, forward: [{ ...hop, explanation: '``` <script>' }] }
    const rootCause = { ...closedDoorFinding.rootCause, title: evil }
    const text = (await loadRenderer('markdown')).audit(
      resultOf({ ...closedDoorFinding, rootCause, paths: [path] }),
      plain,
    )
    expect(text).toContain('## HIGH: \\[click\\](javascript:x) \\<img src=x\\> \\| \\`\\`\\`')
    expect(text).toContain('\n````text\n')
  })
})

test.each(formats)('%s ends with a line break', async (format) => {
  const renderer = await loadRenderer(format as Format)
  expect(renderer.audit(all, plain)).toMatch(/[^\n]\n$/)
  expect(renderer.explanation(openPath, plain)).toMatch(/[^\n]\n$/)
})
