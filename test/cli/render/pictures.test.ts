import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { htmlRenderer } from '../../../cli/render/html.ts'
import { mermaid } from '../../../cli/render/mermaid.ts'
import { svg } from '../../../cli/render/svg.ts'
import type { AuditResult, Finding } from '../../../shared/findings/finding.ts'
import {
  blockedPath,
  closedDoorFinding,
  coldOvenFinding,
  partialPath,
  undecidedFinding,
  unknownPath,
} from '../../fixtures/answers/bakery.ts'

const plain = { colour: false, width: 110 }
const resultOf = (...findings: readonly Finding[]): AuditResult => ({
  findings,
  audited: findings.map(({ subject }) => ({ subject, decided: true })),
})
const all = resultOf(closedDoorFinding, coldOvenFinding, undecidedFinding)

const EVIL =
  '"]; click a "javascript:x" </text></script><script>alert(1)</script><!-- &#quot;`\u202e\n%%{init}%%'
const [hop] = blockedPath.forward
if (hop === undefined) throw new Error('the fixture has hops')
const evilPath = {
  ...blockedPath,
  forward: [
    { ...hop, component: { ...hop.component, name: EVIL }, verdict: 'block' as const, explanation: EVIL },
  ],
}
const evilFinding: Finding = {
  ...closedDoorFinding,
  rootCause: { ...closedDoorFinding.rootCause, title: EVIL },
  subject: { ...closedDoorFinding.subject, name: EVIL },
  paths: [evilPath],
}

describe('mermaid', () => {
  test('an audit: the most telling path of each finding, or its cause alone', async () => {
    await expect(mermaid.audit(all, plain)).toMatchFileSnapshot('expected/findings.mmd')
  })

  test('an explanation: there and back, partial and unknown hops in their own style', async () => {
    await expect(mermaid.explanation(partialPath, plain)).toMatchFileSnapshot('expected/partial.mmd')
    expect(mermaid.explanation(unknownPath, plain)).toContain(':::unknown')
  })

  test('behind a block the way is dotted', () => {
    const text = mermaid.explanation(blockedPath, plain)
    expect(text).toMatch(/path_there_1 --> path_there_2\n/)
    expect(text).toMatch(/path_there_2 -\.-> path_there_3\n/)
  })

  test('names from AWS are nothing but text', () => {
    const labels = mermaid.audit(resultOf(evilFinding), plain).match(/"[^"]*"/g) ?? []
    for (const label of labels)
      expect(label.replaceAll('<br/>', '').replace(/#\d+;/g, '')).toMatch(/^"[\p{L}\p{N} .,:()/_✓✗◐→-]*"$/u)
    expect(labels.join('')).toContain('#60;script#62;')
  })

  test('no finding is a picture too', () => {
    expect(mermaid.audit(resultOf(), plain)).toContain('No findings')
  })
})

describe('svg', () => {
  test('an audit', async () => {
    await expect(svg.audit(all, plain)).toMatchFileSnapshot('expected/findings.svg')
  })

  test('a partial path: the rule and the share stand at the hop', async () => {
    const text = svg.explanation(partialPath, plain)
    await expect(text).toMatchFileSnapshot('expected/partial.svg')
    expect(text).toContain('PARTLY BLOCKED HERE')
  })

  test('names from AWS are nothing but text, and no line is wider than its box', () => {
    const text = svg.audit(resultOf(evilFinding), plain)
    expect(text.match(/<script|<!--/g)).toBeNull()
    expect(text).toContain('&lt;script&gt;')
    const lines = [...text.matchAll(/<text class="(?:name|words)" x="10"[^>]*>([^<]*)</g)].map(
      ([, line = '']) => line.replace(/&\w+;|&#39;/g, '.'),
    )
    expect(lines.length).toBeGreaterThan(5)
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(62)
  })

  test('every element that opens closes', () => {
    const tags = svg.audit(all, plain).match(/<\/?(?:svg|g|text|title|style)\b/g) ?? []
    const open = tags.filter((tag) => !tag.startsWith('</'))
    expect(open.length).toBe(tags.length / 2)
    expect(svg.audit(resultOf(), plain)).toContain('No findings')
  })
})

describe('html', () => {
  const bundle = { script: 'draw("</script>")', style: 'p{content:"</style>"}' }
  const html = htmlRenderer(bundle)
  const elements = (text: string, name: string) =>
    [...text.matchAll(new RegExp(`<${name}(?: [^>]*)?>([\\s\\S]*?)</${name}>`, 'g'))].map(
      ([, inside = '']) => inside,
    )
  const hashOf = (text = '') => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

  test('holds the answer, and lets run only the script and style that it came with', () => {
    const text = html.audit(all, plain)
    const [data, script] = elements(text, 'script')
    expect(JSON.parse(data ?? '')).toMatchObject({
      kind: 'audit',
      findings: JSON.parse(JSON.stringify(all.findings)),
    })
    const policy = /content="(default-src[^"]*)"/.exec(text)?.[1]
    expect(policy).toContain(`script-src ${hashOf(script)};`)
    expect(policy).toContain(`style-src ${hashOf(elements(text, 'style')[0])};`)
    expect(policy).toContain("default-src 'none'")
    expect(text).not.toMatch(/(?:src|href)=/)
  })

  test('has the catalogue’s words for the causes that it names', () => {
    const [data] = elements(html.audit(resultOf(closedDoorFinding), plain), 'script')
    const named = [
      closedDoorFinding.rootCause,
      ...closedDoorFinding.otherCauses,
      ...closedDoorFinding.ruledOut,
    ]
    const codes: readonly string[] = JSON.parse(data ?? '').causes.map(({ code }: { code: string }) => code)
    expect(codes).toContain(closedDoorFinding.rootCause.code)
    expect(named.map(({ code }) => code)).toEqual(expect.arrayContaining([...codes]))
  })

  test('names from AWS end no element and begin none', () => {
    const text = html.audit(resultOf(evilFinding), plain)
    expect(text.match(/<script/g)).toHaveLength(2)
    expect(text).not.toContain('<!--')
    expect(JSON.parse(elements(text, 'script')[0] ?? '').findings[0].rootCause.title).toBe(EVIL)
  })

  test('an explanation', () => {
    const [data] = elements(html.explanation(partialPath, plain), 'script')
    expect(JSON.parse(data ?? '')).toEqual({ kind: 'explanation', explanation: partialPath })
  })
})
