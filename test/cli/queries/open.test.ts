import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openQueries } from '../../../cli/queries/open.ts'
import { InputError } from '../../../shared/input-error.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bakery-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function linesOf(content: string): Promise<string[]> {
  const file = join(folder, 'queries.ndjson')
  await writeFile(file, content)
  const lines: string[] = []
  for await (const batch of await openQueries(file)) lines.push(...batch)
  return lines
}

test('every line comes once, also the last without a line break', async () => {
  expect(await linesOf('bread\nrolls\n\ncake')).toEqual(['bread', 'rolls', '', 'cake'])
  expect(await linesOf('bread\n')).toEqual(['bread'])
  expect(await linesOf('')).toEqual([])
})

test('lines and characters that lie across two pieces of the file stay whole', async () => {
  const lines = Array.from({ length: 5000 }, (_, at) => `${at} ${'ü🥐'.repeat(at % 40)}`)
  expect(await linesOf(lines.join('\n'))).toEqual(lines)
})

test('a file that is none of lines is refused before it fills the memory', async () => {
  await expect(linesOf('x'.repeat(3_000_000))).rejects.toThrow(/a line is longer than/)
})

test('no such file, or a directory, is an InputError that names it', async () => {
  await expect(openQueries(join(folder, 'none'))).rejects.toThrow(InputError)
  await expect(openQueries(join(folder, 'none'))).rejects.toThrow(/none: no such file/)
  const directory = async () => {
    for await (const _ of await openQueries(folder)) expect.unreachable()
  }
  await expect(directory()).rejects.toThrow(/is a directory/)
})
