/** How each kind of trigger invokes its function. The names are those that SAM makes of template.yaml. */
import { Duration } from 'aws-cdk-lib'
import type { Table } from 'aws-cdk-lib/aws-dynamodb'
import { CfnRule } from 'aws-cdk-lib/aws-events'
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import {
  EventSourceMapping,
  FilterCriteria,
  type Function as LambdaFunction,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'

/** A few at a time, so that one incident cannot use up the API calls that AWS grants to the account. */
export const addQueueTrigger = (
  scope: Construct,
  id: string,
  target: LambdaFunction,
  queue: Queue,
  maxConcurrency: number,
): EventSourceMapping =>
  new EventSourceMapping(scope, `${id}FunctionQueue`, {
    target,
    eventSourceArn: queue.queueArn,
    batchSize: 10,
    // A burst of events of one target group arrives together and is one audit.
    maxBatchingWindow: Duration.seconds(1),
    reportBatchItemFailures: true,
    maxConcurrency,
  })

/** Changes of findings in their order; one that cannot be told is set apart and does not hold up the others. */
export const addStreamTrigger = (
  scope: Construct,
  id: string,
  target: LambdaFunction,
  table: Table,
  deadLetters: Queue,
): EventSourceMapping =>
  new EventSourceMapping(scope, `${id}FunctionChanges`, {
    target,
    eventSourceArn: table.tableStreamArn ?? '',
    startingPosition: StartingPosition.TRIM_HORIZON,
    // Many at once are told in one digest.
    batchSize: 100,
    maxBatchingWindow: Duration.seconds(1),
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    // The most: Slack may be down for hours, and it is the age that ends it.
    retryAttempts: 10_000,
    maxRecordAge: Duration.hours(12),
    onFailure: { bind: () => ({ destination: deadLetters.queueArn }) },
    // The table holds much else: handled events, what the watcher knows, deliveries.
    filters: [FilterCriteria.filter({ dynamodb: { NewImage: { entity: { S: ['finding'] } } } })],
  })

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html */
export const rate = (count: number, unit: 'hour' | 'minute'): string =>
  `rate(${count} ${count === 1 ? unit : `${unit}s`})`

/** @param minutes between two runs. A run that could not start is not made up for: the next one does its work. */
export function addSchedule(
  scope: Construct,
  id: string,
  target: LambdaFunction,
  minutes: number,
  undelivered: Queue,
): CfnRule {
  const rule = new CfnRule(scope, `${id}FunctionSchedule`, {
    scheduleExpression: rate(minutes, 'minute'),
    state: 'ENABLED',
    targets: [
      {
        id: `${id}FunctionScheduleLambdaTarget`,
        arn: target.functionArn,
        deadLetterConfig: { arn: undelivered.queueArn },
        retryPolicy: { maximumEventAgeInSeconds: 60, maximumRetryAttempts: 1 },
      },
    ],
  })
  target.addPermission('SchedulePermission', {
    principal: new ServicePrincipal('events.amazonaws.com'),
    sourceArn: rule.attrArn,
  })
  return rule
}
