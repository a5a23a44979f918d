import type { Hop } from '../../../shared/reachability/result.ts'
import { componentName, ruleText } from '../../../shared/render/names.ts'
import { pathMarks } from '../../../shared/render/path-text.ts'
import { type Drawing, fitted, LINE, textLines } from './drawing.ts'

export const HOP_GAP = 18
const PADDING = 10

const SHOUTS = {
  pass: '',
  block: 'BLOCKED HERE',
  partial: 'PARTLY BLOCKED HERE',
  unknown: 'NOT KNOWN',
} as const
const DIRECTIONS = { egress: 'out: ', ingress: 'in: ' } as const

/** What passes is a name and a sentence; what does not also shows its rule. */
export function drawHop(hop: Hop, width: number): Drawing {
  const inner = width - 2 * PADDING
  const { verdict, direction, component, rule } = hop
  const shout = SHOUTS[verdict]
  const name = `${pathMarks[verdict]} ${direction ? DIRECTIONS[direction] : ''}${componentName(component)}`
  const blocks = [
    { kind: 'name', lines: fitted(name, inner) },
    { kind: 'shout', lines: shout === '' ? [] : [shout] },
    { kind: 'words', lines: fitted(hop.explanation, inner) },
    { kind: 'rule', lines: rule && verdict !== 'pass' ? fitted(`rule: ${ruleText(rule)}`, inner) : [] },
  ]
  const parts: string[] = []
  let y = PADDING + 12
  for (const { kind, lines } of blocks) {
    if (lines.length > 0) parts.push(textLines(kind, lines, PADDING, y))
    y += lines.length * LINE
  }
  const height = y - 12 + PADDING - 4
  return {
    height,
    svg: `<g class="${verdict}"><rect class="box" width="${width}" height="${height}" rx="7"/>\n${parts.join('\n')}</g>`,
  }
}
