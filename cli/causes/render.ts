/** The catalogue of root causes in the output formats. Pure: entries -> text. */
import { stringify } from 'yaml'
import type { CatalogueEntry } from '../../shared/diagnosis/catalogue/index.ts'
import { type ListView, renderList } from '../findings/render.ts'
import type { Format } from '../render/index.ts'

const view: ListView<CatalogueEntry> = {
  name: 'causes',
  none: 'No causes.',
  columns: [
    { name: 'cause', value: ({ code }) => code },
    { name: 'severity', value: ({ severity }) => severity },
    { name: 'what it means', value: ({ title }) => title },
  ],
}

export const renderCauses = (format: Format, entries: readonly CatalogueEntry[]): string =>
  renderList(format, view, { items: entries })

const single: { readonly [F in Format]: (entry: CatalogueEntry) => string } = {
  table: asText,
  markdown: causeSection,
  json: (entry) => `${JSON.stringify(documentOf(entry), null, 2)}\n`,
  ndjson: (entry) => `${JSON.stringify(documentOf(entry))}\n`,
  yaml: (entry) => stringify(documentOf(entry), { lineWidth: 0 }),
}

export const renderCause = (format: Format, entry: CatalogueEntry): string => single[format](entry)

const documentOf = (entry: CatalogueEntry) => ({ schemaVersion: '1', ...entry })

function asText({ code, title, severity, evidence, fix, traps, documentation }: CatalogueEntry): string {
  const lines = [
    `${code} · ${severity}`,
    title,
    '',
    'What decides it',
    `  ${evidence}`,
    'What ends it',
    `  ${fix}`,
    ...(traps.length > 0 ? ['What looks like it and is not', ...traps.map((trap) => `  - ${trap}`)] : []),
    'Read on',
    `  ${documentation}`,
  ]
  return `${lines.join('\n')}\n`
}

/** A section of docs/causes.md. */
function causeSection(entry: CatalogueEntry): string {
  const { code, title, severity, evidence, fix, traps, documentation } = entry
  const lines = [
    `## ${code}`,
    '',
    `${title}. Severity ${severity}.`,
    '',
    `- **What decides it:** ${evidence}`,
    `- **What ends it:** ${fix}`,
    ...traps.map((trap) => `- **Not it:** ${trap}`),
    `- **AWS:** <${documentation}>`,
  ]
  return `${lines.join('\n')}\n`
}

/** docs/causes.md, whole. */
export function causesPage(entries: readonly CatalogueEntry[]): string {
  const head = [
    '# Root causes',
    '',
    'Every cause that `hca` can name. Made from `shared/diagnosis/causes.ts` and `shared/diagnosis/catalogue/` by',
    '`npm run docs:causes`; `hca causes show CODE` prints the same.',
    '',
    renderCauses('markdown', entries),
  ].join('\n')
  return `${[head, ...entries.map(causeSection)].join('\n')}`
}
