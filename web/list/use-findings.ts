/** The findings of the chosen filters: pages by cursor, and the newest state of them every few seconds. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { FindingSummary, FindingsPage } from '../../shared/api/documents.ts'
import { api } from '../api/client.ts'
import { REFRESH_EVERY, useEvery } from '../parts/use-every.ts'

const PAGE = 100
/** The most that the API gives at once. */
const MOST = 1000

export interface Findings {
  readonly state: 'loading' | 'there' | 'failed'
  readonly items: readonly FindingSummary[]
  readonly more: boolean
  readonly error?: Error
  /** When the newest answer came. */
  readonly asOf?: Date
  /** @param all by large pages, for a search through everything */
  readonly loadMore: (all?: boolean) => void
  readonly refresh: () => void
}

interface Loaded {
  readonly key: string
  readonly items: readonly FindingSummary[]
  readonly cursor?: string | undefined
  readonly error?: Error
  readonly asOf?: Date
}

export function useFindings(filters: URLSearchParams): Findings {
  const key = filters.toString()
  const [loaded, setLoaded] = useState<Loaded>({ key: '', items: [] })
  const busy = useRef(false)
  const latest = useRef(loaded)
  latest.current = loaded

  const ask = useCallback(
    async (
      paging: Readonly<Record<string, string>>,
      take: (before: Loaded, page: FindingsPage) => Loaded,
    ) => {
      if (busy.current) return
      busy.current = true
      try {
        const page = await api.findings(
          new URLSearchParams([...new URLSearchParams(key), ...Object.entries(paging)]),
        )
        setLoaded((before) => (before.key === key ? take(before, page) : before))
      } catch (error) {
        setLoaded((before) => (before.key === key ? { ...before, error: error as Error } : before))
      } finally {
        busy.current = false
      }
    },
    [key],
  )
  const refresh = useCallback(() => {
    const limit = Math.min(MOST, Math.max(PAGE, latest.current.items.length))
    ask({ limit: `${limit}` }, refreshed)
  }, [ask])
  const loadMore = useCallback(
    (all = false) => {
      const { cursor } = latest.current
      if (cursor !== undefined) ask({ limit: `${all ? MOST : PAGE}`, cursor }, appended)
    },
    [ask],
  )

  useEffect(() => {
    busy.current = false
    const empty: Loaded = { key, items: [] }
    latest.current = empty
    setLoaded(empty)
    refresh()
  }, [key, refresh])
  useEvery(REFRESH_EVERY, refresh)

  const current = loaded.key === key ? loaded : { key, items: [] }
  return { ...current, state: stateOf(current), more: loadedMore(current), loadMore, refresh }
}

const loadedMore = ({ cursor }: Loaded): boolean => cursor !== undefined

const stateOf = ({ asOf, error }: Loaded): Findings['state'] => {
  if (asOf) return 'there'
  return error ? 'failed' : 'loading'
}

/** What lies beyond the part that was asked again stays as it was. */
function refreshed(before: Loaded, { findings, cursor }: FindingsPage): Loaded {
  const { key } = before
  if (cursor === undefined || before.items.length <= findings.length)
    return { key, items: findings, cursor, asOf: new Date() }
  const seen = new Set(findings.map(({ id }) => id))
  const rest = before.items.slice(findings.length).filter(({ id }) => !seen.has(id))
  return { key, items: [...findings, ...rest], cursor: before.cursor, asOf: new Date() }
}

/** Something that changed in between may stand on two pages. */
function appended({ key, items, asOf = new Date() }: Loaded, { findings, cursor }: FindingsPage): Loaded {
  const seen = new Set(items.map(({ id }) => id))
  return { key, items: [...items, ...findings.filter(({ id }) => !seen.has(id))], cursor, asOf }
}
