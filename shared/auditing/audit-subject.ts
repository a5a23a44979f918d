/** One subject: asked of AWS, audited, remembered, and as far as it is known with who changed what broke. */

import type { audit, objectsOf } from '../audit.ts'
import type { HandledEvents } from '../events/handled.ts'
import type { Trigger } from '../events/index.ts'
import type { AuditResult, Subject } from '../findings/finding.ts'
import type { PathObjects } from '../findings/path-objects.ts'
import type { FindingChange } from '../findings/record.ts'
import type { FindingStore } from '../findings/store.ts'
import type { Selection } from '../selection.ts'
import { placeOf } from '../snapshot/references.ts'
import type { Place, Snapshot } from '../snapshot/types.ts'
import { attributeFindings, type LastChange } from './attribute.ts'
import { auditOfGone } from './gone.ts'
import { unansweredIn } from './unanswered.ts'

export interface AuditPorts {
  /** Asks AWS for what the paths of these subjects can touch. */
  readonly collect: (selection: Selection, place: Place) => Promise<Snapshot>
  readonly audit: typeof audit
  readonly objectsOf: typeof objectsOf
  readonly store: FindingStore
  readonly pathObjects: PathObjects
  readonly lastChange: LastChange
  readonly handled: HandledEvents
  readonly now: () => Date
}

export interface SubjectAudit {
  /** One target group, service or task. */
  readonly selection: Selection
  readonly result: AuditResult
  readonly changes: readonly FindingChange[]
  /** Findings of which it became known who changed the component at fault. */
  readonly attributed: number
  readonly milliseconds: number
  /** Operations that AWS did not answer for now: the same audit may tell more in a moment. */
  readonly unanswered: readonly string[]
}

export async function auditSubject(
  ports: AuditPorts,
  selection: Selection,
  trigger: Trigger,
): Promise<SubjectAudit> {
  const started = ports.now().getTime()
  const { result, observedAt, objects, unanswered } = await look(ports, selection, trigger)
  const changes = await ports.store.recordAudit({
    result,
    observedAt,
    tieBreaker: trigger.key,
    replayed: trigger.replayed,
  })
  const attributed = await attributeFindings(ports, result.findings, trigger)
  const subject = mainSubject(selection, result)
  if (subject && objects) await ports.pathObjects.keep(subject, objects)
  const milliseconds = ports.now().getTime() - started
  return { selection, result, changes, attributed, milliseconds, unanswered }
}

interface Look {
  readonly result: AuditResult
  /** When AWS was asked, not when the event was sent: a late event sees the present. */
  readonly observedAt: string
  /** What the subject rests on; absent when it is gone. */
  readonly objects?: readonly string[]
  readonly unanswered: readonly string[]
}

async function look(ports: AuditPorts, selection: Selection, trigger: Trigger): Promise<Look> {
  const observedAt = ports.now().toISOString()
  const place = placeIn(selection, trigger)
  try {
    const snapshot = await ports.collect(selection, place)
    return {
      result: ports.audit(snapshot, selection),
      observedAt: snapshot.collectedAt,
      objects: ports.objectsOf(snapshot, selection),
      unanswered: unansweredIn(snapshot),
    }
  } catch (error) {
    const result = auditOfGone(error, selection, place)
    if (result) return { result, observedAt, unanswered: [] }
    throw error
  }
}

/**
 * Where the subject is, as its ARN says: what it rests on may be changed in another account (a peer), or in another
 * Region (IAM's events are told in one). Asked elsewhere, AWS would say that it is gone.
 */
function placeIn({ targetGroups, services, tasks }: Selection, { accountId, region }: Trigger): Place {
  const arn = [...targetGroups, ...services, ...tasks].find((name) => name.startsWith('arn:'))
  return arn === undefined ? { accountId, region } : placeOf(arn)
}

/** A task is gone soon: nothing is kept of what it rests on. */
function mainSubject({ targetGroups, services }: Selection, { audited }: AuditResult): Subject | undefined {
  const kind = targetGroups.length > 0 ? 'target-group' : services.length > 0 ? 'ecs-service' : undefined
  return audited.find(({ subject }) => subject.kind === kind)?.subject
}
