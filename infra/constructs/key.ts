import { Aws, RemovalPolicy } from 'aws-cdk-lib'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { type IKey, Key } from 'aws-cdk-lib/aws-kms'
import type { Construct } from 'constructs'

/**
 * The key of the findings and of the topics. Alarms cannot publish to a topic that is encrypted with AWS's own key for
 * SNS, since nobody can let them: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export function addKey(scope: Construct): IKey {
  const key = new Key(scope, 'Key', {
    description: 'Findings of the health-check auditor, and messages about them',
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.RETAIN,
  })
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  )
  return key
}
