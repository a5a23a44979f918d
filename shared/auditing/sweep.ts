/** One whole Region: asked once, audited, remembered. It finds what no event tells: blind spots, and what was missed. */
import pLimit from 'p-limit'
import type { audit, objectsOfAll, RestingSubject } from '../audit.ts'
import type { PathObjects } from '../findings/path-objects.ts'
import type { FindingStore } from '../findings/store.ts'
import { everything } from '../selection.ts'
import type { Place, Snapshot } from '../snapshot/types.ts'

export interface SweepPorts {
  readonly collect: (place: Place) => Promise<Snapshot>
  readonly audit: typeof audit
  readonly objectsOfAll: typeof objectsOfAll
  readonly store: Pick<FindingStore, 'recordAudit'>
  readonly pathObjects: Pick<PathObjects, 'keep'>
  readonly now: () => Date
}

export interface SweepSummary extends Place {
  readonly subjects: number
  /** Subjects about which something was not told. */
  readonly undecided: number
  readonly findings: number
  readonly changes: number
  readonly milliseconds: number
}

const KEPT_AT_ONCE = 5

/** Repeating it is harmless. */
export async function sweep(ports: SweepPorts, { accountId, region }: Place): Promise<SweepSummary> {
  const started = ports.now().getTime()
  const snapshot = await ports.collect({ accountId, region })
  const result = ports.audit(snapshot, everything)
  const changes = await ports.store.recordAudit({
    result,
    observedAt: snapshot.collectedAt,
    tieBreaker: `sweep#${accountId}#${region}`,
    replayed: false,
  })
  const limit = pLimit(KEPT_AT_ONCE)
  const keep = ({ subject, objects }: RestingSubject) => ports.pathObjects.keep(subject, objects)
  await Promise.all(ports.objectsOfAll(snapshot).map((one) => limit(keep, one)))
  return {
    accountId,
    region,
    subjects: result.audited.length,
    undecided: result.audited.filter(({ decided }) => !decided).length,
    findings: result.findings.length,
    changes: changes.length,
    milliseconds: ports.now().getTime() - started,
  }
}
