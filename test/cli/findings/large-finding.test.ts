/** A finding past 350 KB in the local system: written by one process, read by another. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { LOCAL_TABLE, startDatabase } from '../../../cli/local/database.ts'
import { fileObjects } from '../../../cli/local/file-objects.ts'
import { openFolder } from '../../../cli/local/folder.ts'
import { startSystem } from '../../../cli/local/system.ts'
import { createProgram } from '../../../cli/program.ts'
import { auditOf, blockedPath, checkoutFinding } from '../../shared/findings/checkout.ts'

const large = checkoutFinding({ paths: Array.from({ length: 900 }, () => blockedPath) })
let home: string
let stop: () => Promise<void>
let stdout: string

beforeAll(async () => {
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'true')
  home = await mkdtemp(join(tmpdir(), 'hca-large-'))
  const folder = await openFolder(home)
  const database = await startDatabase()
  const objects = fileObjects(folder.objectsPath)
  const system = await startSystem({ database, objects, channels: [], onProblem: () => {} })
  await folder.announce({ endpoint: database.endpoint, table: LOCAL_TABLE })
  const observed = { observedAt: '2026-11-20T03:00:00Z', tieBreaker: 'audit', replayed: false }
  await system.store.recordAudit({ result: auditOf([large]), ...observed })
  stop = async () => {
    system.close()
    await database.close()
  }
})
afterAll(async () => {
  await stop()
  await rm(home, { recursive: true })
  vi.unstubAllEnvs()
})
beforeEach(() => {
  stdout = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text, done?: unknown) => {
    stdout += text
    if (typeof done === 'function') (done as () => void)()
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
})

const show = (output: string) =>
  createProgram().parseAsync(['findings', 'show', large.id, '--output', output, '--dir', home], {
    from: 'user',
  })

it('is shown whole', async () => {
  await show('json')
  expect(JSON.parse(stdout).finding).toEqual(large)
})

it('when its object is gone, people and machines read what is left out, and why', async () => {
  await rm(join(home, 'objects'), { recursive: true })
  await show('table')
  expect(stdout).toMatch(/^left out for size: \d+ of 900 paths: s3:\/\/local\/findings\/.* is not there$/m)
  stdout = ''
  await show('json')
  expect(JSON.parse(stdout)).toMatchObject({
    incomplete: expect.stringContaining('is not there'),
    truncated: { paths: { total: 900 } },
    finding: { rootCause: large.rootCause },
  })
})
