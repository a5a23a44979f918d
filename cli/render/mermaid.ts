/** For documents that draw Mermaid (https://mermaid.js.org/syntax/flowchart.html): the path there and back. */
import type { AuditResult, Finding } from '../../shared/findings/finding.ts'
import type { Explanation, Hop, Leg } from '../../shared/reachability/result.ts'
import { componentName, flowName } from '../../shared/render/names.ts'
import { legNames, legVerdict, legVerdicts, pathMarks } from '../../shared/render/path-text.ts'
import { plainText } from '../../shared/render/plain-text.ts'
import { tellingPaths } from './paths.ts'
import type { Picture } from './renderer.ts'

const CLASSES = [
  'classDef pass fill:#e3f5e8,stroke:#1b6535,color:#12351f',
  'classDef block fill:#fde8e8,stroke:#9b1c1c,color:#4a1513,stroke-width:3px',
  'classDef partial fill:#fff1d6,stroke:#744700,color:#41300a,stroke-width:3px',
  'classDef unknown fill:#f1e6fb,stroke:#5b2a86,color:#3a2352,stroke-dasharray:4',
]

/** Untrusted text as a label: whatever could mean something to Mermaid or HTML is a number. */
const label = (untrusted: string): string =>
  `"${plainText(untrusted).replace(/[^\p{L}\p{N} .,:()/_✓✗◐→-]/gu, (character) => `#${character.codePointAt(0)};`)}"`

const lines = (...untrusted: readonly string[]): string =>
  `"${untrusted.map((line) => label(line).slice(1, -1)).join('<br/>')}"`

function hopLine(id: string, hop: Hop): string {
  const name = `${pathMarks[hop.verdict]} ${componentName(hop.component)}`
  const words = hop.verdict === 'pass' ? [name] : [name, hop.explanation]
  return `${id}[${lines(...words)}]:::${hop.verdict}`
}

/** Behind a block the walk goes on as if the packet had passed: a dotted line says so. */
function legLines(path: Explanation, leg: Leg, prefix: string): readonly string[] {
  const hops = path[leg]
  if (hops.length === 0) return []
  const firstBlock = hops.findIndex(({ verdict }) => verdict === 'block')
  const arrowAfter = (at: number) => (firstBlock >= 0 && at >= firstBlock ? '-.->' : '-->')
  const verdict = legVerdict(hops)
  const id = (at: number) => `${prefix}_${at + 1}`
  return [
    `subgraph ${prefix}[${label(`${legNames[leg]} ${pathMarks[verdict]} ${legVerdicts[verdict]}: ${flowName(path.flow, leg)}`)}]`,
    '  direction TB',
    ...hops.map((hop, at) => `  ${hopLine(id(at), hop)}`),
    ...hops.slice(1).map((_, at) => `  ${id(at)} ${arrowAfter(at)} ${id(at + 1)}`),
    'end',
  ]
}

const indented = (text: readonly string[]): readonly string[] => text.map((line) => `  ${line}`)

const pathLines = (path: Explanation, prefix: string): readonly string[] => [
  ...legLines(path, 'forward', `${prefix}_there`),
  ...legLines(path, 'return', `${prefix}_back`),
  ...(path.forward.length > 0 && path.return.length > 0 ? [`${prefix}_there --> ${prefix}_back`] : []),
]

/** A finding without a path is its cause alone. */
function findingLines(finding: Finding, at: number): readonly string[] {
  const { rootCause, severity, paths } = finding
  const prefix = `f${at + 1}`
  const [path] = tellingPaths(paths).shown
  const inside = path
    ? pathLines(path, prefix)
    : [`${prefix}_cause[${lines(componentName(rootCause.component), rootCause.code)}]:::block`]
  return [
    `subgraph ${prefix}[${label(`${severity.toUpperCase()}: ${rootCause.title}`)}]`,
    ...indented(inside),
    'end',
  ]
}

const chart = (inside: readonly string[]): string =>
  `${['flowchart LR', ...indented([...inside, ...CLASSES])].join('\n')}\n`

export const mermaid: Picture = {
  audit: ({ findings }: AuditResult) =>
    chart(findings.length === 0 ? ['none["No findings"]:::pass'] : findings.flatMap(findingLines)),
  explanation: (explanation) => chart(pathLines(explanation, 'path')),
}
