/** A step of the sweep's state machine (an account and Region) -> audit of everything in it -> findings. */
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware'
import { MetricUnit } from '@aws-lambda-powertools/metrics'
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware'
import middy from '@middy/core'
import * as z from 'zod'
import { audit, objectsOfAll } from '../shared/audit.ts'
import { recordingStore } from '../shared/auditing/recording-store.ts'
import { type SweepPorts, type SweepSummary, sweep } from '../shared/auditing/sweep.ts'
import { lazily, requiredSetting } from '../shared/environment.ts'
import { connectTable } from '../shared/findings/connect.ts'
import { dynamodbPathObjects } from '../shared/findings/dynamodb-path-objects.ts'
import { placesSettings } from '../shared/places-settings.ts'
import { clientsByPlace, collectRegion } from '../shared/snapshot/collect/index.ts'
import { createTelemetry } from '../shared/telemetry.ts'

const placeSchema = z.object({
  accountId: z.string().regex(/^\d{12}$/, 'not a 12-digit account id'),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'not a Region'),
})

export function createHandler(ports: SweepPorts) {
  const { logger, metrics } = createTelemetry('sweep-region')
  return middy<unknown, SweepSummary>()
    .use(injectLambdaContext(logger))
    .use(logMetrics(metrics))
    .handler(async (event) => {
      const summary = await sweep(ports, placeSchema.parse(event))
      metrics.addMetric('Sweeps', MetricUnit.Count, 1)
      metrics.addMetric('SweepDuration', MetricUnit.Milliseconds, summary.milliseconds)
      metrics.addMetric('SubjectsSwept', MetricUnit.Count, summary.subjects)
      metrics.addMetric('FindingChanges', MetricUnit.Count, summary.changes)
      logger.info('swept', { ...summary })
      return summary
    })
}

export const handler = lazily(() => {
  const now = () => new Date()
  const table = connectTable(requiredSetting('FINDINGS_TABLE'))
  const clients = clientsByPlace(placesSettings())
  return createHandler({
    collect: (place) => collectRegion(clients(place)),
    audit,
    objectsOfAll,
    store: recordingStore(table, now),
    pathObjects: dynamodbPathObjects(table, now),
    now,
  })
})
