/** Our own event "Target Health Changed", written by watch-target-health and read by audit-target-health. */
import * as z from 'zod'
import { type EventKind, isoMoment, origin } from './envelope.ts'
import type { TargetHealthChanged } from './trigger.ts'

export const TARGET_HEALTH_SOURCE = 'health-check-auditor'
export const TARGET_HEALTH_CHANGED = 'Target Health Changed'

const targetState = z.object({ state: z.string(), reason: z.string().optional() })

const detailSchema = z.object({
  account: z.string().regex(/^\d{12}$/, 'not a 12-digit account id'),
  region: z.string().min(1),
  targetGroupArn: z.string().startsWith('arn:'),
  loadBalancerArns: z.array(z.string()),
  changes: z.array(
    z.object({
      targetId: z.string(),
      port: z.number().int().optional(),
      from: targetState,
      to: targetState.extend({ description: z.string().optional() }),
    }),
  ),
  observedAt: z.iso.datetime({ offset: true }),
})

export type TargetHealthChangedDetail = z.infer<typeof detailSchema>

export const targetHealthChangedDetail = (
  changed: TargetHealthChanged,
  where: { readonly accountId: string; readonly region: string },
  observedAt: string,
): TargetHealthChangedDetail => ({
  account: where.accountId,
  region: where.region,
  targetGroupArn: changed.targetGroupArn,
  loadBalancerArns: [...changed.loadBalancerArns],
  changes: [...changed.changes],
  observedAt,
})

export const targetHealthChanged: EventKind = {
  source: TARGET_HEALTH_SOURCE,
  detailType: TARGET_HEALTH_CHANGED,
  parse(envelope) {
    const { account, region, observedAt, ...changed } = detailSchema.parse(envelope.detail)
    return {
      ...origin(envelope),
      ...changed,
      kind: 'target-health',
      key: `target-health#${changed.targetGroupArn}#${isoMoment(observedAt)}#${fingerprint(changed)}`,
      accountId: account,
      region,
      observedAt: isoMoment(observedAt),
    }
  },
}

/** Several events may speak of one group and moment: many changes are told in parts. */
const fingerprint = ({ changes }: TargetHealthChanged): string => {
  const first = changes[0]
  return first
    ? `${first.targetId}:${first.port ?? '-'}#${first.to.state}#${first.to.reason ?? '-'}`
    : 'again'
}
