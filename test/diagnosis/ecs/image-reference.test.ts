import { describe, expect, it } from 'vitest'
import { parseImage } from '../../../shared/diagnosis/ecs/image-reference.ts'

const digest = `sha256:${'0a1b'.repeat(16)}`

describe('an image reference', () => {
  it.each([
    ['nginx', { registry: 'docker-hub', host: 'docker.io', repository: 'library/nginx', tag: 'latest' }],
    ['nginx:1.29-alpine', { registry: 'docker-hub', repository: 'library/nginx', tag: '1.29-alpine' }],
    ['bakery/web', { registry: 'docker-hub', repository: 'bakery/web', tag: 'latest' }],
    ['docker.io/bakery/web:5', { registry: 'docker-hub', repository: 'bakery/web', tag: '5' }],
    [
      'registry-1.docker.io/library/redis:7',
      { registry: 'docker-hub', repository: 'library/redis', tag: '7' },
    ],
    [`nginx@${digest}`, { registry: 'docker-hub', repository: 'library/nginx', digest }],
    [`bakery/web:5@${digest}`, { registry: 'docker-hub', repository: 'bakery/web', tag: '5', digest }],
    [
      'public.ecr.aws/docker/library/nginx:1',
      { registry: 'ecr-public', repository: 'docker/library/nginx', tag: '1' },
    ],
    [
      'ghcr.io/bakery/web:main',
      { registry: 'other', host: 'ghcr.io', repository: 'bakery/web', tag: 'main' },
    ],
    ['localhost/web', { registry: 'other', host: 'localhost', repository: 'web' }],
    [
      'registry.bakery.example:5000/web:5',
      { registry: 'other', host: 'registry.bakery.example:5000', repository: 'web' },
    ],
    ['quay.io/a__b/c-d.e', { registry: 'other', host: 'quay.io', repository: 'a__b/c-d.e', tag: 'latest' }],
  ])('%s', (text, expected) => expect(parseImage(text)).toMatchObject(expected))

  it.each([
    ['111122223333.dkr.ecr.eu-west-1.amazonaws.com', 'eu-west-1', false, false],
    ['111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn', 'cn-north-1', false, false],
    ['111122223333.dkr.ecr.us-gov-west-1.amazonaws.com', 'us-gov-west-1', false, false],
    ['111122223333.dkr.ecr-fips.us-gov-east-1.amazonaws.com', 'us-gov-east-1', true, false],
    ['111122223333.dkr.ecr.eusc-de-east-1.amazonaws.eu', 'eusc-de-east-1', false, false],
    ['111122223333.dkr-ecr.ap-northeast-1.on.aws', 'ap-northeast-1', false, true],
    ['111122223333.dkr-ecr-fips.us-east-2.on.aws', 'us-east-2', true, true],
  ])('of ECR in %s names account, Region and ways', (host, region, fips, dualStack) => {
    expect(parseImage(`${host}/bakery/web:2026-11-18`)).toEqual({
      registry: 'ecr',
      accountId: '111122223333',
      region,
      fips,
      dualStack,
      host,
      repository: 'bakery/web',
      tag: '2026-11-18',
    })
  })

  it.each([
    '111122223333.dkr.ecr.eu-west-1.amazonaws.com.example.org/web',
    '1111.dkr.ecr.eu-west-1.amazonaws.com/web',
    '111122223333.dkr.ecr.amazonaws.com/web',
    'x111122223333.dkr.ecr.eu-west-1.amazonaws.com/web',
  ])('%s is not in ECR', (text) => expect(parseImage(text)).toMatchObject({ registry: 'other' }))

  it.each([
    '',
    ' ',
    'nginx:',
    'nginx@',
    'Nginx',
    'bakery/Web:5',
    '<IMAGE1_NAME>',
    `\${IMAGE}`,
    'web latest',
    'https://ghcr.io/bakery/web',
    'ghcr.io/',
    'nginx@sha256:0a1b',
    `111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:\${TAG}`,
    'bakery//web',
  ])('%j is none', (text) => expect(parseImage(text)).toBeUndefined())
})
