import type { FindingSummary } from '../../shared/api/documents.ts'
import { ErrorState } from '../parts/error-state.tsx'
import { EmptyState } from './empty-state.tsx'
import { FindingsTable } from './findings-table.tsx'
import type { Findings } from './use-findings.ts'

interface ListBodyProps {
  readonly findings: Findings
  /** Those in which what is searched for occurs. */
  readonly shown: readonly FindingSummary[]
  readonly filtered: boolean
}

export function ListBody({ findings, shown, filtered }: ListBodyProps) {
  const { state, error, items, more, asOf, loadMore, refresh } = findings
  if (state === 'failed' && error) return <ErrorState what="findings" error={error} retry={refresh} />
  if (state !== 'there') return <Skeleton />
  if (shown.length === 0 && !more) return <EmptyState filtered={filtered} />
  return (
    <>
      <p class="count" role="status">
        {countWords(shown.length, items.length, more)}
        <span class="as-of">
          {asOf && ` · as of ${asOf.toISOString().slice(11, 19)} UTC, refreshed by itself`}
        </span>
      </p>
      <FindingsTable findings={shown} />
      {more && (
        <button type="button" class="more" onClick={() => loadMore()}>
          Load more
        </button>
      )}
    </>
  )
}

function countWords(shown: number, loaded: number, more: boolean): string {
  const found = shown === loaded ? `${shown}` : `${shown} of ${loaded}`
  return `${found}${more ? ' and more' : ''} ${loaded === 1 && !more ? 'finding' : 'findings'}`
}

/** The shape of what is to come, so that nothing jumps. */
const Skeleton = () => (
  <div class="skeleton" role="status">
    <span class="visually-hidden">Loading findings …</span>
    {['one', 'two', 'three', 'four', 'five'].map((row) => (
      <div key={row} class="skeleton-row" />
    ))}
  </div>
)
