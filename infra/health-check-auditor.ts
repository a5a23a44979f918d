import type { Table } from 'aws-cdk-lib/aws-dynamodb'
import type { EventBus } from 'aws-cdk-lib/aws-events'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import { RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Topic } from 'aws-cdk-lib/aws-sns'
import { Construct } from 'constructs'
import { bundlesOfThisPackage } from './bundles.ts'
import { addAlarms } from './constructs/alarms.ts'
import { addCollectPolicy } from './constructs/collect-policy.ts'
import { addDashboard } from './constructs/dashboard.ts'
import { addEventBus } from './constructs/event-bus.ts'
import { addFindingsTable } from './constructs/findings-table.ts'
import { addFunctions } from './constructs/functions.ts'
import { addKey } from './constructs/key.ts'
import { addDeadLetters } from './constructs/queue.ts'
import { addTopic, letAlarmsPublish } from './constructs/topic.ts'

export interface HealthCheckAuditorProps {
  /** Minutes between two looks at the targets' health. @default 1 */
  readonly watchMinutes?: number
  /** How long the history of a finding is kept, days. @default 90 */
  readonly historyDays?: number
  /** Who hears of findings by e-mail. Other subscribers: `findingsTopic`. @default nobody */
  readonly findingEmails?: readonly string[]
  /**
   * Secret with how to speak to Slack: `{"token": "xoxb-...", "channel": "C..."}` or `{"webhookUrl": "https://..."}`,
   * under the key aws/secretsmanager. @default Slack is not told
   */
  readonly slackSecretArn?: string
  /** Where the findings page is, for links in messages, such as https://findings.example.com. @default no links */
  readonly findingsUrl?: string
  /** The one origin whose pages may ask the API. @default none: no browser can */
  readonly corsOrigin?: string
  /** Who hears by e-mail when the auditor itself is in trouble. Others: `alarmsTopic`. @default nobody */
  readonly alarmEmails?: readonly string[]
  /**
   * Encrypts the findings and the topics. Its policy must let cloudwatch.amazonaws.com use it, for the alarms.
   * @default a key is made; it costs about a dollar a month
   */
  readonly encryptionKey?: IKey
  /** @default one month */
  readonly logRetention?: RetentionDays
  /** Audits of one kind that run at the same time, 2 to 1000. @default 5 */
  readonly maxConcurrentAudits?: number
  /** Folder of the built functions, one folder each. @default those of this package, made by `npm run build` */
  readonly bundles?: string
}

/**
 * Says why targets are unhealthy, within seconds: watches them, audits what turned unhealthy, remembers the findings
 * and tells people. Reads the account and Region of its stack, and changes nothing there.
 *
 * @example
 * new HealthCheckAuditor(stack, 'Auditor', { findingEmails: ['on-call@example.com'] })
 */
export class HealthCheckAuditor extends Construct {
  readonly findingsTable: Table
  /** Our own bus: `Target Health Changed` events. */
  readonly eventBus: EventBus
  /** What people are told of findings. */
  readonly findingsTopic: Topic
  /** The same for Amazon Q in chat: name it in the chat's configuration. */
  readonly amazonQTopic: Topic
  /** What people are told of the auditor itself. */
  readonly alarmsTopic: Topic
  readonly functions: Readonly<Record<string, LambdaFunction>>

  constructor(scope: Construct, id: string, props: HealthCheckAuditorProps = {}) {
    super(scope, id)
    const key = props.encryptionKey ?? addKey(this)
    this.findingsTable = addFindingsTable(this, key)
    this.eventBus = addEventBus(this)
    this.findingsTopic = addTopic(this, 'FindingsTopic', {
      displayName: 'Health check findings',
      key,
      emails: props.findingEmails,
    })
    this.amazonQTopic = addTopic(this, 'AmazonQTopic', { displayName: 'Findings for Amazon Q', key })
    this.alarmsTopic = addTopic(this, 'AlarmsTopic', {
      displayName: 'Health check auditor alarms',
      key,
      emails: props.alarmEmails,
    })
    letAlarmsPublish(this.alarmsTopic)

    const undelivered = addDeadLetters(this, 'UndeliveredEvents')
    const places = {
      Table: this.findingsTable.tableArn,
      Stream: this.findingsTable.tableStreamArn,
      Bus: this.eventBus.eventBusArn,
      FindingsTopic: this.findingsTopic.topicArn,
      AmazonQTopic: this.amazonQTopic.topicArn,
      SlackSecret: props.slackSecretArn,
      Key: key.keyArn,
      UndeliveredEventsName: undelivered.queueName,
    }
    const { watchMinutes = 1, maxConcurrentAudits = 5, historyDays = 90 } = props
    const { functions, names } = addFunctions(this, {
      table: this.findingsTable,
      bus: this.eventBus,
      undelivered,
      watchMinutes,
      maxConcurrentAudits,
      bundles: props.bundles ?? bundlesOfThisPackage,
      logRetention: props.logRetention ?? RetentionDays.ONE_MONTH,
      places,
      collectPolicy: addCollectPolicy(this),
      settings: {
        FINDINGS_TABLE: this.findingsTable.tableName,
        EVENT_BUS: this.eventBus.eventBusName,
        SNS_TOPIC_ARN: this.findingsTopic.topicArn,
        AMAZON_Q_TOPIC_ARN: this.amazonQTopic.topicArn,
        SLACK_SECRET_ID: props.slackSecretArn,
        FINDINGS_URL: props.findingsUrl,
        ALLOWED_ORIGIN: props.corsOrigin,
        HISTORY_DAYS: String(historyDays),
      },
    })
    this.functions = functions
    addAlarms(this, this.alarmsTopic.topicArn, { ...places, ...names })
    addDashboard(this, { ...places, ...names })
  }
}
