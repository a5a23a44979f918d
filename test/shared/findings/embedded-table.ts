/** A findings table on dynalite, in memory, for one test file. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll } from 'vitest'
import { type Database, ensureTable, localClientConfig, startDatabase } from '../../../cli/local/database.ts'
import { tableOf } from '../../../shared/findings/connect.ts'
import type { ItemTable } from '../../../shared/findings/item-table.ts'

/** @returns a function that gives a table with nothing in it */
export function embeddedTables(): () => Promise<ItemTable> {
  let database: Database | undefined
  let client: DynamoDBClient | undefined
  let count = 0
  beforeAll(async () => {
    database = await startDatabase()
    client = new DynamoDBClient({ ...localClientConfig(database.endpoint), maxAttempts: 1 })
  })
  afterAll(async () => {
    client?.destroy()
    await database?.close()
  })
  return async () => {
    if (!client) throw new Error('the embedded database has not started')
    count += 1
    const name = `findings-${count}`
    await ensureTable(client, name)
    return tableOf(client, name)
  }
}
