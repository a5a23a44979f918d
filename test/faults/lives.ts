/** The life of every finding as its history tells it, and what people must have heard of it. */
import { dynamodbStore } from '../../shared/findings/dynamodb-store.ts'
import type { FindingRecord, HistoryEntry } from '../../shared/findings/record.ts'
import type { Outcome } from './soak.ts'

export interface Life {
  readonly record: FindingRecord
  /** Oldest first. */
  readonly history: readonly HistoryEntry[]
}

/** From where it opened to where it was over. */
export interface Episode {
  readonly findingId: string
  readonly opened: HistoryEntry
  readonly versions: readonly HistoryEntry[]
  readonly resolved: HistoryEntry | undefined
}

export async function livesOf({ table, objects, clock }: Outcome): Promise<readonly Life[]> {
  const store = dynamodbStore(table, { now: () => new Date(clock.now()), objects })
  const lives: Life[] = []
  let cursor: string | undefined
  do {
    const page = await store.list({}, { limit: 1000, ...(cursor !== undefined && { cursor }) })
    for (const { id } of page.items) {
      const record = await store.get(id)
      const { items } = await store.history(id, { limit: 1000 })
      if (record) lives.push({ record, history: [...items].reverse() })
    }
    cursor = page.cursor
  } while (cursor !== undefined)
  return lives
}

export function episodesOf({ record, history }: Life): readonly Episode[] {
  const openings = history.filter(
    ({ kind, status }, index) => opens(kind) || (index === 0 && status === 'open'),
  )
  return openings.map((opened, index) => {
    const end = openings[index + 1]?.version ?? Infinity
    const versions = history.filter(({ version }) => version >= opened.version && version < end)
    const resolved = versions.find(({ status }) => status === 'resolved')
    return { findingId: record.finding.id, opened, versions, resolved }
  })
}

const opens = (kind: HistoryEntry['kind']): boolean => kind === 'opened' || kind === 'reopened'

/** Findings of no weight are told to nobody. */
export const isWorthTelling = ({ versions }: Episode): boolean =>
  versions.some(({ severity, status }) => severity !== 'info' && status === 'open')
