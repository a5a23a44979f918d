/** What we remember of a problem: the finding as last seen, and its life. */
import type { Change } from '../events/change.ts'
import type { Finding, Severity } from './finding.ts'
import type { ObjectPointer } from './object-store.ts'

type FindingStatus = 'open' | 'resolved'

/** What happened to a finding that people should hear about. */
export type ChangeKind = 'opened' | 'reopened' | 'resolved' | 'changed' | 'attributed'

export interface Suppression {
  /** ISO 8601. */
  readonly until: string
  readonly reason: string
  /** Who wants it: an ARN or an e-mail address; absent where nobody had to say. */
  readonly by?: string
}

/** What is left out here of a finding that does not fit into an item: kept and total number per list. */
export type Truncation = { readonly [list: string]: { readonly kept: number; readonly total: number } }

export interface FindingRecord {
  readonly finding: Finding
  readonly status: FindingStatus
  /** ISO 8601, as are all moments here; those of AWS's answers, not of our clock. */
  readonly firstSeen: string
  readonly lastSeen: string
  /** When it last went from "not there" to "there". */
  readonly openedAt: string
  /** When an audit of its subject no longer found it. */
  readonly resolvedAt?: string | undefined
  /** How many times it opened. */
  readonly occurrences: number
  /** Grows by one with each change that people should hear about. */
  readonly version: number
  readonly changeKind: ChangeKind
  readonly changedAt: string
  /** The order of the newest observation that this record knows; older ones cannot turn it back. */
  readonly order: string
  /** The order of the newest observation that saw the problem. */
  readonly seenOrder: string
  /** The newest observation came from a replayed event: nobody is told. */
  readonly replayed: boolean
  /** The last change of the component at fault before the problem opened. */
  readonly changedBy?: Change | undefined
  readonly suppression?: Suppression
  readonly truncated?: Truncation | undefined
  /** Of a large finding: the object that has all of it. */
  readonly whole?: ObjectPointer | undefined
  /** Why what was left out cannot be had. */
  readonly incomplete?: string | undefined
  /** Objects whose last days the next write begins, or begins again. */
  readonly toRetire?: readonly string[] | undefined
}

export interface FindingChange {
  readonly kind: ChangeKind
  readonly record: FindingRecord
  /** Absent when the problem was not known before. */
  readonly previous?: FindingRecord
}

/** One line of a finding's history. */
export interface HistoryEntry {
  readonly findingId: string
  readonly version: number
  readonly kind: ChangeKind
  readonly at: string
  readonly status: FindingStatus
  readonly severity: Severity
  readonly code: string
  readonly title: string
  readonly replayed: boolean
  /** Who changed the component at fault, once known. */
  readonly changedBy?: string | undefined
}

/** A finding in a list: enough for one line. */
export interface FindingSummary {
  readonly id: string
  readonly status: FindingStatus | 'suppressed'
  readonly severity: Severity
  readonly code: string
  readonly title: string
  readonly subjectKind: string
  readonly subjectName: string
  readonly subjectArn: string
  readonly accountId: string
  readonly region: string
  readonly firstSeen: string
  readonly lastSeen: string
  readonly openedAt: string
  readonly resolvedAt?: string
  readonly occurrences: number
  readonly version: number
  readonly suppressedUntil?: string
  readonly suppressedReason?: string
}

export const isSuppressed = ({ suppression }: FindingRecord, now: string): boolean =>
  suppression !== undefined && suppression.until > now
