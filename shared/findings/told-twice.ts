import type { Incident } from '../diagnosis/incident.ts'
import type { Finding } from './finding.ts'

interface Audited {
  readonly incident: Incident
  readonly finding: Finding | undefined
}

/** What a service's finding says is already said by the finding of the target group in front of it; a blind spot says less. */
export function toldTwice(finding: Finding, audits: readonly Audited[]): boolean {
  if (finding.subject.kind !== 'ecs-service') return false
  return audits.some(({ incident, finding: other }) => {
    if (other?.subject.kind !== 'target-group' || !incident.services.known) return false
    if (other.severity === 'low' && finding.severity !== 'low') return false
    const behind = incident.services.value.some(({ service }) => service.serviceArn === finding.subject.arn)
    const codes = [other.rootCause, ...other.otherCauses].map(({ code }) => code)
    return behind && (codes.includes(finding.rootCause.code) || finding.rootCause.code === 'undetermined')
  })
}
