import { CfnArchive, EventBus } from 'aws-cdk-lib/aws-events'
import type { Construct } from 'constructs'
import { eventRules } from '../event-patterns.ts'

/** Long enough to find out that something was wrong with the audits, and to replay. */
const ARCHIVE_DAYS = 14

/** Our own bus. What passes over it is kept for a replay, which never tells anybody: docs/operate.md. */
export function addEventBus(scope: Construct): EventBus {
  const bus = new EventBus(scope, 'EventBus', { description: 'Changes of target health' })
  new CfnArchive(scope, 'EventArchive', {
    sourceArn: bus.eventBusArn,
    description: 'Changes of target health, for a replay',
    eventPattern: eventRules['target-health-changed'].pattern,
    retentionDays: ARCHIVE_DAYS,
  })
  return bus
}
