/** The recorded sample incidents: a folder each, replayed in the order of their names. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { InputError } from '../../shared/input-error.ts'
import { readSnapshot } from '../../shared/snapshot/read.ts'
import type { Snapshot } from '../../shared/snapshot/types.ts'

export interface Incident {
  /** The folder's name. */
  readonly name: string
  readonly title: string
  readonly description: string
  readonly snapshot: Snapshot
  /** An EventBridge event; a scheduled one makes the watcher look. */
  readonly event: unknown
}

const incidentSchema = z.object({ title: z.string(), description: z.string() })

/** @throws InputError naming the file that is missing or broken */
export async function readIncidents(folder: string): Promise<readonly Incident[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => {
    throw new InputError(`samples ${folder}: no such folder`)
  })
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  if (names.length === 0) throw new InputError(`samples ${folder}: holds no incident (a folder for each)`)
  return Promise.all(names.sort().map((name) => readIncident(folder, name)))
}

async function readIncident(folder: string, name: string): Promise<Incident> {
  const path = join(folder, name, 'incident.json')
  const incident = incidentSchema.safeParse(await readJson(path))
  if (!incident.success) throw new InputError(`${path}: expected {"title": TEXT, "description": TEXT}`)
  return {
    name,
    ...incident.data,
    snapshot: await readSnapshot(join(folder, name, 'snapshot.json')),
    event: await readJson(join(folder, name, 'event.json')),
  }
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    throw new InputError(`${path}: ${(error as Error).message}`)
  }
}
