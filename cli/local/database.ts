/** The embedded DynamoDB: dynalite on a folder, on a free port of this machine only. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import {
  CreateTableCommand,
  type DynamoDBClient,
  type DynamoDBClientConfig,
  ResourceInUseException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb'
import dynalite from 'dynalite'
import { findingsTable } from '../../shared/findings/table.ts'

export const LOCAL_TABLE = 'hca-findings'

export interface Database {
  readonly endpoint: string
  readonly close: () => Promise<void>
}

/** @param path folder of the data; in memory without it */
export async function startDatabase(path?: string): Promise<Database> {
  const server = dynalite({ createTableMs: 0, ...(path !== undefined && { path }) })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const endpoint = `http://127.0.0.1:${port}`
  return {
    endpoint,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      }),
  }
}

/** What the AWS SDK needs to talk to an embedded database; any credentials will do. */
export const localClientConfig = (endpoint: string): DynamoDBClientConfig => ({
  endpoint,
  region: 'local',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
})

export async function ensureTable(client: DynamoDBClient, name = LOCAL_TABLE): Promise<void> {
  try {
    await client.send(new CreateTableCommand(findingsTable(name)))
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error
  }
  await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 1 }, { TableName: name })
}
