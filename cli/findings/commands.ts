/** What `hca findings` does with the store. */
import { parseFuture } from '../../shared/findings/moment.ts'
import type { FindingRecord, Suppression } from '../../shared/findings/record.ts'
import { InputError } from '../../shared/input-error.ts'
import { note, renderOptions, writeData } from '../output.ts'
import type { OutputOptions } from '../output-options.ts'
import { type ConnectionOptions, connectStore } from './connection.ts'
import { type FilterOptions, parseFilter } from './filter.ts'
import { findingsView, historyView, type ListView, type Rows, renderList } from './render.ts'
import { renderRecord } from './show.ts'

export type CommonOptions = ConnectionOptions & OutputOptions

interface SuppressOptions {
  readonly reason?: string
  readonly until?: string
  readonly lift?: boolean
}

interface PageOptions {
  readonly limit: string
  readonly cursor?: string
}

export async function listFindings(options: CommonOptions & FilterOptions & PageOptions): Promise<void> {
  const filter = parseFilter(options, new Date())
  const store = await connectStore(options)
  await writeList(options, findingsView, await store.list(filter, pageOf(options)))
}

export async function showFinding(id: string, options: CommonOptions): Promise<void> {
  const store = await connectStore(options)
  const record = existing(id, await store.get(id))
  await writeData(await renderRecord(options.output, record, new Date(), renderOptions()))
}

export async function findingHistory(id: string, options: CommonOptions & PageOptions): Promise<void> {
  const store = await connectStore(options)
  existing(id, await store.head(id))
  await writeList(options, historyView, await store.history(id, pageOf(options)))
}

export async function suppressFinding(id: string, options: CommonOptions & SuppressOptions): Promise<void> {
  const now = new Date()
  const suppression = options.lift ? noSuppression(options) : suppressionOf(options, now)
  const store = await connectStore(options)
  const record = await (suppression ? store.suppress(id, suppression) : store.liftSuppression(id))
  if (!record) throw unknownFinding(id)
  if (!options.quiet)
    note(
      suppression ? `nobody is told of ${id} until ${suppression.until}` : `people are told of ${id} again`,
    )
  await writeData(await renderRecord(options.output, record, now, renderOptions()))
}

function suppressionOf({ reason, until }: SuppressOptions, now: Date): Suppression {
  if (reason === undefined || until === undefined)
    throw new InputError(
      `${reason === undefined ? '--reason' : '--until'} is missing: give --reason TEXT and --until MOMENT, or --lift`,
    )
  if (reason.trim() === '') throw new InputError('--reason: is empty; say why nobody needs to hear of it')
  return { until: parseFuture('--until', until, now), reason: reason.trim() }
}

function noSuppression({ reason, until }: SuppressOptions): undefined {
  if (reason !== undefined || until !== undefined)
    throw new InputError('--lift ends a suppression: leave out --reason and --until')
}

function existing(id: string, record: FindingRecord | undefined): FindingRecord {
  if (!record) throw unknownFinding(id)
  return record
}

const unknownFinding = (id: string) =>
  new InputError(`finding ${JSON.stringify(id)}: there is none with this id; hca findings list shows all`)

const pageOf = ({ limit, cursor }: PageOptions) => ({
  limit: Number(limit),
  ...(cursor !== undefined && { cursor }),
})

async function writeList<T>(
  { output, quiet }: OutputOptions,
  view: ListView<T>,
  rows: Rows<T>,
): Promise<void> {
  await writeData(renderList(output, view, rows))
  if (rows.cursor !== undefined && !quiet) note(`more: repeat with --cursor ${rows.cursor}`)
}
