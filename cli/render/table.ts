/** For people: what is wrong, where it breaks, what to do. */
import type { AuditResult } from '../../shared/findings/finding.ts'
import { type Paint, painter } from './paint.ts'
import { isBadQuery, type Renderer, type RenderOptions } from './renderer.ts'
import { answerLine, explanationLines } from './table/explanation.ts'
import { findingLines } from './table/finding.ts'
import { overviewLines, summary } from './table/overview.ts'

const text = (lines: readonly string[]): string => `${lines.join('\n')}\n`

const ruler = (title: string, { width }: RenderOptions, paint: Paint): string =>
  paint('dim', `── ${title} `.padEnd(width, '─'))

function audit(result: AuditResult, options: RenderOptions): string {
  const paint = painter(options.colour)
  const overview = result.findings.length > 1 ? [...overviewLines(result.findings, options, paint), ''] : []
  const findings = result.findings.flatMap((finding, at) => [
    ...(overview.length > 0 ? [ruler(`${at + 1} of ${result.findings.length}`, options, paint)] : []),
    ...findingLines(finding, options, paint),
    '',
  ])
  return text([...overview, ...findings, summary(result)])
}

export const table: Renderer = {
  audit,
  explanation: (explanation, options) =>
    text(explanationLines(explanation, options, painter(options.colour))),
  answers: {
    open: '',
    separator: '',
    close: '',
    answer: (answer, options) => {
      const paint = painter(options.colour)
      return isBadQuery(answer)
        ? `${paint(['bold', 'red'], '! BAD QUERY')}       line ${answer.line}: ${answer.error}\n`
        : text(answerLine(answer, paint))
    },
  },
}
