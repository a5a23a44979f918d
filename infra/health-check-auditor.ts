import { Aws } from 'aws-cdk-lib'
import type { Table } from 'aws-cdk-lib/aws-dynamodb'
import type { EventBus } from 'aws-cdk-lib/aws-events'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import { RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Bucket } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { HISTORY_DAYS } from '../shared/findings/retention.ts'
import { bundlesOfThisPackage } from './bundles.ts'
import { addAlarms, addUnhealthyHostAlarms } from './constructs/alarms.ts'
import { addApi } from './constructs/api.ts'
import type { FunctionContext } from './constructs/auditor-function.ts'
import { addCollectPolicy } from './constructs/collect-policy.ts'
import { addDashboard } from './constructs/dashboard.ts'
import { addEventBus } from './constructs/event-bus.ts'
import { addFindingsBucket } from './constructs/findings-bucket.ts'
import { addFindingsTable } from './constructs/findings-table.ts'
import { addFunctions } from './constructs/functions.ts'
import { addKey } from './constructs/key.ts'
import { letRulesSend } from './constructs/let-rules-send.ts'
import { letMembersPutEvents } from './constructs/members.ts'
import { addPageApi, addPageRoutes, checkLogin, type Page, urlOf } from './constructs/page-api.ts'
import { addDeadLetters } from './constructs/queue.ts'
import { addStateMachines } from './constructs/state-machines.ts'
import { addTopics, type Topics } from './constructs/topics.ts'
import type { FunctionName } from './functions.ts'
import { accountsOf, MEMBER_ROLE, type Member, placesOf } from './members.ts'

export interface HealthCheckAuditorProps {
  /** Minutes between two looks at the targets' health. @default 1 */
  readonly watchMinutes?: number | undefined
  /** Hours between two sweeps, which audit everything for what no event tells. @default 24 */
  readonly sweepHours?: number | undefined
  /** Other accounts and Regions to audit; each has to have member-template.yaml first: docs/deploy.md. @default none */
  readonly members?: readonly Member[] | undefined
  /** The word that the members' role wants to hear; they need one. */
  readonly memberExternalId?: string | undefined
  /** How long the history of a finding is kept, and of a large one that is over all of it, days. @default 90 */
  readonly historyDays?: number | undefined
  /** Who hears of findings by e-mail. Other subscribers: `topics.findings`. @default nobody */
  readonly findingEmails?: readonly string[] | undefined
  /**
   * Secret with how to speak to Slack: `{"token": "xoxb-...", "channel": "C..."}` or `{"webhookUrl": "https://..."}`,
   * under the key aws/secretsmanager. @default Slack is not told
   */
  readonly slackSecretArn?: string | undefined
  /** A second HTTP API, for people: the findings page, behind a login. @default none */
  readonly page?: Page | undefined
  /** Where the findings page is, for links in messages, such as https://findings.example.com. @default that of `page`, else no links */
  readonly findingsUrl?: string | undefined
  /** The one origin whose pages may ask the API. @default none: no browser can */
  readonly corsOrigin?: string | undefined
  /** Who hears by e-mail when the auditor itself is in trouble. Others: `topics.alarms`. @default nobody */
  readonly alarmEmails?: readonly string[] | undefined
  /**
   * Encrypts the findings and the topics. Its policy must let cloudwatch.amazonaws.com use it, for the alarms.
   * @default a key is made; it costs about a dollar a month
   */
  readonly encryptionKey?: IKey
  /** @default one month */
  readonly logRetention?: RetentionDays
  /** Audits of one kind that run at the same time, 2 to 1000. @default 5 */
  readonly maxConcurrentAudits?: number | undefined
  /**
   * Alarms on the load balancers' own `UnHealthyHostCount`: what turns unhealthy is looked at at once. CloudWatch takes
   * about 10 cents a month for each target group; without them the next look of the watcher finds it. @default true
   */
  readonly unhealthyHostAlarms?: boolean | undefined
  /** Folder of the built functions, one folder each. @default those of this package, made by `npm run build` */
  readonly bundles?: string | undefined
}

