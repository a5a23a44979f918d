/** The object store in S3, for those who write; loaded when a finding is large, as in connect-reader.ts. */
import type { ObjectStore } from './object-store.ts'

export function connectObjects(bucket: string): ObjectStore {
  let connected: Promise<ObjectStore> | undefined
  const connect = () => {
    connected ??= import('./s3-objects.ts').then(({ s3ObjectsIn }) => s3ObjectsIn(bucket))
    return connected
  }
  return {
    bucket,
    get: async (at) => (await connect()).get(at),
    put: async (key, body) => (await connect()).put(key, body),
    keep: async (key) => (await connect()).keep(key),
    release: async (key) => (await connect()).release(key),
  }
}
