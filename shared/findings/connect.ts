/** The findings table as the AWS SDK reaches it. */
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { type ItemTable, itemTable } from './item-table.ts'

/** @param config what is not given, the SDK's own chain decides */
export const connectTable = (name: string, config: DynamoDBClientConfig = {}): ItemTable =>
  tableOf(new DynamoDBClient(config), name)

/** The same on a client that somebody else owns. */
export const tableOf = (client: DynamoDBClient, name: string): ItemTable =>
  itemTable(DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }), name)
