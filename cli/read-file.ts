import { readFile } from 'node:fs/promises'
import { InputError } from '../shared/input-error.ts'
import { withoutByteOrderMark } from '../shared/snapshot/read.ts'

/**
 * The JSON in a file that a person named.
 * @param what how the file is called in an error, such as `event`
 * @throws InputError
 */
export async function readJson(path: string, what: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new InputError(`${what} ${path}: ${fileProblem(error)}`)
  })
  try {
    return JSON.parse(withoutByteOrderMark(text))
  } catch (error) {
    throw new InputError(`${what} ${path}: not JSON: ${(error as Error).message}`)
  }
}

/** Why a file could not be read, in words. */
export function fileProblem(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return 'no such file'
  if (error.code === 'EISDIR') return 'is a directory'
  if (error.code === 'EACCES') return 'permission denied'
  return error.message
}
