import type { FindingDocument } from '../../shared/api/documents.ts'

/** What the store had no room for. */
export const TruncatedNote = ({ truncated }: Pick<FindingDocument, 'truncated'>) =>
  truncated ? (
    <p class="note">
      Left out for size:{' '}
      {Object.entries(truncated)
        .map(([list, { kept, total }]) => `${total - kept} of ${total} ${list}`)
        .join(', ')}
      . <code>hca audit</code> shows all.
    </p>
  ) : null
