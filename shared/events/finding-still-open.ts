/**
 * Our own event "Finding Still Open", written by watch-target-health about services and tasks: a target group is looked
 * at again by its health. It asks for an audit, as ECS's own events do.
 */
import * as z from 'zod'
import { InputError } from '../input-error.ts'
import { placeOf } from '../snapshot/references.ts'
import { type EventKind, isoMoment, origin } from './envelope.ts'
import { TARGET_HEALTH_SOURCE } from './target-health-changed.ts'

export const FINDING_STILL_OPEN = 'Finding Still Open'

const detailSchema = z.object({
  account: z.string().regex(/^\d{12}$/, 'not a 12-digit account id'),
  region: z.string().min(1),
  /** A service's or a task's ARN. */
  subjectArn: z.string().startsWith('arn:'),
  observedAt: z.iso.datetime({ offset: true }),
})

export type StillOpenDetail = z.infer<typeof detailSchema>

export function stillOpenDetail(subjectArn: string, observedAt: string): StillOpenDetail {
  const { accountId: account, region } = placeOf(subjectArn)
  return { account, region, subjectArn, observedAt }
}

export const findingStillOpen: EventKind = {
  source: TARGET_HEALTH_SOURCE,
  detailType: FINDING_STILL_OPEN,
  parse(envelope) {
    const { account, region, subjectArn, observedAt } = detailSchema.parse(envelope.detail)
    const common = {
      ...origin(envelope),
      key: `still-open#${subjectArn}#${isoMoment(observedAt)}`,
      ...{ accountId: account, region, observedAt: isoMoment(observedAt) },
    }
    if (subjectArn.includes(':service/'))
      return { ...common, kind: 'ecs-service', serviceArn: subjectArn, eventName: FINDING_STILL_OPEN }
    if (!subjectArn.includes(':task/'))
      throw new InputError(`event ${FINDING_STILL_OPEN}: ${subjectArn} is no ECS service and no task`)
    const clusterArn = subjectArn.replace(':task/', ':cluster/').replace(/\/[^/]+$/, '')
    return { ...common, kind: 'ecs-task', taskArn: subjectArn, clusterArn, lastStatus: FINDING_STILL_OPEN }
  },
}
