/** A finding past 350 KB in the local system: written by one process, read by another. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fileObjects } from '../../../cli/local/file-objects.ts'
import { createProgram } from '../../../cli/program.ts'
import { auditOf, blockedPath, checkoutFinding } from '../../shared/findings/checkout.ts'
import { announceSystem, captureOutput } from './announced.ts'

const large = checkoutFinding({ paths: Array.from({ length: 900 }, () => blockedPath) })
let home: string
let stop: () => Promise<void>
const output = captureOutput()

beforeAll(async () => {
  const announced = await announceSystem(({ objectsPath }) => ({ objects: fileObjects(objectsPath) }))
  home = announced.home
  stop = announced.stop
  const observed = { observedAt: '2026-11-20T03:00:00Z', tieBreaker: 'audit', replayed: false }
  await announced.system.store.recordAudit({ result: auditOf([large]), ...observed })
})
afterAll(() => stop())

const show = (format: string) =>
  createProgram().parseAsync(['findings', 'show', large.id, '--output', format, '--dir', home], {
    from: 'user',
  })

it('is shown whole', async () => {
  await show('json')
  expect(JSON.parse(output.stdout).finding).toEqual(large)
})

it('when its object is gone, people and machines read what is left out, and why', async () => {
  await rm(join(home, 'objects'), { recursive: true })
  await show('table')
  expect(output.stdout).toMatch(
    /^left out for size: \d+ of 900 paths: s3:\/\/local\/findings\/.* is not there$/m,
  )
  output.stdout = ''
  await show('json')
  expect(JSON.parse(output.stdout)).toMatchObject({
    incomplete: expect.stringContaining('is not there'),
    truncated: { paths: { total: 900 } },
    finding: { rootCause: large.rootCause },
  })
})
