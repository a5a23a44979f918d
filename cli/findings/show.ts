/** One finding with its life, in the output formats. */
import { stringify } from 'yaml'
import { findingDocument } from '../../shared/findings/document.ts'
import type { FindingRecord } from '../../shared/findings/record.ts'
import { plainText } from '../../shared/render/plain-text.ts'
import { type Format, loadRenderer } from '../render/index.ts'
import type { RenderOptions } from '../render/renderer.ts'

export async function renderRecord(
  format: Format,
  record: FindingRecord,
  now: Date,
  options: RenderOptions,
): Promise<string> {
  const document = findingDocument(record, now.toISOString())
  if (format === 'json') return `${JSON.stringify(document, null, 2)}\n`
  if (format === 'ndjson') return `${JSON.stringify(document)}\n`
  if (format === 'yaml') return stringify(document)
  const renderer = await loadRenderer(format)
  const { finding } = record
  const audited = [{ subject: finding.subject, decided: true }]
  return `${life(record, document.status)}\n\n${renderer.audit({ findings: [finding], audited }, options)}`
}

const suppressed = ({ until, by, reason }: NonNullable<FindingRecord['suppression']>): string =>
  `suppressed until ${until}${by === undefined ? '' : ` by ${plainText(by)}`}: ${plainText(reason)}`

function life(record: FindingRecord, status: string): string {
  const { finding, firstSeen, lastSeen, openedAt, resolvedAt, occurrences, suppression } = record
  const times = occurrences === 1 ? 'opened once' : `opened ${occurrences} times`
  const ended = resolvedAt === undefined ? '' : `, resolved ${resolvedAt}`
  return [
    `Finding ${finding.id}: ${status}, ${times}`,
    `first seen ${firstSeen}, last opened ${openedAt}, last seen ${lastSeen}${ended}`,
    ...leftOut(record),
    ...(suppression ? [suppressed(suppression)] : []),
  ].join('\n')
}

/** What of a large finding is not here, and why. */
function leftOut({ truncated, incomplete }: FindingRecord): readonly string[] {
  if (!truncated) return []
  const lists = Object.entries(truncated).map(
    ([list, { kept, total }]) => `${total - kept} of ${total} ${list}`,
  )
  const because = incomplete === undefined ? '' : `: ${plainText(incomplete)}`
  return [`left out for size: ${lists.join(', ')}${because}`]
}