/** All settings of a function have 4 KB. Without this one the API answers questions about its own place only. */
const placesSetting = (members: readonly Member[]): string | undefined => {
  const text = placesOf(members).join(',')
  return text.length > 3000 ? undefined : text
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
  /** Findings that are too large for the table. */
  readonly findingsBucket: Bucket
  /** Our own bus: `Target Health Changed` events. */
  readonly eventBus: EventBus
  readonly topics: Topics
  readonly functions: Readonly<Record<FunctionName, LambdaFunction>>
  /** Of the HTTP API, for signed requests: docs/api.md. */
  readonly apiUrl: string
  /** Of the findings page, where there is one. */
  readonly pageUrl: string | undefined

  constructor(scope: Construct, id: string, props: HealthCheckAuditorProps = {}) {
    super(scope, id)
    const { maxConcurrentAudits = 5, logRetention = RetentionDays.ONE_MONTH, members = [] } = props
    if (members.length > 0 && !props.memberExternalId)
      throw new Error('members: give memberExternalId too, the one that their stacks were given')
    if (props.page) checkLogin(props.page.login)
    const { watchMinutes = 1, sweepHours = 24 } = props
    const key = props.encryptionKey ?? addKey(this)
    this.findingsTable = addFindingsTable(this, key)
    this.findingsBucket = addFindingsBucket(this, key, props.historyDays ?? HISTORY_DAYS)
    this.eventBus = addEventBus(this)
    this.topics = addTopics(this, key, props)
    const undelivered = addDeadLetters(this, 'UndeliveredEvents')
    const memberAccounts = accountsOf(members)
    if (members.length > 0) letMembersPutEvents(this, this.eventBus, memberAccounts)
    const pageApi = props.page && addPageApi(this)
    this.pageUrl = pageApi && urlOf(pageApi)
    const places = { ...this.places(props, key), UndeliveredEventsName: undelivered.queueName }
    const { functions, names, rules } = addFunctions(this, {
      table: this.findingsTable,
      bus: this.eventBus,
      bundles: props.bundles ?? bundlesOfThisPackage,
      settings: this.settings(props),
      collectPolicy: addCollectPolicy(this),
      ...{ places, undelivered, watchMinutes, maxConcurrentAudits, logRetention, memberAccounts },
    })
    this.functions = functions
    const machines = addStateMachines(this, functions, {
      memberPlaces: placesOf(members),
      ...{ watchMinutes, sweepHours, undelivered, logRetention },
    })
    letRulesSend(undelivered, [...rules, ...machines.schedules])
    const api = addApi(this, functions['query-findings'], { logRetention, origin: props.corsOrigin })
    this.apiUrl = urlOf(api)
    if (props.page && pageApi)
      addPageRoutes(this, pageApi, functions['query-findings'], { ...props.page, logRetention })
    const watched = { ...places, ...names, ...machines.arns }
    addAlarms(this, this.topics.alarms.topicArn, watched)
    if (props.unhealthyHostAlarms !== false) addUnhealthyHostAlarms(this)
    addDashboard(this, watched)
  }

  /** What the policies of access.ts call by name. */
  private places(
    { slackSecretArn, members = [] }: HealthCheckAuditorProps,
    key: IKey,
  ): FunctionContext['places'] {
    return {
      Table: this.findingsTable.tableArn,
      Bucket: this.findingsBucket.bucketArn,
      Stream: this.findingsTable.tableStreamArn,
      Bus: this.eventBus.eventBusArn,
      FindingsTopic: this.topics.findings.topicArn,
      AmazonQTopic: this.topics.amazonQ.topicArn,
      SlackSecret: slackSecretArn,
      Key: key.keyArn,
      MemberAccounts: members.length > 0 ? accountsOf(members) : undefined,
    }
  }

  private settings(props: HealthCheckAuditorProps): FunctionContext['settings'] {
    const { issuer, clientId, audience, scopes } = props.page?.login ?? {}
    const hasMembers = (props.members ?? []).length > 0
    return {
      FINDINGS_TABLE: this.findingsTable.tableName,
      FINDINGS_BUCKET: this.findingsBucket.bucketName,
      EVENT_BUS: this.eventBus.eventBusName,
      SNS_TOPIC_ARN: this.topics.findings.topicArn,
      AMAZON_Q_TOPIC_ARN: this.topics.amazonQ.topicArn,
      SLACK_SECRET_ID: props.slackSecretArn,
      FINDINGS_URL: props.findingsUrl ?? this.pageUrl,
      LOGIN_ISSUER: issuer,
      LOGIN_CLIENT_ID: clientId,
      LOGIN_AUDIENCE: audience,
      LOGIN_SCOPES: scopes,
      ALLOWED_ORIGIN: props.corsOrigin,
      HISTORY_DAYS: String(props.historyDays ?? HISTORY_DAYS),
      ACCOUNT_ID: Aws.ACCOUNT_ID,
      PARTITION: Aws.PARTITION,
      MEMBER_ROLE: hasMembers ? MEMBER_ROLE : undefined,
      MEMBER_EXTERNAL_ID: hasMembers ? props.memberExternalId : undefined,
      MEMBER_PLACES: hasMembers ? placesSetting(props.members ?? []) : undefined,
    }
  }
}
