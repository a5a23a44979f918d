import { useRef } from 'preact/hooks'
import type { FindingSummary } from '../../shared/api/documents.ts'
import { useNarrow } from '../parts/use-narrow.ts'
import { FindingRow } from './finding-row.tsx'
import { useWindow } from './use-window.ts'

/** Pixels, as list.css has them: all rows are alike, so that those far away need not be drawn. */
const ROW_HEIGHT = { row: 68, card: 148 } as const

/** All rows take their place; only those near the screen are drawn. */
export function FindingsTable({ findings }: { readonly findings: readonly FindingSummary[] }) {
  const body = useRef<HTMLTableSectionElement>(null)
  const height = ROW_HEIGHT[useNarrow() ? 'card' : 'row']
  const { from, to } = useWindow(body, findings.length, height)
  return (
    <table class="findings" aria-rowcount={findings.length + 1}>
      <caption class="visually-hidden">Findings, the open ones first</caption>
      <thead>
        <tr aria-rowindex={1}>
          <th scope="col">Severity</th>
          <th scope="col">Root cause</th>
          <th scope="col">Subject</th>
          <th scope="col">Account, Region</th>
          <th scope="col">Last seen</th>
        </tr>
      </thead>
      <tbody ref={body}>
        {from > 0 && <tr class="spacer" style={{ height: `${from * height}px` }} />}
        {findings.slice(from, to).map((finding, index) => (
          <FindingRow key={finding.id} finding={finding} at={from + index + 1} />
        ))}
        {to < findings.length && (
          <tr class="spacer" style={{ height: `${(findings.length - to) * height}px` }} />
        )}
      </tbody>
    </table>
  )
}
