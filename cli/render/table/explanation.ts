import type { Explanation, MissingKnowledge } from '../../../shared/reachability/result.ts'
import { componentName, flowName } from '../../../shared/render/names.ts'
import { portWords } from '../../../shared/render/path-text.ts'
import { plainText, wrap } from '../../../shared/render/plain-text.ts'
import { verdictNames, verdictSentence } from '../../../shared/render/verdict.ts'
import { type Paint, verdictStyles } from '../paint.ts'
import type { RenderOptions } from '../renderer.ts'
import { paintedPath } from './path.ts'

/** The verdict, the path there and back, and what stands in the way. */
export function explanationLines(
  explanation: Explanation,
  { width }: RenderOptions,
  paint: Paint,
): readonly string[] {
  const { verdict, flow } = explanation
  return [
    `${paint(verdictStyles[verdict], verdictNames[verdict])}  ${paint('bold', flowName(flow))}`,
    ...wrap(verdictSentence(explanation), width),
    '',
    ...paintedPath(explanation, width, paint),
    ...section('In the way', blockerLines(explanation, width), paint),
    ...section('Not known', missingLines(explanation.unknown), paint),
  ]
}

/** One query of many: the verdict, the flow, and what decided. */
export function answerLine(explanation: Explanation, paint: Paint): readonly string[] {
  const { verdict, flow, blockers, unknown } = explanation
  const because = [
    ...blockers.map(
      ({ component, awsExplanationCode }) => `${componentName(component)} ${awsExplanationCode}`,
    ),
    ...(verdict === 'unknown' ? unknown.map(({ missing }) => `missing ${missing}`) : []),
  ]
  const name = paint(verdictStyles[verdict], verdictNames[verdict].padEnd(17))
  const reasons = [...new Set(because)].map(plainText).join('; ')
  return [reasons === '' ? `${name} ${flowName(flow)}` : `${name} ${flowName(flow)}  ${reasons}`]
}

/** Each with AWS's own code; the drawing says why, but for ends with several addresses it shows one pair of them. */
function blockerLines(explanation: Explanation, width: number): readonly string[] {
  const drawn = new Set([...explanation.forward, ...explanation.return].map((hop) => hop.explanation))
  const lines = explanation.blockers.map((blocker) => {
    const { leg, component, awsExplanationCode, explanation: why } = blocker
    const facts = [componentName(component), plainText(awsExplanationCode), ...portWords(blocker)].join(' · ')
    const more = drawn.has(why) ? [] : wrap(plainText(why), width - 4).map((line) => `  ${line}`)
    return [`${leg === 'forward' ? 'there' : 'back'}: ${facts}`, ...more].join('\n  ')
  })
  return [...new Set(lines)]
}

const missingLines = (unknown: readonly MissingKnowledge[]): readonly string[] =>
  unknown.map(({ missing, because }) => `? ${plainText(missing)}: ${plainText(because)}`)

/** A heading with its lines, or nothing. */
export const section = (title: string, lines: readonly string[], paint: Paint): readonly string[] =>
  lines.length === 0 ? [] : ['', paint('bold', title), ...lines.map((line) => `  ${line}`)]
