/** A picture of the path for an incident document: there downwards, back upwards, the broken hop marked. */
import type { AuditResult, Finding } from '../../shared/findings/finding.ts'
import type { Explanation } from '../../shared/reachability/result.ts'
import { flowName } from '../../shared/render/names.ts'
import { verdictNames, verdictSentence } from '../../shared/render/verdict.ts'
import { tellingPaths } from './paths.ts'
import type { Picture } from './renderer.ts'
import { type Drawing, escaped, GAP, LINE, stacked, textBlock, WIDTH } from './svg/drawing.ts'
import { drawLegs } from './svg/legs.ts'
import { STYLE } from './svg/style.ts'

function drawPath(path: Explanation): Drawing {
  return stacked([
    textBlock('flow', `${verdictNames[path.verdict]}  ${flowName(path.flow)}`),
    textBlock('words', verdictSentence(path)),
    drawLegs(path),
  ])
}

/** A finding without a path is its cause alone. */
function drawFinding({ severity, rootCause, subject, paths }: Finding): Drawing {
  const [path] = tellingPaths(paths).shown
  return stacked([
    textBlock('title', `${severity.toUpperCase()}: ${rootCause.title}`),
    textBlock(
      'words',
      `${rootCause.code}, ${rootCause.confidence}; ${subject.name}, ${subject.accountId}, ${subject.region}`,
    ),
    ...(path ? [drawPath(path)] : []),
  ])
}

function picture(title: string, { height, svg }: Drawing): string {
  const size = `${WIDTH + 2 * GAP} ${height + 2 * GAP + LINE}`
  const [width = '', tall = ''] = size.split(' ')
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${tall}" viewBox="0 0 ${size}" role="img">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
<rect class="ground" width="${width}" height="${tall}"/>
<g transform="translate(${GAP} ${GAP})">
${svg}
</g>
</svg>
`
}

export const svg: Picture = {
  audit: ({ findings }: AuditResult) =>
    findings.length === 0
      ? picture('No findings', textBlock('title', 'No findings'))
      : picture(
          findings.map(({ rootCause }) => rootCause.title).join('; '),
          stacked(findings.map(drawFinding)),
        ),
  explanation: (explanation) => picture(flowName(explanation.flow), drawPath(explanation)),
}
