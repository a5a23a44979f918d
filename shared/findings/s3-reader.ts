/** Objects in S3, read. */
import { GetObjectCommand, NoSuchKey, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3'
import type { ObjectReader } from './object-store.ts'

/** @param config what is not given, the SDK's own chain decides */
export const s3ReaderWith = (config: S3ClientConfig): ObjectReader => s3Reader(new S3Client(config))

export const s3Reader = (client: S3Client): ObjectReader => ({
  async get({ bucket, key }) {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
      return await Body?.transformToByteArray()
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined
      throw error
    }
  },
})
