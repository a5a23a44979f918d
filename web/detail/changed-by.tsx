import type { FindingDocument } from '../../shared/api/documents.ts'
import { Moment } from '../parts/moment.tsx'

type Change = NonNullable<FindingDocument['changedBy']>

/** Who changed the component at fault last before it failed, as CloudTrail recorded it. */
export const ChangedBy = ({ change }: { readonly change: Change }) => (
  <li class="event event-change">
    <strong>{change.eventName}</strong> by <strong>{change.by}</strong> <Moment at={change.at} />
    <small>
      {[
        change.sourceAddress && `from ${change.sourceAddress}`,
        change.userAgent,
        `CloudTrail ${change.eventId}`,
      ]
        .filter(Boolean)
        .join(' · ')}
    </small>
  </li>
)
