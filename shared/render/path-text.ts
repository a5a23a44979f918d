/** A path drawn as text: there and back, hop by hop, with the broken hop marked. Pure, without colour. */
import type { Blocker, Component, Explanation, Hop, HopVerdict, Leg } from '../reachability/result.ts'
import { componentName, flowName, ruleText } from './names.ts'
import { cut, plainText, wrap } from './plain-text.ts'

export type PathMarks = { readonly [V in HopVerdict]: string }

export interface PathOptions {
  /** Columns. @default 100 */
  readonly width?: number
  /** The sign before a hop, one column wide. @default ✓ ✗ ◐ ? */
  readonly marks?: PathMarks
}

/** A line of the drawing with what it speaks of, so that a channel can emphasise it. */
export interface PathRow {
  readonly text: string
  readonly part: 'leg' | 'hop' | 'detail'
  readonly verdict: HopVerdict
}

export const pathMarks: PathMarks = { pass: '✓', block: '✗', partial: '◐', unknown: '?' }

export const legNames: { readonly [L in Leg]: string } = { forward: 'there', return: 'back' }
export const legVerdicts: { readonly [V in HopVerdict]: string } = {
  pass: 'open',
  block: 'blocked',
  partial: 'partly blocked',
  unknown: 'not known',
}
const WORST_FIRST = ['block', 'partial', 'unknown', 'pass'] as const
const MAX_NAME = 50

/** The drawing line by line. */
export const pathLines = (explanation: Explanation, options: PathOptions = {}): string[] =>
  pathRows(explanation, options).map(({ text }) => text)

/** The drawing with the verdict of each line. */
export const pathRows = (explanation: Explanation, options: PathOptions = {}): PathRow[] => [
  ...legRows(explanation, 'forward', options),
  ...legRows(explanation, 'return', options),
]

function legRows(explanation: Explanation, leg: Leg, options: PathOptions): PathRow[] {
  const hops = explanation[leg]
  if (hops.length === 0) return []
  const { width = 100, marks = pathMarks } = options
  const verdict = legVerdict(hops)
  const header = `${legNames[leg].padEnd(5)} ${marks[verdict]} ${legVerdicts[verdict]}   ${flowName(explanation.flow, leg)}`
  const column = Math.max(...hops.map((hop) => hopLabel(hop).length))
  const firstBlock = hops.findIndex((hop) => hop.verdict === 'block')
  const rows = hops.flatMap((hop, index) => {
    // Behind a block the walk goes on as if the packet had passed: a dotted rail says so.
    const rail = firstBlock >= 0 && index >= firstBlock ? '┊' : '│'
    const blockers = explanation.blockers.filter((blocker) => blocks(blocker, leg, hop))
    return hopRows(hop, blockers, { width, column, mark: marks[hop.verdict], rail })
  })
  return [{ text: header, part: 'leg', verdict }, ...rows]
}

/** The decisive verdict of a leg: a block outweighs what is not known. */
export const legVerdict = (hops: readonly Hop[]): HopVerdict =>
  WORST_FIRST.find((verdict) => hops.some((hop) => hop.verdict === verdict)) ?? 'pass'

/** Whether the blocker is this hop's. */
export const blocks = (blocker: Blocker, leg: Leg, hop: Hop): boolean =>
  blocker.leg === leg &&
  blocker.component.id === hop.component.id &&
  (hop.direction === undefined || blocker.direction === hop.direction)

const DIRECTIONS = { egress: 'out', ingress: 'in ' } as const

const hopLabel = ({ component, direction }: Hop): string =>
  `${direction === undefined ? '   ' : DIRECTIONS[direction]}  ${cut(componentName(component), MAX_NAME)}`

/** The label names the component already: `rule 100 of acl-1 of subnet-1 allows` -> `rule 100 of subnet-1 allows`. */
function besideLabel(explanation: string, { id }: Component): string {
  const text = explanation.replace(` of ${id}`, '').replace(`${id} of `, '')
  return text.includes(`${id} (`) ? text.replace(`${id} (`, '').replace(/\)$/, '') : text
}

interface HopLayout {
  readonly width: number
  readonly column: number
  readonly mark: string
  readonly rail: string
}

function hopRows(hop: Hop, blockers: readonly Blocker[], layout: HopLayout): PathRow[] {
  const { width, column, mark, rail } = layout
  const start = `  ${mark} ${hopLabel(hop).padEnd(column)}  `
  const explanation = plainText(hop.explanation)
  const below = (details: readonly string[]): readonly PathRow[] =>
    details
      .flatMap((detail) => wrap(detail, width - 8))
      .map((line) => ({ text: `  ${rail}     ${line}`, part: 'detail', verdict: hop.verdict }))
  if (hop.verdict === 'pass') {
    // What passes takes one line; what there is to know beside that stands behind a semicolon.
    const [fact = '', ...notes] = explanation.split('; ')
    const text = cut(start + besideLabel(fact, hop.component), width).trimEnd()
    return [{ text, part: 'hop', verdict: 'pass' }, ...below(notes)]
  }
  const details = [explanation, ...(hop.rule ? [`rule: ${ruleText(hop.rule)}`] : [])]
  return [
    { text: start + shout(hop.verdict, blockers), part: 'hop', verdict: hop.verdict },
    ...below(details),
  ]
}

/** What the eye should stop at. */
function shout(verdict: HopVerdict, blockers: readonly Blocker[]): string {
  if (verdict === 'unknown') return '◀ NOT KNOWN'
  const parts = [...new Set(blockers.flatMap(portWords))]
  if (verdict === 'block') return '◀ BLOCKED HERE'
  return parts.length === 0 ? '◀ PARTLY BLOCKED' : `◀ BLOCKS ${parts.join(' and ')}`
}

/** The headers that do not pass; a reply goes to the ports that the question came from. */
export const portWords = ({
  leg,
  blocked: { sourcePorts, destinationPorts },
}: Blocker): readonly string[] => [
  ...(sourcePorts === undefined
    ? []
    : [`${leg === 'forward' ? 'source ports' : 'replies to ports'} ${plainText(sourcePorts)}`]),
  ...(destinationPorts === undefined
    ? []
    : [`${leg === 'forward' ? 'destination ports' : 'replies from ports'} ${plainText(destinationPorts)}`]),
]
