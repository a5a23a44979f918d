/** The object store in memory: what expires is told from what is kept. */
import type { ObjectStore } from '../../shared/findings/object-store.ts'

export interface MemoryObjects extends ObjectStore {
  /** Keys of what stays. */
  readonly kept: () => readonly string[]
  readonly keys: () => readonly string[]
  /** What the lifecycle rule does, when the days of everything that expires are over. */
  readonly expire: () => void
  /** Somebody deletes it, or writes something else there. */
  readonly damage: (key: string, body: Uint8Array | undefined) => void
}

interface Stored {
  readonly body: Uint8Array
  readonly stays: boolean
}

export function memoryObjects(bucket = 'findings'): MemoryObjects {
  const stored = new Map<string, Stored>()
  return {
    bucket,
    async get({ key }) {
      return stored.get(key)?.body
    },
    async put(key, body) {
      stored.set(key, { body, stays: false })
    },
    async keep(key) {
      const known = stored.get(key)
      if (known) stored.set(key, { ...known, stays: true })
      return known !== undefined
    },
    async release(key) {
      const known = stored.get(key)
      if (known) stored.set(key, { ...known, stays: false })
    },
    kept: () => [...stored].flatMap(([key, { stays }]) => (stays ? [key] : [])),
    keys: () => [...stored.keys()],
    expire() {
      for (const [key, { stays }] of stored) if (!stays) stored.delete(key)
    },
    damage(key, body) {
      if (body) stored.set(key, { body, stays: stored.get(key)?.stays ?? false })
      else stored.delete(key)
    },
  }
}
