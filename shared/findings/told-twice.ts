import type { Incident } from '../diagnosis/incident.ts'
import type { RankedCause } from '../diagnosis/ranking.ts'
import type { Finding } from './finding.ts'

interface Audited {
  readonly incident: Incident
  readonly finding: Finding | undefined
  /** Those that the finding tells, its root cause first, unless that could not be told. */
  readonly causes: readonly RankedCause[]
}

/** What a service's finding says is already said by the finding of the target group in front of it; a blind spot says less. */
export function toldTwice(
  { incident: { subject }, finding, causes }: Audited,
  audits: readonly Audited[],
): boolean {
  if (!finding || subject.kind !== 'ecs-service') return false
  return audits.some(({ incident, finding: other, causes: told }) => {
    if (other?.subject.kind !== 'target-group' || !incident.services.known) return false
    if (other.severity === 'low' && finding.severity !== 'low') return false
    const behind = incident.services.value.some(({ service }) => service.serviceArn === subject.arn)
    return behind && (finding.rootCause.code === 'undetermined' || told.some((one) => isSame(one, causes[0])))
  })
}

/** An ACL may stop checks, and elsewhere tasks that start: one code, and two stories. */
const isSame = (one: RankedCause, other: RankedCause | undefined): boolean =>
  one.code === other?.code && one.class === other.class
