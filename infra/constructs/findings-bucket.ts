import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { EXPIRES_TAG } from '../../shared/findings/retention.ts'

/** Findings that are too large for the table. @param historyDays for what no open finding needs any more */
export function addFindingsBucket(scope: Construct, encryptionKey: IKey, historyDays: number): Bucket {
  const bucket = new Bucket(scope, 'FindingsBucket', {
    encryption: BucketEncryption.KMS,
    encryptionKey,
    bucketKeyEnabled: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    lifecycleRules: [
      {
        id: 'NotNeeded',
        tagFilters: { [EXPIRES_TAG]: 'true' },
        expiration: Duration.days(historyDays),
      },
    ],
    removalPolicy: RemovalPolicy.RETAIN,
  })
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason:
      'few objects, for the functions alone; who wants their reads recorded has data events of CloudTrail',
  })
  return bucket
}
