/** The local system in a folder of its own, where `hca findings --dir` finds it, and what the command prints. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, vi } from 'vitest'
import { LOCAL_TABLE, startDatabase } from '../../../cli/local/database.ts'
import { type LocalFolder, openFolder } from '../../../cli/local/folder.ts'
import { type LocalOptions, startSystem } from '../../../cli/local/system.ts'

/** It tells nobody. @param options beside those of a system that tells nobody */
export async function announceSystem(options: (folder: LocalFolder) => Partial<LocalOptions>) {
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'true')
  const home = await mkdtemp(join(tmpdir(), 'hca-findings-'))
  const folder = await openFolder(home)
  const database = await startDatabase()
  const system = await startSystem({ database, channels: [], onProblem: () => {}, ...options(folder) })
  await folder.announce({ endpoint: database.endpoint, table: LOCAL_TABLE })
  async function stop(): Promise<void> {
    system.close()
    await database.close()
    await rm(home, { recursive: true })
    vi.unstubAllEnvs()
  }
  return { home, system, stop }
}

/** Of each test by itself. */
export function captureOutput(): { stdout: string; stderr: string } {
  const output = { stdout: '', stderr: '' }
  beforeEach(() => {
    output.stdout = ''
    output.stderr = ''
    vi.spyOn(process.stdout, 'write').mockImplementation((text, done?: unknown) => {
      output.stdout += text
      if (typeof done === 'function') (done as () => void)()
      return true
    })
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      output.stderr += text
      return true
    })
  })
  afterEach(() => {
    vi.restoreAllMocks()
  })
  return output
}
