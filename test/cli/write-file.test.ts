import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeEach, expect, test } from 'vitest'
import { writeJson } from '../../cli/write-file.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hca-write-'))
})

test('plain JSON, one line', async () => {
  await writeJson(join(folder, 'bakery.json'), { scopes: [] })
  expect(readFileSync(join(folder, 'bakery.json'), 'utf8')).toBe('{"scopes":[]}\n')
})

test('gzip when the name says so', async () => {
  await writeJson(join(folder, 'bakery.json.gz'), { scopes: [] })
  expect(JSON.parse(gunzipSync(readFileSync(join(folder, 'bakery.json.gz'))).toString())).toEqual({
    scopes: [],
  })
})

test('what was there is replaced, and no temporary file is left', async () => {
  writeFileSync(join(folder, 'bakery.json'), 'yesterday')
  await writeJson(join(folder, 'bakery.json'), 'today')
  expect(readFileSync(join(folder, 'bakery.json'), 'utf8')).toBe('"today"\n')
  expect(readdirSync(folder)).toEqual(['bakery.json'])
})

test('a folder of that name: one line, and nothing is left behind', async () => {
  await expect(writeJson(folder, {})).rejects.toMatchObject({
    name: 'InputError',
    message: expect.stringMatching(/^--out .*: cannot be written \(\w+\)$/),
  })
  expect(
    readdirSync(join(folder, '..')).filter((name) => name.startsWith(`${folder.split('/').at(-1)}.`)),
  ).toEqual([])
})
