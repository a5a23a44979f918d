/** The folder of the local system: its data, and where a second terminal finds it. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import * as z from 'zod'
import { InputError } from '../../shared/input-error.ts'

const endpointSchema = z.object({ endpoint: z.url(), table: z.string(), pid: z.number() })

export type LocalEndpoint = z.infer<typeof endpointSchema>

export interface LocalFolder {
  readonly path: string
  readonly databasePath: string
  readonly objectsPath: string
  readonly announce: (endpoint: Omit<LocalEndpoint, 'pid'>) => Promise<void>
  readonly withdraw: () => Promise<void>
}

/** @throws InputError when another instance runs there, or the folder cannot be written */
export async function openFolder(dir: string): Promise<LocalFolder> {
  const path = resolve(dir)
  const running = await runningIn(path)
  if (running)
    throw new InputError(
      `${path}: another hca local (pid ${running.pid}) runs there: stop it, or give another folder with --dir`,
    )
  const endpointPath = join(path, 'endpoint.json')
  try {
    await mkdir(path, { recursive: true })
    await writeFile(endpointPath, '{}\n')
  } catch (error) {
    throw new InputError(
      `${path}: cannot be written (${(error as NodeJS.ErrnoException).code}): give another folder with --dir`,
    )
  }
  return {
    path,
    databasePath: join(path, 'db'),
    objectsPath: objectsIn(path),
    announce: (endpoint) => writeFile(endpointPath, `${JSON.stringify({ ...endpoint, pid: process.pid })}\n`),
    withdraw: () => rm(endpointPath, { force: true }),
  }
}

/** Where large findings are whole. */
export const objectsIn = (dir: string): string => join(resolve(dir), 'objects')

/** The instance that runs in a folder: its database answers. A file that a killed one left behind does not count. */
export async function runningIn(dir: string): Promise<LocalEndpoint | undefined> {
  const text = await readFile(join(resolve(dir), 'endpoint.json'), 'utf8').catch(() => '{}')
  const parsed = endpointSchema.safeParse(parse(text))
  if (!parsed.success) return undefined
  try {
    const answer = await fetch(parsed.data.endpoint, { signal: AbortSignal.timeout(2000) })
    return (await answer.text()).includes('dynamodb') ? parsed.data : undefined
  } catch {
    return undefined
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
