/** The object store in a folder: what expires and what is kept lie apart. */
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ObjectStore } from '../../shared/findings/object-store.ts'

const BUCKET = 'local'
const DAY = 24 * 3_600_000

/** @param path made when first needed */
export function fileObjects(path: string): ObjectStore {
  const at = (folder: 'expiring' | 'kept', key: string) => join(path, folder, encodeURIComponent(key))
  const move = async (from: string, to: string) => {
    await mkdir(join(to, '..'), { recursive: true })
    await rename(from, to)
  }
  return {
    bucket: BUCKET,

    async put(key, body) {
      const written = at('expiring', key)
      const unfinished = `${written}.${process.pid}`
      await mkdir(join(path, 'expiring'), { recursive: true })
      await writeFile(unfinished, body)
      await rename(unfinished, written)
      await rm(at('kept', key), { force: true })
    },

    async keep(key) {
      if (await isFound(move(at('expiring', key), at('kept', key)))) return true
      return isFound(stat(at('kept', key)))
    },

    async release(key) {
      await isFound(move(at('kept', key), at('expiring', key)))
    },

    async get({ key }) {
      for (const folder of ['kept', 'expiring', 'kept'] as const) {
        const body = await found(readFile(at(folder, key)))
        if (body) return body
      }
      return undefined
    },
  }
}

/** What a lifecycle rule does for a bucket. */
export async function removeExpired(path: string, days: number, now: Date): Promise<void> {
  const folder = join(path, 'expiring')
  for (const name of (await found(readdir(folder))) ?? []) {
    const written = await found(stat(join(folder, name)))
    if (written && now.getTime() - written.mtimeMs > days * DAY) await rm(join(folder, name), { force: true })
  }
}

async function found<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

const isFound = async (doing: Promise<unknown>): Promise<boolean> =>
  (await found(doing.then(() => true))) === true
