/** Objects in S3, read. */
import { GetObjectCommand, NoSuchKey, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3'
import type { ObjectReader } from './object-store.ts'

/** Milliseconds, for each of the SDK's attempts: who waits for S3 as long as a function may run has told nobody of anything. */
const PATIENCE = { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true }

/** @param config what is not given, the SDK's own chain decides */
export const s3Client = (config: S3ClientConfig = {}): S3Client =>
  new S3Client({ requestHandler: PATIENCE, ...config })

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
