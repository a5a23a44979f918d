import { randomUUID } from 'node:crypto'
import { rename, rm, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { InputError } from '../shared/input-error.ts'

/**
 * Writes JSON, gzip when the name ends in `.gz`. Whoever reads the file finds all of it or what was there before.
 * @throws InputError when it cannot be written
 */
export async function writeJson(path: string, value: unknown): Promise<void> {
  const text = JSON.stringify(value)
  const temporary = `${path}.${randomUUID()}.tmp`
  try {
    await writeFile(temporary, path.endsWith('.gz') ? await promisify(gzip)(text) : `${text}\n`)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw new InputError(`--out ${path}: cannot be written (${(error as NodeJS.ErrnoException).code})`)
  }
}
