/** The filters of the list: the API's own names, so that the address of the page is the question. */
import { type Severity, severities } from '../../shared/findings/finding.ts'

export const severityNames: readonly Severity[] = severities
export const statusNames = ['open', 'suppressed', 'resolved'] as const

/** What the API filters by; `q` is looked for in what it answers. */
const API_FILTERS = ['status', 'severity', 'code', 'subject', 'account', 'region', 'since', 'until'] as const

export type FilterName = (typeof API_FILTERS)[number] | 'q'

/** @returns what to ask the API, without what is not set */
export function apiQuery(query: URLSearchParams): URLSearchParams {
  const given = API_FILTERS.flatMap((name) => {
    const value = query.get(name)
    return value ? [[name, value]] : []
  })
  return new URLSearchParams(given)
}

/** @returns the address of the list with one filter set, or taken away */
export function withFilter(query: URLSearchParams, name: FilterName, value: string): string {
  const next = new URLSearchParams(query)
  if (value === '') next.delete(name)
  else next.set(name, value)
  return listPath(next)
}

export const listPath = (query: URLSearchParams): string =>
  query.size === 0 ? '/findings' : `/findings?${query}`

export const isFiltered = (query: URLSearchParams): boolean =>
  apiQuery(query).size > 0 || Boolean(query.get('q'))
