/** One finding as a person wants to read it: cause, path, evidence, fix, and what else was looked at. */
import type {
  Cause,
  Evidence,
  Finding,
  Remediation,
  RemediationStep,
} from '../../../shared/findings/finding.ts'
import { componentName, kindName } from '../../../shared/render/names.ts'
import { cut, plainText, wrap } from '../../../shared/render/plain-text.ts'
import { type Paint, severityStyles } from '../paint.ts'
import { tellingPaths } from '../paths.ts'
import type { RenderOptions } from '../renderer.ts'
import { targetLines } from '../targets.ts'
import { section } from './explanation.ts'
import { paintedPath } from './path.ts'

/** What AWS returned may be a long list: the start says which one it is, JSON output has it all. */
const OBSERVED_LINES = 3
const MIN_TEXT = 30
const MAX_INDENT = 12

export const findingLines = (finding: Finding, { width }: RenderOptions, paint: Paint): readonly string[] => [
  ...headLines(finding, width, paint),
  ...pathSections(finding.paths, width, paint),
  ...section(
    'Evidence',
    finding.rootCause.evidence.flatMap((evidence) => evidenceLines(evidence, width)),
    paint,
  ),
  ...remediationLines(finding.remediation, width, paint),
  ...section(
    'Other causes',
    finding.otherCauses.flatMap((cause) => otherCauseLines(cause, width)),
    paint,
  ),
  ...section(
    'Ruled out',
    finding.ruledOut.flatMap(({ code, because }) =>
      hanging(`${plainText(code)}: `, plainText(because), width),
    ),
    paint,
  ),
  ...section(
    'Not known',
    finding.unknown.flatMap(({ code, missing, because }) =>
      hanging(`? ${plainText(code)}: `, `${plainText(missing)} is missing (${plainText(because)})`, width),
    ),
    paint,
  ),
]

function headLines(
  { id, severity, subject, targets, rootCause }: Finding,
  width: number,
  paint: Paint,
): readonly string[] {
  const badge = ` ${severity.toUpperCase()} `
  const [first = '', ...rest] = wrap(plainText(rootCause.title), width - badge.length - 1)
  const facts = [
    rootCause.code,
    rootCause.confidence,
    componentName(rootCause.component),
    rootCause.awsExplanationCode ?? '',
  ]
  return [
    `${paint(severityStyles[severity], badge)} ${paint('bold', first)}`,
    ...rest.map((line) => ' '.repeat(badge.length + 1) + paint('bold', line)),
    `  ${facts
      .filter((fact) => fact !== '')
      .map(plainText)
      .join(' · ')}`,
    `  ${kindName(subject.kind)} ${plainText(subject.name)} · account ${plainText(subject.accountId)} · ${plainText(subject.region)}`,
    ...targetLines(targets).map((line) => `  ${line}`),
    paint('dim', `  finding ${plainText(id)}`),
  ]
}

function pathSections(paths: Finding['paths'], width: number, paint: Paint): readonly string[] {
  const { shown, more } = tellingPaths(paths)
  const sections = shown.flatMap((path) => section('Path', paintedPath(path, width - 2, paint), paint))
  return more === 0 ? sections : [...sections, `  … and ${more} more (--output json has them all)`]
}

function evidenceLines(
  { operation, resource, field, observed, expected }: Evidence,
  width: number,
): readonly string[] {
  return [
    `${plainText(operation)}  ${plainText(resource)}  ${plainText(field)}`,
    ...hanging('  observed  ', observedText(observed, OBSERVED_LINES * (width - 16)), width),
    ...hanging('  expected  ', plainText(expected), width),
  ]
}

export function observedText(observed: unknown, width: number): string {
  const text = typeof observed === 'string' ? observed : (JSON.stringify(observed) ?? 'nothing')
  return cut(plainText(text).replaceAll(',"', ', "'), width)
}

function remediationLines(
  remediation: readonly Remediation[],
  width: number,
  paint: Paint,
): readonly string[] {
  return remediation.flatMap((fix, at) => {
    const title = remediation.length === 1 ? 'Fix' : at === 0 ? 'Fix (opens least)' : `Or, fix ${at + 1}`
    return section(`${title}: ${plainText(fix.title)}`, fixLines(fix, width, paint), paint)
  })
}

/** A command may go on over several lines; their indentation is kept. */
const indented = (line: string): string => (/^ */.exec(line)?.[0] ?? '') + plainText(line)

const fixLines = (
  { steps, opens, verified }: Remediation,
  width: number,
  paint: Paint,
): readonly string[] => [
  ...steps.flatMap(({ title, cli }, at) => [
    ...hanging(`${at + 1}. `, plainText(title), width),
    // Never wrapped: a command is there to be copied.
    ...cli.flatMap((command) => command.split('\n').map((line) => `   ${paint('cyan', indented(line))}`)),
  ]),
  ...templateLines(steps),
  ...hanging('opens     ', plainText(opens), width),
  verified
    ? `verified  ${paint('green', 'yes:')} applied to the snapshot and analysed again, the finding is gone`
    : `verified  ${paint('yellow', 'no:')} the analysis cannot prove that this ends the finding`,
]

function templateLines(steps: readonly RemediationStep[]): readonly string[] {
  const kinds = [
    ...(steps.some(({ cloudformation }) => cloudformation !== undefined) ? ['CloudFormation'] : []),
    ...(steps.some(({ terraform }) => terraform !== undefined) ? ['Terraform'] : []),
  ]
  return kinds.length === 0 ? [] : [`also as   ${kinds.join(' and ')} (--output markdown)`]
}

const otherCauseLines = ({ code, confidence, title, component }: Cause, width: number): readonly string[] => [
  ...hanging('• ', plainText(title), width),
  `  ${plainText(code)} · ${confidence} · ${componentName(component)}`,
]

/** A lead with its text, wrapped so that the text keeps its column. */
function hanging(lead: string, text: string, width: number): readonly string[] {
  const [first = '', ...rest] = wrap(text, Math.max(MIN_TEXT, width - lead.length - 4))
  const indent = ' '.repeat(Math.min(lead.length, MAX_INDENT))
  return [lead + first, ...rest.map((line) => indent + line)]
}
