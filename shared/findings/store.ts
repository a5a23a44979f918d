/** The port of the findings store: what the product wants to remember, not how. */
import type { Change } from '../events/change.ts'
import type { AuditResult, Severity } from './finding.ts'
import type { FindingChange, FindingRecord, FindingSummary, HistoryEntry, Suppression } from './record.ts'

export interface ObservedAudit {
  readonly result: AuditResult
  /** ISO 8601: when AWS was asked. Late, repeated and concurrent audits are put in this order. */
  readonly observedAt: string
  /** Orders two audits of the same millisecond; equal for repetitions of one and the same. */
  readonly tieBreaker: string
  readonly replayed: boolean
}

export interface FindingFilter {
  readonly status?: 'open' | 'resolved' | 'suppressed'
  readonly code?: string
  /** An ARN, or a name. */
  readonly subject?: string
  readonly severity?: Severity
  readonly accountId?: string
  readonly region?: string
  /** ISO 8601: seen at or after. */
  readonly since?: string
  /** ISO 8601: first seen at or before. With `since`: there at some time in between. */
  readonly until?: string
}

export interface Page<T> {
  readonly items: readonly T[]
  /** Where the next page begins; absent on the last. Opaque. */
  readonly cursor?: string
}

export interface PageRequest {
  readonly limit: number
  readonly cursor?: string
}

export interface FindingStore {
  /** Opens, reopens, changes and resolves what an audit decided about its subjects. Repeating it is harmless. */
  readonly recordAudit: (audit: ObservedAudit) => Promise<readonly FindingChange[]>
  /** All of it: a large finding is joined with what the object store has of it. */
  readonly get: (id: string) => Promise<FindingRecord | undefined>
  /** Its life, and of a large finding what messages need; never asks the object store. */
  readonly head: (id: string) => Promise<FindingRecord | undefined>
  /** Open findings first, then the resolved, each with the last seen first (within a subject: by id). */
  readonly list: (filter: FindingFilter, page: PageRequest) => Promise<Page<FindingSummary>>
  /** Latest change first. */
  readonly history: (id: string, page: PageRequest) => Promise<Page<HistoryEntry>>
  /** Who changed the component at fault; without effect where that cannot have caused it, or is known. */
  readonly attribute: (id: string, change: Change) => Promise<FindingRecord | undefined>
  /** Nobody is told until then. @returns undefined when there is no such finding */
  readonly suppress: (id: string, suppression: Suppression) => Promise<FindingRecord | undefined>
  /** People are told again. Harmless where nothing was suppressed. @returns undefined when there is no such finding */
  readonly liftSuppression: (id: string) => Promise<FindingRecord | undefined>
}
