import { existsSync, mkdtempSync, readdirSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fileObjects, removeExpired } from '../../../cli/local/file-objects.ts'
import { memoryObjects } from '../../faults/memory-objects.ts'

const folder = () => join(mkdtempSync(join(tmpdir(), 'hca-objects-')), 'objects')
const KEY = 'findings/0123/ab?c.json.gz'
const [bread, rolls] = [Buffer.from('bread'), Buffer.from('rolls')]

/** What test/aws/large-finding.aws.test.ts shows of S3. */
describe.each([
  ['in a folder', () => fileObjects(folder())],
  ['in memory, for other tests', () => memoryObjects()],
])('an object store %s', (_name, create) => {
  it('gives back what was put, the last time it was', async () => {
    const objects = create()
    const at = { bucket: objects.bucket, key: KEY }
    expect(await objects.get(at)).toBeUndefined()
    await objects.put(KEY, bread)
    expect(Buffer.from((await objects.get(at)) ?? [])).toEqual(bread)
    expect(await objects.keep(KEY)).toBe(true)
    expect(await objects.keep(KEY)).toBe(true)
    expect(Buffer.from((await objects.get(at)) ?? [])).toEqual(bread)
    await objects.put(KEY, rolls)
    expect(Buffer.from((await objects.get(at)) ?? [])).toEqual(rolls)
  })

  it('keeps and releases nothing that is not there', async () => {
    const objects = create()
    expect(await objects.keep(KEY)).toBe(false)
    await objects.release(KEY)
    expect(await objects.get({ bucket: objects.bucket, key: KEY })).toBeUndefined()
  })
})

describe('what expires in a folder', () => {
  const now = new Date('2026-11-20T09:00:00Z')
  const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 3_600_000)

  it('goes when its days are over; what is kept, never', async () => {
    const path = folder()
    await removeExpired(path, 90, now)
    const objects = fileObjects(path)
    const keys = ['old', 'young', 'kept', 'released']
    for (const key of keys) await objects.put(key, bread)
    for (const key of keys) utimesSync(join(path, 'expiring', key), now, daysAgo(key === 'young' ? 89 : 91))
    await objects.keep('kept')
    await objects.keep('released')
    await objects.release('released')
    await removeExpired(path, 90, now)
    expect(readdirSync(join(path, 'expiring'))).toEqual(['young'])
    expect(readdirSync(join(path, 'kept'))).toEqual(['kept'])
  })

  it('put again, its days begin anew', async () => {
    const path = folder()
    const objects = fileObjects(path)
    await objects.put('bread', bread)
    await objects.keep('bread')
    utimesSync(join(path, 'kept', 'bread'), daysAgo(500), daysAgo(500))
    await objects.put('bread', bread)
    await removeExpired(path, 90, new Date())
    expect(existsSync(join(path, 'expiring', 'bread'))).toBe(true)
    expect(readdirSync(join(path, 'kept'))).toEqual([])
  })
})
