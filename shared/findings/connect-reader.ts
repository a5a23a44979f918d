/** Objects in S3 as the AWS SDK reaches them; its client takes 120 KB more, and is loaded when a finding is large. */
import type { S3ClientConfig } from '@aws-sdk/client-s3'
import type { ObjectReader } from './object-store.ts'

/** @param config what is not given, the SDK's own chain decides */
export function connectReader(config: S3ClientConfig = {}): ObjectReader {
  let connected: Promise<ObjectReader> | undefined
  return {
    get(at) {
      connected ??= import('./s3-reader.ts').then(({ s3Client, s3Reader }) => s3Reader(s3Client(config)))
      return connected.then((reader) => reader.get(at))
    },
  }
}
