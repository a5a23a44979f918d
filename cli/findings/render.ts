/** Lists from the findings store in the output formats. Pure: (rows, options) -> text. */
import CliTable from 'cli-table3'
import { stringify } from 'yaml'
import type { FindingSummary, HistoryEntry } from '../../shared/findings/record.ts'
import { cleaned } from '../../shared/notifications/clean.ts'
import { cut } from '../../shared/render/plain-text.ts'
import type { Format } from '../render/index.ts'

/** One column for people; machines get the whole rows. */
interface Column<T> {
  readonly name: string
  readonly value: (row: T) => string
}

export interface ListView<T> {
  /** The field that holds the rows in JSON and YAML. */
  readonly name: string
  readonly columns: readonly Column<T>[]
  /** What people read instead of an empty table. */
  readonly none: string
}

export interface Rows<T> {
  readonly items: readonly T[]
  readonly cursor?: string
}

const moment = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)}`

export const findingsView: ListView<FindingSummary> = {
  name: 'findings',
  none: 'No findings.',
  columns: [
    { name: 'status', value: ({ status }) => status },
    { name: 'severity', value: ({ severity }) => severity },
    { name: 'cause', value: ({ code }) => code },
    { name: 'subject', value: ({ subjectName }) => subjectName },
    { name: 'region', value: ({ region }) => region },
    { name: 'last seen (UTC)', value: ({ lastSeen }) => moment(lastSeen) },
    { name: 'id', value: ({ id }) => id },
  ],
}

export const historyView: ListView<HistoryEntry> = {
  name: 'history',
  none: 'No history.',
  columns: [
    { name: 'version', value: ({ version }) => String(version) },
    { name: 'at (UTC)', value: ({ at }) => moment(at) },
    { name: 'what', value: ({ kind, replayed }) => (replayed ? `${kind} (replayed)` : kind) },
    { name: 'severity', value: ({ severity }) => severity },
    { name: 'cause', value: ({ code }) => code },
    { name: 'title', value: ({ title }) => title },
  ],
}

type ListRenderer = <T>(view: ListView<T>, rows: Rows<T>) => string

const renderers: { readonly [F in Format]: ListRenderer } = {
  table: asTable,
  json: (view, rows) => `${JSON.stringify(document(view, rows), null, 2)}\n`,
  ndjson: (_view, { items }) => items.map((item) => `${JSON.stringify(item)}\n`).join(''),
  yaml: (view, rows) => stringify(document(view, rows)),
  markdown: asMarkdown,
}

export const renderList = <T>(format: Format, view: ListView<T>, rows: Rows<T>): string =>
  renderers[format](view, rows)

const document = <T>(view: ListView<T>, { items, cursor }: Rows<T>) => ({
  schemaVersion: '1',
  [view.name]: items,
  ...(cursor !== undefined && { cursor }),
})

const cells = <T>({ columns }: ListView<T>, row: T): string[] =>
  columns.map(({ value }) => cleaned(value(row)))

/** A title may be long; the finding itself shows all of it. */
const MAX_CELL = 72

const LINES = [
  'top',
  'top-mid',
  'top-left',
  'top-right',
  'bottom',
  'bottom-mid',
  'bottom-left',
  'bottom-right',
]
const INNER_LINES = ['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle']
const NO_LINES = Object.fromEntries([...LINES, ...INNER_LINES].map((name) => [name, '']))

function asTable<T>(view: ListView<T>, { items }: Rows<T>): string {
  if (items.length === 0) return `${view.none}\n`
  const table = new CliTable({
    head: view.columns.map(({ name }) => name),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
    chars: NO_LINES,
  })
  table.push(...items.map((row) => cells(view, row).map((text) => cut(text, MAX_CELL))))
  return `${table.toString().replace(/ +$/gm, '')}\n`
}

function asMarkdown<T>(view: ListView<T>, { items }: Rows<T>): string {
  if (items.length === 0) return `${view.none}\n`
  const line = (values: readonly string[]) =>
    `| ${values.map((value) => value.replaceAll('|', '\\|')).join(' | ')} |`
  const names = view.columns.map(({ name }) => name)
  return [line(names), line(names.map(() => '---')), ...items.map((row) => line(cells(view, row))), ''].join(
    '\n',
  )
}
