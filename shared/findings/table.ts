/** The findings table: one definition for the deployment and for the embedded database. */
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb'

/** Attributes that a list shows; the finding itself (up to 350 KB) stays out of the indexes. */
const SUMMARY_ATTRIBUTES = [
  'id',
  'status',
  'severity',
  'code',
  'title',
  'subjectKind',
  'subjectName',
  'subjectArn',
  'accountId',
  'region',
  'firstSeen',
  'lastSeen',
  'openedAt',
  'resolvedAt',
  'occurrences',
  'version',
  'suppressedUntil',
  'suppressedReason',
] as const

/** Index -> its partition key; the time of the last sight sorts. Only finding items carry these attributes. */
export const listIndexes = { byScope: 'scope', byCode: 'code', byStatus: 'status' } as const
export type ListIndex = keyof typeof listIndexes

export const ID_INDEX = 'byId'
export const SORT_BY_TIME = 'lastSeen'
/** DynamoDB deletes an item some time after this moment (seconds since 1970). */
export const TTL_ATTRIBUTE = 'expiresAt'

const stringAttributes = ['pk', 'sk', 'id', SORT_BY_TIME, ...Object.values(listIndexes)]

/** @param TableName the deployment chooses it */
export const findingsTable = (TableName: string): CreateTableCommandInput => ({
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: stringAttributes.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: ID_INDEX,
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
    ...Object.entries(listIndexes).map(([IndexName, partitionKey]) => ({
      IndexName,
      KeySchema: [
        { AttributeName: partitionKey, KeyType: 'HASH' as const },
        { AttributeName: SORT_BY_TIME, KeyType: 'RANGE' as const },
      ],
      Projection: {
        ProjectionType: 'INCLUDE' as const,
        NonKeyAttributes: SUMMARY_ATTRIBUTES.filter((name) => name !== partitionKey && name !== SORT_BY_TIME),
      },
    })),
  ],
})
