import type { FindingDocument } from '../../shared/api/documents.ts'

/** What of a large finding is not here, and why. */
export const TruncatedNote = ({
  truncated,
  incomplete,
}: Pick<FindingDocument, 'truncated' | 'incomplete'>) =>
  truncated ? (
    <p class="note">
      Left out for size:{' '}
      {Object.entries(truncated)
        .map(([list, { kept, total }]) => `${total - kept} of ${total} ${list}`)
        .join(', ')}
      {incomplete === undefined ? '' : `: ${incomplete}`}. <code>hca audit</code> shows all.
    </p>
  ) : null
