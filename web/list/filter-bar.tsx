import type { FindingSummary } from '../../shared/api/documents.ts'
import { goTo } from '../place.ts'
import { FilterField } from './filter-field.tsx'
import { useNarrow } from '../parts/use-narrow.ts'
import { type FilterName, isFiltered, listPath, severityNames, statusNames, withFilter } from './filters.ts'

interface FilterBarProps {
  readonly query: URLSearchParams
  /** What the loaded findings offer to filter by. */
  readonly findings: readonly FindingSummary[]
  readonly codes: readonly string[]
}

const further: readonly FilterName[] = ['code', 'subject', 'account', 'region', 'since', 'until']

const distinct = (values: readonly string[]): readonly string[] => [...new Set(values)].sort()

export function FilterBar({ query, findings, codes }: FilterBarProps) {
  const field = (name: FilterName) => ({
    name,
    value: query.get(name) ?? '',
    onChange: (value: string) => goTo(withFilter(query, name, value)),
  })
  const narrow = useNarrow()
  const times = ['1h', '12h', '24h', '7d', '30d']
  const setSearch = (value: string) => goTo(withFilter(query, 'q', value), 'replace')
  return (
    <search class="filters">
      <label class="field field-search" for="filter-q">
        <span>Search</span>
        <input
          id="filter-q"
          type="search"
          value={query.get('q') ?? ''}
          placeholder="title, subject, cause, id"
          onInput={(event) => setSearch(event.currentTarget.value)}
          autocomplete="off"
          spellcheck={false}
        />
      </label>
      <FilterField {...field('status')} label="Status" choices={statusNames} strict />
      <FilterField {...field('severity')} label="Severity" choices={severityNames} strict />
      <details class="further" open={!narrow || further.some((name) => query.has(name))}>
        <summary>More filters</summary>
        <div class="filters">
          <FilterField {...field('code')} label="Root cause" choices={codes} strict />
          <FilterField
            {...field('subject')}
            label="Subject"
            choices={distinct(findings.map((one) => one.subjectName))}
            placeholder="name or ARN"
          />
          <FilterField
            {...field('account')}
            label="Account"
            choices={distinct(findings.map((one) => one.accountId))}
            placeholder="12 digits"
          />
          <FilterField
            {...field('region')}
            label="Region"
            choices={distinct(findings.map((one) => one.region))}
            placeholder="eu-central-1"
          />
          <FilterField {...field('since')} label="Seen since" choices={times} placeholder="7d, or a day" />
          <FilterField
            {...field('until')}
            label="First seen until"
            choices={times}
            placeholder="12h, or a day"
          />
        </div>
      </details>
      {isFiltered(query) && (
        <button type="button" class="quiet" onClick={() => goTo(listPath(new URLSearchParams()))}>
          Clear filters
        </button>
      )}
    </search>
  )
}
