import type { KeySchemaElement } from '@aws-sdk/client-dynamodb'
import { RemovalPolicy } from 'aws-cdk-lib'
import {
  AttributeType,
  BillingMode,
  type ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import type { Construct } from 'constructs'
import { findingsTable, TTL_ATTRIBUTE } from '../../shared/findings/table.ts'

/** The table of shared/findings/table.ts, with what only a deployment has: stream, backups, expiry, encryption. */
export function addFindingsTable(scope: Construct, encryptionKey: IKey): Table {
  const { KeySchema, GlobalSecondaryIndexes = [] } = findingsTable('findings')
  const table = new Table(scope, 'FindingsTable', {
    ...keysOf(KeySchema),
    billingMode: BillingMode.PAY_PER_REQUEST,
    stream: StreamViewType.NEW_IMAGE,
    timeToLiveAttribute: TTL_ATTRIBUTE,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey,
    removalPolicy: RemovalPolicy.RETAIN,
  })
  for (const { IndexName = '', KeySchema, Projection } of GlobalSecondaryIndexes)
    table.addGlobalSecondaryIndex({
      indexName: IndexName,
      ...keysOf(KeySchema),
      projectionType: Projection?.ProjectionType as ProjectionType,
      ...(Projection?.NonKeyAttributes && { nonKeyAttributes: Projection.NonKeyAttributes }),
    })
  return table
}

/** All keys of this table are text. */
function keysOf(schema: readonly KeySchemaElement[] = []) {
  const named = (type: string) => schema.find(({ KeyType }) => KeyType === type)?.AttributeName
  const sort = named('RANGE')
  return {
    partitionKey: { name: named('HASH') ?? '', type: AttributeType.STRING },
    ...(sort && { sortKey: { name: sort, type: AttributeType.STRING } }),
  }
}
