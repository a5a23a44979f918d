/** A small recorded incident: the oven's target group is sick, then well again. */
import type { Incident } from '../../../cli/local/incidents.ts'
import type { audit } from '../../../shared/audit.ts'
import type { Snapshot } from '../../../shared/snapshot/types.ts'
import { ovenArn, scheduledTick, targetHealthEvent } from '../../shared/events/bakery-events.ts'
import { auditOf, checkoutFinding, targetGroup } from '../../shared/findings/checkout.ts'

const oven = { ...targetGroup('oven'), arn: ovenArn }
export const ovenFinding = checkoutFinding({ subject: oven })

const snapshotAt = (collectedAt: string, state: string): Snapshot => ({
  schemaVersion: '1',
  collectedAt,
  scopes: [
    {
      accountId: '111122223333',
      region: 'ap-northeast-1',
      coverage: 'region',
      responses: {
        'elasticloadbalancing:DescribeTargetGroups': {
          TargetGroups: [{ TargetGroupArn: ovenArn, TargetGroupName: 'oven', LoadBalancerArns: [] }],
        },
        'elasticloadbalancing:DescribeTargetHealth': {
          [ovenArn]: {
            TargetHealthDescriptions: [
              { Target: { Id: '10.0.1.15', Port: 8000 }, TargetHealth: { State: state } },
            ],
          },
        },
      },
      errors: {},
    },
  ],
})

const incident = (name: string, snapshot: Snapshot, event: unknown): Incident => ({
  name,
  title: 'The oven is cold',
  description: 'No health check reaches it.',
  snapshot,
  event,
})

export const sick = incident('01-cold', snapshotAt('2026-11-20T03:12:34Z', 'unhealthy'), targetHealthEvent())
export const well = incident(
  '02-warm',
  snapshotAt('2026-11-20T04:00:00Z', 'healthy'),
  targetHealthEvent('2026-11-20T03:59:00Z'),
)

export const sickAgain = incident(
  '03-cold-again',
  snapshotAt('2026-11-20T05:00:00Z', 'unhealthy'),
  targetHealthEvent('2026-11-20T04:59:00Z'),
)

/** The same, seen by the watcher instead of told by an event. */
export const sickWatched = { ...sick, event: scheduledTick }
export const wellWatched = { ...well, event: scheduledTick }

/** An engine that finds the oven's trouble as long as its target is unhealthy. */
export const ovenAudit: typeof audit = ({ scopes }) => {
  const isSick = JSON.stringify(scopes).includes('"unhealthy"')
  return auditOf(isSick ? [ovenFinding] : [], true, oven)
}
