import { useEffect, useMemo } from 'preact/hooks'
import { api } from '../api/client.ts'
import { useAnswer } from '../api/use-answer.ts'
import { StaleNote } from '../parts/stale-note.tsx'
import { useTitle } from '../parts/use-title.ts'
import { FilterBar } from './filter-bar.tsx'
import { apiQuery, isFiltered } from './filters.ts'
import { ListBody } from './list-body.tsx'
import { search } from './search.ts'
import { useFindings } from './use-findings.ts'

export function ListPage({ query }: { readonly query: URLSearchParams }) {
  useTitle('Findings')
  const findings = useFindings(apiQuery(query))
  const { answer: causes } = useAnswer((signal) => api.causes(signal), [])
  const question = query.get('q') ?? ''
  const shown = useMemo(() => search(findings.items, question), [findings.items, question])
  const { more, items, loadMore, error } = findings
  // A search goes through everything, not through what happens to be loaded.
  useEffect(() => {
    if (question !== '' && more && !error) loadMore(true)
  }, [question, more, items, error, loadMore])
  return (
    <>
      <h1>Findings</h1>
      <FilterBar
        query={query}
        findings={items}
        codes={causes.state === 'there' ? causes.value.causes.map(({ code }) => code) : []}
      />
      {findings.state === 'there' && <StaleNote error={error} retry={findings.refresh} />}
      <ListBody findings={findings} shown={shown} filtered={isFiltered(query)} />
    </>
  )
}
