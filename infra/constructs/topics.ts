import { Aws } from 'aws-cdk-lib'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import { Subscription, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns'
import type { Construct } from 'constructs'

export interface Topics {
  /** What people are told of findings. */
  readonly findings: Topic
  /** The same for Amazon Q in chat: name it in the chat's configuration. */
  readonly amazonQ: Topic
  /** What people are told of the auditor itself. */
  readonly alarms: Topic
}

export interface Emails {
  readonly findingEmails?: readonly string[] | undefined
  readonly alarmEmails?: readonly string[] | undefined
}

/** @param emails each gets a message from SNS that asks for confirmation */
export function addTopics(scope: Construct, key: IKey, { findingEmails, alarmEmails }: Emails): Topics {
  const topics = {
    findings: addTopic(scope, 'FindingsTopic', 'Health check findings', key, findingEmails),
    amazonQ: addTopic(scope, 'AmazonQTopic', 'Findings for Amazon Q', key),
    alarms: addTopic(scope, 'AlarmsTopic', 'Health check auditor alarms', key, alarmEmails),
  }
  letAlarmsPublish(topics.alarms)
  return topics
}

function addTopic(
  scope: Construct,
  id: string,
  displayName: string,
  masterKey: IKey,
  emails: readonly string[] = [],
): Topic {
  const topic = new Topic(scope, id, { displayName, masterKey, enforceSSL: true })
  for (const [index, endpoint] of emails.entries())
    new Subscription(scope, `${id}Email${index + 1}`, {
      topic,
      protocol: SubscriptionProtocol.EMAIL,
      endpoint,
    })
  return topic
}

/** The alarms of this account, and nobody else's. */
const letAlarmsPublish = (topic: Topic): void => {
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  )
}
