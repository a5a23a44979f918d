/** What a message says, as plain data: every channel renders the same. */
import type { Change } from '../events/change.ts'
import { worstFirst } from '../findings/bounded.ts'
import type {
  Confidence,
  Evidence,
  Finding,
  FindingTarget,
  Remediation,
  RuledOut,
  Severity,
  Subject,
  UnknownCause,
} from '../findings/finding.ts'
import type { ChangeKind, FindingRecord, Truncation } from '../findings/record.ts'
import type { Component, Explanation } from '../reachability/result.ts'
import { kindName } from '../render/names.ts'
import { cleaned } from './clean.ts'
import { durationText } from './duration.ts'

interface FurtherCause {
  readonly code: string
  readonly title: string
}

export interface Message {
  readonly kind: ChangeKind
  readonly findingId: string
  readonly version: number
  readonly severity: Severity
  /** One sentence with the subject's name. */
  readonly headline: string
  readonly code: string
  readonly confidence: Confidence
  readonly component: Component
  readonly subject: Subject
  readonly affected: readonly FindingTarget[]
  /** The path that shows the break, where the cause is on a path. */
  readonly path?: Explanation
  /** Further distinct paths that the finding has. */
  readonly morePaths: number
  readonly evidence: readonly Evidence[]
  readonly fixes: readonly Remediation[]
  readonly otherCauses: readonly FurtherCause[]
  readonly ruledOut: readonly RuledOut[]
  readonly unknown: readonly UnknownCause[]
  /** ISO 8601. */
  readonly since: string
  /** How many times the problem has opened. */
  readonly occurrences: number
  /** The last change of the component at fault before the problem opened, once known. */
  readonly changedBy?: Change
  /** For a problem that is over. */
  readonly over?: { readonly at: string; readonly lasted: string }
  /** Lists that are longer than what is here of them, for size. */
  readonly truncated?: Truncation | undefined
  /** Where the page is that shows findings and causes, without a slash at its end. */
  readonly pageUrl?: string | undefined
}

/**
 * @param kind what the reader is told has happened; not always the record's own last change: to somebody who
 * heard nothing yet, a change is an opening
 */
export function messageFor(
  record: FindingRecord,
  kind: ChangeKind = record.changeKind,
  pageUrl?: string | undefined,
): Message {
  const finding = cleaned(record.finding)
  const { id: findingId, subject, rootCause, paths, severity } = finding
  const [path] = worstFirst(paths)
  return {
    kind,
    findingId,
    version: record.version,
    severity,
    headline: headline(finding, kind),
    code: rootCause.code,
    confidence: rootCause.confidence,
    component: rootCause.component,
    subject,
    affected: finding.targets,
    ...(path && { path }),
    morePaths: Math.max(0, (record.truncated?.paths?.total ?? paths.length) - 1),
    evidence: rootCause.evidence,
    fixes: finding.remediation,
    otherCauses: finding.otherCauses.map(({ code, title }) => ({ code, title })),
    ruledOut: finding.ruledOut,
    unknown: finding.unknown,
    since: record.openedAt,
    occurrences: record.occurrences,
    ...(record.changedBy && { changedBy: cleaned(record.changedBy) }),
    ...(kind === 'resolved' && { over: overAt(record) }),
    truncated: record.truncated,
    pageUrl,
  }
}

/** "Resolved" says that this problem is over, not that the subject is well: it may have another one. */
function headline({ subject, rootCause }: Finding, kind: ChangeKind): string {
  const name = `${kindName(subject.kind)} ${subject.name}`
  return kind === 'resolved' ? `${name}: resolved. It was: ${rootCause.title}` : `${name}: ${rootCause.title}`
}

function overAt({ openedAt, resolvedAt, changedAt }: FindingRecord) {
  const at = resolvedAt ?? changedAt
  return { at, lasted: durationText(Date.parse(at) - Date.parse(openedAt)) }
}
