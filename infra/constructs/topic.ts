import { Aws } from 'aws-cdk-lib'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import { Subscription, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns'
import type { Construct } from 'constructs'

/** @param emails each gets a message from SNS that asks for confirmation */
export function addTopic(
  scope: Construct,
  id: string,
  options: {
    readonly displayName: string
    readonly key: IKey
    readonly emails?: readonly string[] | undefined
  },
): Topic {
  const { displayName, key, emails = [] } = options
  const topic = new Topic(scope, id, { displayName, masterKey: key, enforceSSL: true })
  for (const [index, endpoint] of emails.entries())
    new Subscription(scope, `${id}Email${index + 1}`, {
      topic,
      protocol: SubscriptionProtocol.EMAIL,
      endpoint,
    })
  return topic
}

/** The alarms of this account, and nobody else's. */
export const letAlarmsPublish = (topic: Topic): void => {
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  )
}
