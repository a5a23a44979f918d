/** The findings store of the functions that audit, from their environment. */
import { MetricUnit } from '@aws-lambda-powertools/metrics'
import { numberSetting, requiredSetting } from '../environment.ts'
import { connectObjects } from '../findings/connect-objects.ts'
import { dynamodbStore } from '../findings/dynamodb-store.ts'
import type { ItemTable } from '../findings/item-table.ts'
import { HISTORY_DAYS } from '../findings/retention.ts'
import type { FindingStore } from '../findings/store.ts'
import { createTelemetry } from '../telemetry.ts'

/** Its log and metrics are the store's own, whichever function it works for: one alarm does for all. */
const SERVICE = 'findings-store'

export function recordingStore(table: ItemTable, now: () => Date): FindingStore {
  const { logger, metrics } = createTelemetry(SERVICE)
  return dynamodbStore(table, {
    now,
    historyDays: numberSetting('HISTORY_DAYS', HISTORY_DAYS),
    objects: connectObjects(requiredSetting('FINDINGS_BUCKET')),
    onProblem(problem) {
      logger.error('a large finding is not stored whole', problem)
      metrics.singleMetric().addMetric('ObjectsRefused', MetricUnit.Count, 1)
    },
  })
}
