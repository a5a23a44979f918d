import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startDatabase } from '../../../cli/local/database.ts'
import { openFolder, runningIn } from '../../../cli/local/folder.ts'
import { readIncidents } from '../../../cli/local/incidents.ts'

let home: string

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'hca-folder-'))
})
afterEach(async () => {
  await rm(home, { recursive: true })
})

describe('the folder of the local system', () => {
  it('tells a second terminal where the database is, and a second instance that it is taken', async () => {
    const dir = join(home, 'deep', '.hca')
    const folder = await openFolder(dir)
    const database = await startDatabase()
    await folder.announce({ endpoint: database.endpoint, table: 'hca-findings' })
    expect(await runningIn(dir)).toEqual({
      endpoint: database.endpoint,
      table: 'hca-findings',
      pid: process.pid,
    })
    await expect(openFolder(dir)).rejects.toThrow(
      `${dir}: another hca local (pid ${process.pid}) runs there: stop it, or give another folder with --dir`,
    )
    await database.close()
    await folder.withdraw()
    expect(await runningIn(dir)).toBeUndefined()
  })

  it('what a killed instance left behind does not count', async () => {
    const folder = await openFolder(home)
    await folder.announce({ endpoint: 'http://127.0.0.1:9', table: 'hca-findings' })
    expect(await runningIn(home)).toBeUndefined()
    await openFolder(home)
    expect(await readFile(join(home, 'endpoint.json'), 'utf8')).toBe('{}\n')
  })

  it('a folder that cannot be made is refused in one line', async () => {
    await writeFile(join(home, 'file'), '')
    await expect(openFolder(join(home, 'file'))).rejects.toThrow(
      /cannot be written \(EEXIST\): give another folder/,
    )
    await expect(openFolder(join(home, 'file', 'below'))).rejects.toThrow(/cannot be written \(ENOTDIR\)/)
  })
})

describe('recorded incidents', () => {
  it('a folder without incidents, a missing and a broken file are named', async () => {
    await expect(readIncidents(join(home, 'none'))).rejects.toThrow('no such folder')
    await expect(readIncidents(home)).rejects.toThrow('holds no incident')
    await mkdir(join(home, '01-cold'))
    await expect(readIncidents(home)).rejects.toThrow('incident.json: ENOENT')
    await writeFile(join(home, '01-cold', 'incident.json'), '{"title": 1}')
    await expect(readIncidents(home)).rejects.toThrow('expected {"title": TEXT, "description": TEXT}')
  })
})
