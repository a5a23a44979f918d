import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { InputError } from '../../shared/input-error.ts'
import { readSnapshot } from '../../shared/snapshot/read.ts'

const empty = JSON.stringify({ schemaVersion: '1', collectedAt: '2026-11-20T03:00:00Z', scopes: [] })
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hca-read-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function read(bytes: string | Uint8Array) {
  const file = join(folder, 'snapshot')
  await writeFile(file, bytes)
  return readSnapshot(file)
}

test.each([
  ['plain', empty],
  ['gzip, whatever the name says', gzipSync(empty)],
  ['with a byte order mark', `\uFEFF${empty}`],
  ['with a byte order mark, gzip', gzipSync(`\uFEFF${empty}`)],
])('%s', async (_name, bytes) => {
  expect((await read(bytes)).scopes).toEqual([])
})

test.each([
  ['nothing', ''],
  ['half of it', empty.slice(0, 40)],
  ['half of a gzip', gzipSync(empty).subarray(0, 30)],
  ['another encoding', Buffer.from(empty, 'utf16le')],
])('%s is told in one line', async (_name, bytes) => {
  const error = await read(bytes).catch((problem) => problem)
  expect(error).toBeInstanceOf(InputError)
  expect(error.message).toMatch(/^snapshot .*: not JSON \(plain or gzip\): [^\n]+$/)
})

test('a file that is not there', async () => {
  await expect(readSnapshot(join(folder, 'none'))).rejects.toThrow('no such file')
})
