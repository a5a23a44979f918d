/** One finding with its life, in the output formats. */
import { stringify } from 'yaml'
import { type FindingRecord, isSuppressed } from '../../shared/findings/record.ts'
import { plainText } from '../../shared/render/plain-text.ts'
import { type Format, loadRenderer } from '../render/index.ts'
import type { RenderOptions } from '../render/renderer.ts'

export async function renderRecord(
  format: Format,
  record: FindingRecord,
  now: Date,
  options: RenderOptions,
): Promise<string> {
  if (format === 'json') return `${JSON.stringify(document(record), null, 2)}\n`
  if (format === 'ndjson') return `${JSON.stringify(document(record))}\n`
  if (format === 'yaml') return stringify(document(record))
  const renderer = await loadRenderer(format)
  const { finding } = record
  const audited = [{ subject: finding.subject, decided: true }]
  return `${life(record, now.toISOString())}\n\n${renderer.audit({ findings: [finding], audited }, options)}`
}

const document = ({ finding, order: _order, seenOrder: _seenOrder, ...life }: FindingRecord) => ({
  schemaVersion: '1',
  ...life,
  finding,
})

function life(record: FindingRecord, now: string): string {
  const { finding, firstSeen, lastSeen, openedAt, resolvedAt, occurrences, suppression } = record
  const status = isSuppressed(record, now) ? 'suppressed' : record.status
  const times = occurrences === 1 ? 'opened once' : `opened ${occurrences} times`
  const ended = resolvedAt === undefined ? '' : `, resolved ${resolvedAt}`
  return [
    `Finding ${finding.id}: ${status}, ${times}`,
    `first seen ${firstSeen}, last opened ${openedAt}, last seen ${lastSeen}${ended}`,
    ...(suppression ? [`suppressed until ${suppression.until}: ${plainText(suppression.reason)}`] : []),
  ].join('\n')
}
