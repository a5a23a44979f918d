import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, it } from 'vitest'
import { connectReader } from '../../../shared/findings/connect-reader.ts'

it('an S3 that takes the question and never answers is one that refuses', async () => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const reader = connectReader({
    endpoint: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
    forcePathStyle: true,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  })
  await expect(reader.get({ bucket: 'findings', key: 'large' })).rejects.toThrow(/5000 ms/)
  silent.close()
}, 10_000)
