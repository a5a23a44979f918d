/** The few things that we ask of DynamoDB: read one, write one under a condition, query. */
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb'
import type { Item } from './item.ts'
import type { ItemKey } from './keys.ts'

/** A condition in DynamoDB's expression language, with its names and values. */
export interface Expression {
  readonly text: string
  readonly names?: Readonly<Record<string, string>>
  readonly values?: Readonly<Record<string, unknown>>
}

export interface ItemTable {
  /** Strongly consistent. */
  readonly get: (key: ItemKey) => Promise<Item | undefined>
  /** @returns false when the condition does not hold */
  readonly put: (item: Item, condition?: Expression) => Promise<boolean>
  readonly query: (input: Omit<QueryCommandInput, 'TableName'>) => Promise<QueryResult>
}

export interface QueryResult {
  readonly items: readonly Item[]
  readonly lastKey?: Readonly<Record<string, unknown>>
}

export const absent: Expression = { text: 'attribute_not_exists(pk)' }

export function itemTable(client: DynamoDBDocumentClient, TableName: string): ItemTable {
  return {
    async get(Key) {
      return (await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item
    },

    async put(Item, condition) {
      try {
        await client.send(new PutCommand({ TableName, Item, ...conditionOf(condition) }))
        return true
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false
        throw error
      }
    },

    async query(input) {
      const { Items = [], LastEvaluatedKey } = await client.send(new QueryCommand({ TableName, ...input }))
      return { items: Items, ...(LastEvaluatedKey && { lastKey: LastEvaluatedKey }) }
    },
  }
}

const conditionOf = (condition: Expression | undefined) =>
  condition && {
    ConditionExpression: condition.text,
    ...(condition.names && { ExpressionAttributeNames: { ...condition.names } }),
    ...(condition.values && { ExpressionAttributeValues: { ...condition.values } }),
  }
