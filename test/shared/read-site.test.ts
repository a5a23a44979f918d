import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readSite } from '../../shared/read-site.ts'

test('a built page is read whole, by path, and nothing that is no part of a page', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hca-site-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), '<p>')
  await writeFile(join(folder, 'assets', 'index-1.css'), 'p{}')
  await writeFile(join(folder, 'notes.txt'), 'secret')
  expect([...(readSite(folder) ?? [])]).toEqual(
    expect.arrayContaining([
      ['/index.html', { type: 'text/html; charset=utf-8', body: '<p>' }],
      ['/assets/index-1.css', { type: 'text/css; charset=utf-8', body: 'p{}' }],
    ]),
  )
  expect(readSite(folder)?.size).toBe(2)
  await rm(folder, { recursive: true })
})

test('what is not built is no page', () => {
  expect(readSite('/nowhere/at/all')).toBeUndefined()
})
