import Table from 'cli-table3'
import { type AuditResult, type Finding, severities } from '../../../shared/findings/finding.ts'
import { kindName } from '../../../shared/render/names.ts'
import { plainText } from '../../../shared/render/plain-text.ts'
import { type Paint, severityStyles } from '../paint.ts'
import type { RenderOptions } from '../renderer.ts'
import { targetCount } from '../targets.ts'

const HEAD = ['', 'severity', 'code', 'subject', 'targets', 'cause']
const MIN_CAUSE = 24
/** Border, padding and the space between columns. */
const COLUMN_EXTRA = 3

/** Several findings at a glance, a line each. */
export function overviewLines(
  findings: readonly Finding[],
  { width }: RenderOptions,
  paint: Paint,
): readonly string[] {
  const rows = findings.map((finding, index) => [
    `${index + 1}`,
    finding.severity,
    plainText(finding.rootCause.code),
    plainText(finding.subject.name),
    targetCount(finding.targets),
    plainText(finding.rootCause.title),
  ])
  const fixed = HEAD.slice(0, -1).map((head, at) =>
    Math.max(...[head, ...rows.map((row) => row[at] ?? '')].map(lengthOf)),
  )
  const used = fixed.reduce((sum, column) => sum + column + COLUMN_EXTRA, COLUMN_EXTRA + 1)
  const table = new Table({
    head: HEAD,
    colWidths: [...fixed.map((column) => column + 2), Math.max(MIN_CAUSE, width - used + 2)],
    wordWrap: true,
    style: { head: [], border: [] },
  })
  findings.forEach(({ severity }, at) => {
    table.push(
      (rows[at] ?? []).map((cell, column) => (column === 1 ? paint(severityStyles[severity], cell) : cell)),
    )
  })
  return table.toString().split('\n')
}

const lengthOf = (text: string): number => text.length

/** `2 findings: 1 high, 1 low. 6 subjects looked at, 1 of them not decided for lack of data.` */
export function summary({ findings, audited }: AuditResult): string {
  const counts = severities
    .map((severity) => ({
      severity,
      count: findings.filter((finding) => finding.severity === severity).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}`)
  const found =
    findings.length === 0 ? 'No findings.' : `${number(findings.length, 'finding')}: ${counts.join(', ')}.`
  return `${found} ${lookedAt(audited)}`
}

function lookedAt(audited: AuditResult['audited']): string {
  const kinds = [...new Set(audited.map(({ subject }) => subject.kind))]
  const amounts = kinds.map((kind) =>
    number(audited.filter(({ subject }) => subject.kind === kind).length, kindName(kind)),
  )
  const open = audited.filter(({ decided }) => !decided).length
  const undecided = open === 0 ? '' : `, ${open} of them not decided for lack of data`
  return `Looked at ${amounts.join(', ') || 'nothing: no subject in scope'}${undecided}.`
}

const number = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
