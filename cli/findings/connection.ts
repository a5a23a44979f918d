/** Which findings store is asked: the local system of a folder, or a deployed table. */
import type { Command } from 'commander'
import type { FindingStore } from '../../shared/findings/store.ts'
import { InputError } from '../../shared/input-error.ts'
import { objectsIn, runningIn } from '../local/folder.ts'

export interface ConnectionOptions {
  readonly dir: string
  readonly table?: string
  readonly profile?: string
  readonly tableRegion?: string
  readonly endpointUrl?: string
}

export const addConnectionOptions = (command: Command): Command =>
  command
    .option('--dir <folder>', 'folder of the local system', '.hca')
    .option('--table <name>', 'a deployed findings table instead')
    .option('--profile <name>', 'with --table: profile of the AWS configuration')
    .option('--table-region <region>', 'with --table: the AWS Region where it stands (default: AWS_REGION)')
    .option('--endpoint-url <url>', "with --table: another endpoint than AWS's own")

/** @throws InputError when no local system runs there */
export async function connectStore(options: ConnectionOptions): Promise<FindingStore> {
  const { dir, table, profile, tableRegion, endpointUrl } = options
  // The AWS SDK takes a quarter of a second to load: only when a store is asked, not for help.
  const { connectTable } = await import('../../shared/findings/connect.ts')
  const { dynamodbStore } = await import('../../shared/findings/dynamodb-store.ts')
  const now = () => new Date()
  if (table !== undefined) {
    const config = {
      ...(profile !== undefined && { profile }),
      ...(tableRegion !== undefined && { region: tableRegion }),
      ...(endpointUrl !== undefined && { endpoint: endpointUrl }),
    }
    const { connectReader } = await import('../../shared/findings/connect-reader.ts')
    // Where a large finding is whole is said in its item.
    return dynamodbStore(connectTable(table, config), { now, reader: connectReader(config) })
  }
  const running = await runningIn(dir)
  if (!running)
    throw new InputError(
      `no local system runs in ${dir}: start one with hca local (or npm start), or name a deployed table with --table`,
    )
  const { localClientConfig } = await import('../local/database.ts')
  const { fileObjects } = await import('../local/file-objects.ts')
  return dynamodbStore(connectTable(running.table, localClientConfig(running.endpoint)), {
    now,
    reader: fileObjects(objectsIn(dir)),
  })
}
