/** Structured logs, and metrics in CloudWatch's embedded metric format. Powertools' own variables configure both. */
import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics } from '@aws-lambda-powertools/metrics'

const NAMESPACE = 'HealthCheckAuditor'

export interface Telemetry {
  readonly logger: Logger
  readonly metrics: Metrics
}

export const createTelemetry = (serviceName: string): Telemetry => ({
  logger: new Logger({ serviceName }),
  metrics: new Metrics({ namespace: NAMESPACE, serviceName }),
})
