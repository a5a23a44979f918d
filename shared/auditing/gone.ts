/** A subject that is not there any more has no problem: what was open for it is over. */
import type { AuditResult, Subject } from '../findings/finding.ts'
import type { Selection } from '../selection.ts'
import { placeOf } from '../snapshot/references.ts'
import type { Place } from '../snapshot/types.ts'

const NOT_FOUND: readonly string[] = [
  'TargetGroupNotFoundException',
  'ServiceNotFound',
  'ClusterNotFoundException',
  'TaskNotFound',
]

/**
 * @param error what collecting for the selection failed with
 * @returns undefined when it failed for another reason
 */
export function auditOfGone(error: unknown, selection: Selection, where: Place): AuditResult | undefined {
  if (!NOT_FOUND.includes((error as Error).name)) return undefined
  const subjects = [
    ...selection.targetGroups.map((arn) => subject('target-group', arn, arn.split('/')[1])),
    ...selection.services.map((name) => serviceSubject(name, where)),
    ...selection.tasks.map((arn) => subject('ecs-task', arn, arn.split('/').slice(-2).join('/'))),
  ]
  return { findings: [], audited: subjects.map((one) => ({ subject: one, decided: true })) }
}

function subject(kind: Subject['kind'], arn: string, name = arn): Subject {
  return { kind, arn, name, ...placeOf(arn) }
}

/** Named by its ARN, or as `CLUSTER/SERVICE`. */
function serviceSubject(name: string, { accountId, region }: Place): Subject {
  if (!name.startsWith('arn:'))
    return subject('ecs-service', `arn:aws:ecs:${region}:${accountId}:service/${name}`, name)
  return subject('ecs-service', name, name.split(':service/')[1])
}
