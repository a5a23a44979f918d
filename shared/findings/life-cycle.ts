/**
 * The life of a finding, as a pure function of what was known and what was observed. Observations carry an
 * order; whatever sequence they arrive in, status, content, firstSeen and lastSeen end up the same.
 */
import type { Change } from '../events/change.ts'
import type { Finding } from './finding.ts'
import type { ChangeKind, FindingRecord } from './record.ts'
import type { SizedFinding } from './whole-finding.ts'

export interface Moment {
  /** ISO 8601 in UTC with milliseconds. */
  readonly at: string
  /** `at` and a tie-breaker: sorts as text. */
  readonly order: string
  readonly replayed: boolean
}

export type Observation = Moment &
  (({ readonly sees: 'problem' } & SizedFinding) | { readonly sees: 'nothing' })

/** The moment's order: by time, and by the tie-breaker where two observations fall on one millisecond. */
export const momentOf = (at: string, tieBreaker: string, replayed: boolean): Moment => {
  const iso = new Date(at).toISOString()
  return { at: iso, order: `${iso}#${tieBreaker}`, replayed }
}

/** @returns the new record; the very same object when the observation tells nothing new */
function observe(known: FindingRecord | undefined, seen: Observation): FindingRecord | undefined {
  if (seen.sees === 'problem') return known ? seeAgain(known, seen) : open(seen)
  if (!known || known.status === 'resolved' || seen.order <= known.order) return known
  return change(known, seen, 'resolved', { status: 'resolved', resolvedAt: seen.at })
}

/**
 * Several observations in one step, as when a sight arrives after the audit that no longer had it: people hear
 * of the outcome, not of what came in between.
 */
export function observeAll(
  known: FindingRecord | undefined,
  observations: readonly Observation[],
): FindingRecord | undefined {
  const after = observations.reduce(observe, known)
  const before = known?.version ?? 0
  if (!after || after.version <= before + 1) return after
  if (known?.status !== after.status) return { ...after, version: before + 1 }
  const { version, changeKind, changedAt, resolvedAt } = known
  return { ...after, version, changeKind, changedAt, resolvedAt }
}

type Sighting = Extract<Observation, { sees: 'problem' }>

/** All of it is of one sight: also what an earlier one had to leave out. The same content needs no other object. */
function contentOf({ finding, truncated, whole }: Sighting, known?: FindingRecord) {
  const isSame =
    known?.whole?.sha256 === whole?.pointer.sha256 && known?.whole?.bucket === whole?.pointer.bucket
  return { finding, truncated, whole: isSame ? known?.whole : whole?.pointer, incomplete: undefined }
}

const open = (seen: Sighting): FindingRecord => ({
  ...contentOf(seen),
  status: 'open',
  firstSeen: seen.at,
  lastSeen: seen.at,
  openedAt: seen.at,
  occurrences: 1,
  version: 1,
  changeKind: 'opened',
  changedAt: seen.at,
  order: seen.order,
  seenOrder: seen.order,
  replayed: seen.replayed,
})

function seeAgain(known: FindingRecord, seen: Sighting): FindingRecord {
  if (seen.order <= known.seenOrder)
    return seen.at < known.firstSeen ? { ...known, firstSeen: seen.at } : known
  const sight = { ...contentOf(seen, known), lastSeen: seen.at, seenOrder: seen.order }
  // Late, but the newest sight so far: the content is better known, the status is not touched.
  if (seen.order <= known.order) return { ...known, ...sight }
  if (known.status === 'resolved') return reopen(known, seen, sight)
  if (significant(known.finding) !== significant(seen.finding)) return change(known, seen, 'changed', sight)
  return { ...known, ...sight, order: seen.order, replayed: seen.replayed }
}

function reopen(known: FindingRecord, seen: Sighting, sight: Partial<FindingRecord>): FindingRecord {
  return change(known, seen, 'reopened', {
    ...sight,
    status: 'open',
    openedAt: seen.at,
    resolvedAt: undefined,
    changedBy: undefined,
    occurrences: known.occurrences + 1,
  })
}

const change = (
  known: FindingRecord,
  moment: Moment,
  kind: ChangeKind,
  changes: Partial<FindingRecord>,
): FindingRecord => ({
  ...known,
  ...changes,
  version: known.version + 1,
  changeKind: kind,
  changedAt: moment.at,
  order: moment.order,
  replayed: moment.replayed,
})

/**
 * Who changed the component at fault. Only what happened before the problem opened can have caused it, and of that the
 * last.
 * @returns the very same object when that tells nothing new
 */
export function attribute(known: FindingRecord, change: Change, at: string): FindingRecord {
  const { status, openedAt, changedBy } = known
  const tellsMore = changedBy === undefined || changedBy.at < change.at
  if (status !== 'open' || change.at > openedAt || !tellsMore) return known
  return { ...known, changedBy: change, version: known.version + 1, changeKind: 'attributed', changedAt: at }
}

/** What makes an open finding worth another message. Targets come and go with every deployment: not they. */
const significant = ({ severity, rootCause, otherCauses }: Finding): string =>
  JSON.stringify([severity, rootCause.confidence, [...new Set(otherCauses.map(({ code }) => code))].sort()])
