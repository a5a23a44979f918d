import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch'
import type { Construct } from 'constructs'
import { type AlarmSpec, alarms, unhealthyHostAlarms, unhealthyHostQuery } from '../alarms.ts'
import { areThere, expand, type Places } from './places.ts'

/** The alarms of ../alarms.ts. @param topicArn hears of each, and of its end */
export function addAlarms(scope: Construct, topicArn: string, places: Places): void {
  for (const [id, spec] of Object.entries(alarms))
    if (areThere(Object.values(spec.dimensions), places)) addAlarm(scope, id, spec, topicArn, places)
}

/** Nobody is told of these: EventBridge hands them to the auditor. */
export function addUnhealthyHostAlarms(scope: Construct): void {
  for (const [id, namespace] of Object.entries(unhealthyHostAlarms))
    new CfnAlarm(scope, id, {
      alarmDescription: `Target groups with unhealthy targets (${namespace}): the auditor looks at each at once`,
      metrics: [{ id: 'unhealthy', expression: unhealthyHostQuery(namespace), period: 60, returnData: true }],
      comparisonOperator: 'GreaterThanThreshold',
      threshold: 0,
      evaluationPeriods: 1,
      treatMissingData: 'notBreaching',
    })
}

export function addAlarm(
  scope: Construct,
  id: string,
  spec: AlarmSpec,
  topicArn: string | undefined,
  places: Places,
): void {
  new CfnAlarm(scope, id, {
    alarmDescription: spec.description,
    namespace: spec.namespace,
    metricName: spec.metric,
    dimensions: Object.entries(spec.dimensions).map(([name, value]) => ({
      name,
      value: expand(value, places),
    })),
    statistic: spec.statistic,
    period: 60 * spec.periodMinutes,
    comparisonOperator: 'GreaterThanThreshold',
    threshold: spec.threshold,
    datapointsToAlarm: spec.breaches,
    evaluationPeriods: spec.of,
    treatMissingData: spec.whenMissing,
    ...(topicArn !== undefined && { alarmActions: [topicArn], okActions: [topicArn] }),
  })
}
