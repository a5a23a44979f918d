/** A message as text for people, about 100 columns wide; commands stay on one line, so that they can be pasted. */
import type { Change } from '../events/change.ts'
import type { Evidence, FindingTarget, Remediation } from '../findings/finding.ts'
import type { ChangeKind } from '../findings/record.ts'
import { componentName } from '../render/names.ts'
import { pathLines } from '../render/path-text.ts'
import { cut, wrap } from '../render/plain-text.ts'
import type { Message } from './message.ts'

const WIDTH = 100
/** A finding may hold hundreds of each; a person reads the first. */
const MAX_ENTRIES = 10
const MAX_OBSERVED = 200

const kindWords: { readonly [K in ChangeKind]: string } = {
  opened: 'new',
  reopened: 'again',
  changed: 'changed',
  attributed: 'who changed it',
  resolved: 'resolved',
}

type Lines = readonly string[]

export const messageText = (message: Message): string =>
  [title(message), ...(message.over ? [] : problem(message))]
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')

const problem = (message: Message): readonly Lines[] => [
  section('Affected', limited(message.affected.map((target) => [targetLine(target)]))),
  section('Path', pathBlock(message)),
  section('Evidence', limited(message.evidence.map(evidenceLines))),
  ...message.fixes.map((fix, index) => section(fixTitle(fix, index, message.fixes.length), fixLines(fix))),
  section('Also in the way', limited(message.otherCauses.map(({ code, title }) => item('✗', code, title)))),
  section('Ruled out', limited(message.ruledOut.map(({ code, because }) => item('✓', code, because)))),
  section(
    'Not known',
    limited(
      message.unknown.map(({ code, missing, because }) =>
        item('?', code, `${missing} did not tell: ${because}`),
      ),
    ),
  ),
]

function title(message: Message): Lines {
  const { kind, severity, subject, component, code, confidence } = message
  const banner = kind === 'resolved' ? ' RESOLVED ' : ` ${severity.toUpperCase()} · ${kindWords[kind]} `
  return [
    `━━${banner}${'━'.repeat(WIDTH - banner.length - 2)}`,
    ...marked(message.over ? '✓' : '✗', message.headline),
    ...indented(`${code} (${confidence}) in ${componentName(component)}`),
    ...indented(whenText(message)),
    ...(message.changedBy ? indented(changedByText(message.changedBy)) : []),
    ...indented(`account ${subject.accountId} · ${subject.region} · finding ${message.findingId}`),
  ]
}

function whenText({ since, over, occurrences }: Message): string {
  const often = occurrences > 1 ? `, the ${ordinal(occurrences)} time` : ''
  if (over) return `from ${moment(since)} to ${moment(over.at)}, it lasted ${over.lasted}${often}`
  return `since ${moment(since)}${often}`
}

/** It does not say who is to blame: the last change before it broke mostly is what broke it, not always. */
const changedByText = ({ by, eventName, at, sourceAddress }: Change): string =>
  `last changed by ${by} with ${eventName} at ${moment(at)}${sourceAddress ? ` from ${sourceAddress}` : ''}`

const moment = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`

const ordinal = (count: number): string => {
  const teen = count % 100 > 10 && count % 100 < 14
  return `${count}${(teen ? undefined : ['th', 'st', 'nd', 'rd'][count % 10]) ?? 'th'}`
}

function targetLine({ id, port, availabilityZone, state, reason, description }: FindingTarget): string {
  const address = port === undefined ? id : `${id.includes(':') ? `[${id}]` : id}:${port}`
  const why = [reason, description].filter((part) => part !== undefined).join(': ')
  const mark = state === 'healthy' ? '✓' : '✗'
  return cut([`  ${mark} ${address}`, availabilityZone, state, why].filter(Boolean).join('  '), WIDTH)
}

function pathBlock({ path, morePaths }: Message): Lines {
  if (!path) return []
  const more = morePaths > 0 ? [`(and ${morePaths} more of the kind)`] : []
  return [...pathLines(path, { width: WIDTH - 2 }), ...more].map((line) => `  ${line}`)
}

const evidenceLines = ({ operation, resource, field, observed, expected }: Evidence): Lines =>
  indented(
    `${operation} ${resource}: ${field} is ${cut(JSON.stringify(observed) ?? 'absent', MAX_OBSERVED)}; expected: ${expected}`,
    '    ',
  )

const fixTitle = ({ verified }: Remediation, index: number, count: number): string => {
  const name = count > 1 ? `Fix ${index + 1} of ${count}` : 'Fix'
  return `${name} (${verified ? 'verified: applied to the snapshot, the analysis comes out clean' : 'not verified by a second analysis'})`
}

const fixLines = ({ title, steps, opens }: Remediation): Lines => [
  ...indented(title),
  ...steps.flatMap((step, index) => [
    ...indented(`${index + 1}. ${step.title}`, '     '),
    ...step.cli.flatMap((command) => command.split('\n').map((line) => `     ${line}`)),
  ]),
  ...indented(`Opens: ${opens}`, '    '),
]

const section = (name: string, lines: Lines): Lines => (lines.length === 0 ? [] : [name, ...lines])

const limited = (entries: readonly Lines[]): Lines =>
  entries.length <= MAX_ENTRIES
    ? entries.flat()
    : [...entries.slice(0, MAX_ENTRIES).flat(), `  … and ${entries.length - MAX_ENTRIES} more`]

const item = (mark: string, code: string, text: string): Lines => marked(`  ${mark}`, `${code}: ${text}`)

function marked(mark: string, text: string): Lines {
  const [first = '', ...rest] = wrap(text, WIDTH - mark.length - 1)
  return [`${mark} ${first}`, ...rest.map((line) => ' '.repeat(mark.length + 1) + line)]
}

function indented(text: string, hanging = '  '): Lines {
  const [first = '', ...rest] = wrap(text, WIDTH - hanging.length)
  return [`  ${first}`, ...rest.map((line) => hanging + line)]
}
