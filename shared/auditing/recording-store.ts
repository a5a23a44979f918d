/** The findings store of the functions that audit, from their environment. */
import { MetricUnit } from '@aws-lambda-powertools/metrics'
import { numberSetting, requiredSetting } from '../environment.ts'
import { connectObjects } from '../findings/connect-objects.ts'
import { dynamodbStore } from '../findings/dynamodb-store.ts'
import type { ItemTable } from '../findings/item-table.ts'
import { HISTORY_DAYS } from '../findings/retention.ts'
import type { FindingStore } from '../findings/store.ts'
import { createTelemetry } from '../telemetry.ts'

/** @param service whose log and metrics tell what the object store refused */
export function recordingStore(table: ItemTable, now: () => Date, service: string): FindingStore {
  const { logger, metrics } = createTelemetry(service)
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
