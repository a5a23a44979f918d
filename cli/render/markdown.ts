/** For tickets, pull requests and post-mortems. */
import type {
  AuditResult,
  Cause,
  Finding,
  Remediation,
  RemediationStep,
} from '../../shared/findings/finding.ts'
import type { Explanation } from '../../shared/reachability/result.ts'
import { componentName, flowName, kindName } from '../../shared/render/names.ts'
import { pathLines } from '../../shared/render/path-text.ts'
import { plainText } from '../../shared/render/plain-text.ts'
import { verdictNames, verdictSentence } from '../../shared/render/verdict.ts'
import { tellingPaths } from './paths.ts'
import { type Answer, isBadQuery, type Renderer } from './renderer.ts'
import { observedText } from './table/finding.ts'
import { summary } from './table/overview.ts'
import { targetLines } from './targets.ts'

const PATH_WIDTH = 110
const OBSERVED_WIDTH = 400

/** Untrusted text as Markdown text: nothing in it becomes a link, a table cell or HTML. */
const md = (untrusted: string): string => plainText(untrusted).replace(/[\\`*_[\]<>|#~]/g, '\\$&')

/** A fence longer than any run of backticks inside. */
function fence(language: string, lines: readonly string[]): readonly string[] {
  const longest = Math.max(2, ...lines.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length))
  const marks = '`'.repeat(longest + 1)
  return [marks + language, ...lines, marks, '']
}

const text = (lines: readonly string[]): string => `${lines.join('\n').trimEnd()}\n`

const list = (title: string, items: readonly string[]): readonly string[] =>
  items.length === 0 ? [] : [`**${title}**`, '', ...items.map((item) => `- ${item}`), '']

const pathBlock = (path: Explanation): readonly string[] =>
  fence('text', pathLines(path, { width: PATH_WIDTH }))

const findingLines = (finding: Finding): readonly string[] => [
  `## ${finding.severity.toUpperCase()}: ${md(finding.rootCause.title)}`,
  '',
  ...list('What', factsOf(finding)),
  ...tellingPaths(finding.paths).shown.flatMap(pathBlock),
  ...list('Evidence', finding.rootCause.evidence.map(evidenceItem)),
  ...finding.remediation.flatMap(fixLines),
  ...list('Other causes', finding.otherCauses.map(causeItem)),
  ...list(
    'Ruled out',
    finding.ruledOut.map(({ code, because }) => `\`${plainText(code)}\`: ${md(because)}`),
  ),
  ...list(
    'Not known',
    finding.unknown.map(
      ({ code, missing, because }) => `\`${plainText(code)}\`: ${md(missing)} is missing (${md(because)})`,
    ),
  ),
]

const factsOf = ({ id, subject, targets, rootCause }: Finding): readonly string[] => [
  causeItem(rootCause),
  `${kindName(subject.kind)} ${md(subject.name)}, account ${md(subject.accountId)}, ${md(subject.region)}`,
  ...targetLines(targets).map((line) => md(line)),
  `finding \`${plainText(id)}\``,
]

const causeItem = ({ code, confidence, title, component }: Cause): string =>
  `\`${plainText(code)}\` (${confidence}), ${md(componentName(component))}: ${md(title)}`

const evidenceItem = ({
  operation,
  resource,
  field,
  observed,
  expected,
}: Cause['evidence'][number]): string =>
  `${md(operation)} ${md(resource)} ${md(field)}: ${md(observedText(observed, OBSERVED_WIDTH))}; expected ${md(expected)}`

const fixLines = ({ title, steps, opens, verified }: Remediation): readonly string[] => [
  `### Fix: ${md(title)}`,
  '',
  ...steps.flatMap(stepLines),
  `Opens: ${md(opens)}. ${verified ? 'Verified on the patched snapshot.' : 'Not verified.'}`,
  '',
]

const stepLines = ({ title, cli, cloudformation, terraform }: RemediationStep): readonly string[] => [
  `${md(title)}`,
  '',
  ...(cli.length === 0 ? [] : fence('sh', cli)),
  ...(cloudformation === undefined ? [] : fence('yaml', cloudformation.split('\n'))),
  ...(terraform === undefined ? [] : fence('hcl', terraform.split('\n'))),
]

const explanationLines = (explanation: Explanation): readonly string[] => [
  `## ${verdictNames[explanation.verdict]}: ${md(flowName(explanation.flow))}`,
  '',
  verdictSentence(explanation),
  '',
  ...pathBlock(explanation),
  ...list(
    'Not known',
    explanation.unknown.map(({ missing, because }) => `${md(missing)}: ${md(because)}`),
  ),
]

function answerRow(answer: Answer): string {
  if (isBadQuery(answer)) return `| BAD QUERY | line ${answer.line} | ${md(answer.error)} |\n`
  const blockers = [...new Set(answer.blockers.map(({ component }) => md(componentName(component))))]
  return `| ${verdictNames[answer.verdict]} | ${md(flowName(answer.flow))} | ${blockers.join('; ')} |\n`
}

export const markdown: Renderer = {
  audit: (result: AuditResult) =>
    text(['# Audit', '', summary(result), '', ...result.findings.flatMap(findingLines)]),
  explanation: (explanation) => text(explanationLines(explanation)),
  answers: {
    open: '| verdict | flow | in the way |\n|---|---|---|\n',
    separator: '',
    close: '',
    answer: answerRow,
  },
}
