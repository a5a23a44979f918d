import { memo } from 'preact/compat'
import type { FindingSummary } from '../../shared/api/documents.ts'
import { kindName } from '../../shared/render/names.ts'
import { SeverityBadge, StatusBadge } from '../parts/badges.tsx'
import { Link } from '../parts/link.tsx'
import { Moment } from '../parts/moment.tsx'

interface FindingRowProps {
  readonly finding: FindingSummary
  /** 1-based, of all rows. */
  readonly at: number
}

export const FindingRow = memo(function FindingRow({ finding, at }: FindingRowProps) {
  const { id, severity, status, title, code, subjectKind, subjectName, accountId, region } = finding
  return (
    <tr aria-rowindex={at + 1}>
      <td class="cell-state">
        <SeverityBadge severity={severity} /> <StatusBadge status={status} />
      </td>
      <td class="cell-title">
        <Link to={`/findings/${id}`}>{title}</Link>
        <code>{code}</code>
      </td>
      <td class="cell-subject">
        <span>{subjectName}</span>
        <small>{kindName(subjectKind)}</small>
      </td>
      <td class="cell-place">
        <span>{accountId}</span>
        <small>{region}</small>
      </td>
      <td class="cell-seen">
        <Moment at={finding.lastSeen} />
        {finding.occurrences > 1 && <small>opened {finding.occurrences} times</small>}
      </td>
    </tr>
  )
})
