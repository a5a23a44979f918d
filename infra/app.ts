/**
 * The CDK app of cdk.json: the auditor in a stack of its own. Settings are the construct's properties, given as context:
 * `npx cdk deploy -c findingEmails=on-call@example.com,ops@example.com -c watchMinutes=5`. With `-c hubBusArn=...` it is the
 * stack of a member instead.
 */
import { App, CfnOutput, Stack, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import type { Page } from './constructs/page-api.ts'
import { HealthCheckAuditor } from './health-check-auditor.ts'
import { HealthCheckAuditorMember } from './health-check-auditor-member.ts'
import { parseMembers } from './members.ts'

const app = new App()
const text = (name: string): string | undefined => app.node.tryGetContext(name)
const number = (name: string): number | undefined => {
  const given = text(name)
  if (given === undefined) return undefined
  if (!/^[1-9]\d*$/.test(given)) throw new Error(`-c ${name}=${given}: give a whole number above 0`)
  return Number(given)
}

const hubBusArn = text('hubBusArn')
if (hubBusArn === undefined) addHub()
else addMember(hubBusArn)

Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
app.synth()

function addHub(): void {
  const members = text('members')
  const stack = new Stack(app, 'HealthCheckAuditor', { description: 'Says why health checks fail' })
  const auditor = new HealthCheckAuditor(stack, 'Auditor', {
    watchMinutes: number('watchMinutes'),
    sweepHours: number('sweepHours'),
    members: members === undefined ? undefined : parseMembers(members),
    memberExternalId: text('memberExternalId'),
    historyDays: number('historyDays'),
    findingEmails: text('findingEmails')?.split(','),
    alarmEmails: text('alarmEmails')?.split(','),
    slackSecretArn: text('slackSecretArn'),
    page: pageOf(text('pageLoginIssuer'), text('pageLoginClientId')),
    findingsUrl: text('findingsUrl'),
    corsOrigin: text('corsOrigin'),
    maxConcurrentAudits: number('maxConcurrentAudits'),
    unhealthyHostAlarms: text('unhealthyHostAlarms') !== 'false',
  })

  const { pageUrl } = auditor
  const output = (id: string, value: string, description: string) =>
    new CfnOutput(stack, id, { value, description })
  output('ApiUrl', auditor.apiUrl, 'Findings over HTTP, for signed requests')
  if (pageUrl !== undefined) output('PageUrl', pageUrl, 'The findings page, for people who sign in')
  output('FindingsTopicArn', auditor.topics.findings.topicArn, 'Subscribe here to hear of findings')
  output('AmazonQTopicArn', auditor.topics.amazonQ.topicArn, 'Name this topic in the configuration of a chat')
  output(
    'AlarmsTopicArn',
    auditor.topics.alarms.topicArn,
    'Subscribe here to hear when the auditor is in trouble',
  )
  output('EventBusArn', auditor.eventBus.eventBusArn, 'HubBusArn of the member template')
  output('FindingsTableName', auditor.findingsTable.tableName, 'For hca findings --table')
  output('FindingsBucketName', auditor.findingsBucket.bucketName, 'Findings that are too large for the table')
}

function pageOf(issuer: string | undefined, clientId: string | undefined): Page | undefined {
  if (issuer === undefined && clientId === undefined) return undefined
  if (issuer === undefined || clientId === undefined)
    throw new Error('-c pageLoginIssuer and -c pageLoginClientId: give both, or neither')
  return {
    login: { issuer, clientId, audience: text('pageLoginAudience'), scopes: text('pageLoginScopes') },
  }
}

function addMember(hubBusArn: string): void {
  const externalId = text('memberExternalId')
  if (externalId === undefined)
    throw new Error('-c hubBusArn needs -c memberExternalId, as the hub was given it')
  const stack = new Stack(app, 'HealthCheckAuditorMember', {
    description: 'Lets a health-check auditor read',
  })
  new HealthCheckAuditorMember(stack, 'Auditor', {
    hubBusArn,
    externalId,
    readRole: text('readRole') !== 'false',
    unhealthyHostAlarms: text('unhealthyHostAlarms') !== 'false',
    alarmTopicArn: text('alarmTopicArn'),
  })
}
