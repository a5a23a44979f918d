/** The object store on S3. The bucket's lifecycle rule removes what has the tag `expires=true`, and nothing else. */
import { NoSuchKey, PutObjectCommand, PutObjectTaggingCommand, S3Client } from '@aws-sdk/client-s3'
import { EXPIRES_TAG } from './bucket.ts'
import type { ObjectStore } from './object-store.ts'
import { s3Reader } from './s3-reader.ts'

/** The SDK's own chain decides where, and as whom. */
export const s3ObjectsIn = (bucket: string): ObjectStore => s3Objects(new S3Client({}), bucket)

export const s3Objects = (client: S3Client, bucket: string): ObjectStore => ({
  ...s3Reader(client),
  bucket,

  async put(key, body) {
    await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: body,
        ContentType: 'application/gzip',
        Tagging: `${EXPIRES_TAG}=true`,
      }),
    )
  },

  async keep(key) {
    const Tagging = { TagSet: [{ Key: EXPIRES_TAG, Value: 'false' }] }
    try {
      await client.send(new PutObjectTaggingCommand({ Bucket: bucket, Key: key, Tagging }))
      return true
    } catch (error) {
      if (error instanceof NoSuchKey || (error as Error).name === 'NoSuchKey') return false
      throw error
    }
  },
})
