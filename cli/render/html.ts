/** One file that opens anywhere and asks nobody: the findings page's own views with the answer inside. */
import { createHash } from 'node:crypto'
import { catalogue } from '../../shared/diagnosis/catalogue/index.ts'
import type { AuditResult, Finding } from '../../shared/findings/finding.ts'
import { REPORT_DATA_ID, type ReportData } from '../../shared/render/report-data.ts'
import type { Picture } from './renderer.ts'
import { summary } from './table/overview.ts'

/** What `npm run build` makes of web/report.tsx. */
export interface ReportBundle {
  readonly script: string
  readonly style: string
}

export const htmlRenderer = (bundle: ReportBundle): Picture => ({
  audit: (result) => document(bundle, auditData(result)),
  explanation: (explanation) => document(bundle, { kind: 'explanation', explanation }),
})

function auditData(result: AuditResult): ReportData {
  const named = new Set(result.findings.flatMap(codesOf))
  return {
    kind: 'audit',
    summary: summary(result),
    findings: result.findings,
    causes: catalogue.filter(({ code }) => named.has(code)),
  }
}

const codesOf = ({ rootCause, otherCauses, ruledOut }: Finding): readonly string[] =>
  [rootCause, ...otherCauses, ...ruledOut].map(({ code }) => code)

/** Nothing in it ends the element that it stands in. */
const inert = (text: string): string => text.replace(/<(?=\/|!--)/g, '\\3c ')

const inertScript = (text: string): string => text.replace(/<\/(?=script)/gi, '<\\/')

/** Names from AWS are in here: no character of theirs can end the element or begin another. */
const inertJson = (data: ReportData): string => JSON.stringify(data).replaceAll('<', '\\u003c')

/** https://www.w3.org/TR/CSP3/#framework-directive-source-list */
const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

function document({ script: rawScript, style: rawStyle }: ReportBundle, data: ReportData): string {
  const [script, style] = [inertScript(rawScript), inert(rawStyle)]
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>hca ${data.kind}</title>
<style>${style}</style>
</head>
<body>
<div id="app"></div>
<noscript>This file draws itself with JavaScript. hca --output markdown needs none.</noscript>
<script type="application/json" id="${REPORT_DATA_ID}">${inertJson(data)}</script>
<script>${script}</script>
</body>
</html>
`
}
