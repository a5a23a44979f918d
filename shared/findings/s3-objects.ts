/** The object store on S3. The bucket's lifecycle rule removes what has the tag `expires=true`, and nothing else. */
import { PutObjectCommand, PutObjectTaggingCommand, type S3Client } from '@aws-sdk/client-s3'
import type { ObjectStore } from './object-store.ts'
import { EXPIRES_TAG } from './retention.ts'
import { s3Client, s3Reader } from './s3-reader.ts'

/** The SDK's own chain decides where, and as whom. */
export const s3ObjectsIn = (bucket: string): ObjectStore => s3Objects(s3Client(), bucket)

export function s3Objects(client: S3Client, bucket: string): ObjectStore {
  /** @returns false when there is no such object */
  async function tag(Key: string, expires: boolean): Promise<boolean> {
    const Tagging = { TagSet: [{ Key: EXPIRES_TAG, Value: String(expires) }] }
    try {
      await client.send(new PutObjectTaggingCommand({ Bucket: bucket, Key, Tagging }))
      return true
    } catch (error) {
      // The operation models no error of its own.
      if ((error as Error).name === 'NoSuchKey') return false
      throw error
    }
  }
  return {
    ...s3Reader(client),
    bucket,
    async put(Key, Body) {
      const Tagging = `${EXPIRES_TAG}=true`
      await client.send(
        new PutObjectCommand({ Bucket: bucket, Key, Body, ContentType: CONTENT_TYPE, Tagging }),
      )
    },
    keep: (key) => tag(key, false),
    async release(key) {
      await tag(key, true)
    },
  }
}

const CONTENT_TYPE = 'application/gzip'
