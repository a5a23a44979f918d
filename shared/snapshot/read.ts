/** Reading a snapshot file: plain or gzip JSON, validated, with errors that name the place. */
import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { InputError } from '../input-error.ts'
import { parseSnapshot } from './parse.ts'
import type { Snapshot } from './types.ts'

const GZIP_MAGIC = 0x1f8b

/** @throws InputError when the file cannot be read, is not JSON, or is not a snapshot. */
export async function readSnapshot(path: string): Promise<Snapshot> {
  return parseSnapshot(await readSnapshotJson(path), path)
}

/** The file's JSON as it stands, for work on what the analysis does not read (redaction). */
export async function readSnapshotJson(path: string): Promise<unknown> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new InputError(`snapshot ${path}: ${readProblem(error)}`)
  })
  try {
    const zipped = bytes.length > 2 && bytes.readUInt16BE(0) === GZIP_MAGIC
    return JSON.parse(withoutByteOrderMark((zipped ? gunzipSync(bytes) : bytes).toString('utf8')))
  } catch (error) {
    throw new InputError(`snapshot ${path}: not JSON (plain or gzip): ${(error as Error).message}`)
  }
}

/** Windows tools put one in front of UTF-8; JSON has no place for it. */
export const withoutByteOrderMark = (text: string): string => text.replace(/^\uFEFF/, '')

const readProblem = (error: NodeJS.ErrnoException) =>
  error.code === 'ENOENT' ? 'no such file' : error.code === 'EISDIR' ? 'is a directory' : error.message
