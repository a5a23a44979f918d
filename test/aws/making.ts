/** What all that is made through the AWS API shares. */

export const ACCOUNT = '123456789012'

/** What AWS always returns, and TypeScript cannot know. */
export function sure(id: string | undefined): string {
  if (id === undefined) throw new Error('the API returned no id')
  return id
}

export const policy = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements })

/** Of an image without layers. */
export const manifest = JSON.stringify({
  schemaVersion: 2,
  mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
  config: {
    mediaType: 'application/vnd.docker.container.image.v1+json',
    size: 1,
    digest: `sha256:${'1'.repeat(64)}`,
  },
  layers: [],
})
