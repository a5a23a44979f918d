import { describe, expect, test } from 'vitest'
import {
  credentialsReferenceOf,
  ecrImageOf,
  roleNameOf,
  secretIdOf,
  secretReferenceOf,
} from '../../shared/snapshot/references.ts'

const DIGEST = 'sha256:'.padEnd(71, 'a')
const HOST = '111122223333.dkr.ecr.eu-central-1.amazonaws.com'
const place = { accountId: '111122223333', region: 'eu-central-1' }

describe('images', () => {
  test.each([
    [`${HOST}/press:v7`, { ...place, repository: 'press', tag: 'v7' }],
    [`${HOST}/news/press`, { ...place, repository: 'news/press', tag: 'latest' }],
    [`${HOST}/press@${DIGEST}`, { ...place, repository: 'press', digest: DIGEST }],
    [`${HOST}/press:v7@${DIGEST}`, { ...place, repository: 'press', tag: 'v7', digest: DIGEST }],
    [
      '111122223333.dkr.ecr-fips.us-gov-west-1.amazonaws.com/press:v7',
      { ...place, region: 'us-gov-west-1', repository: 'press', tag: 'v7' },
    ],
    [
      '111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/press:v7',
      { ...place, region: 'cn-north-1', repository: 'press', tag: 'v7' },
    ],
    ['111122223333.dkr-ecr.eu-central-1.on.aws/press:v7', { ...place, repository: 'press', tag: 'v7' }],
    ['nginx', undefined],
    ['public.ecr.aws/nginx/nginx:1.29', undefined],
    ['ghcr.io/news/press:v7', undefined],
    ['', undefined],
  ])('%s', (image, expected) => {
    expect(ecrImageOf(image)).toEqual(expected)
  })
})

describe('secrets', () => {
  const secret = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:press/db-AbCdEf'
  const parameter = 'arn:aws:ssm:eu-central-1:111122223333:parameter'

  test.each([
    [secret, { kind: 'secret', key: secret }],
    [`${secret}:password::`, { kind: 'secret', key: `${secret}:password::` }],
    [`${parameter}/press/db`, { kind: 'parameter', key: '/press/db' }],
    [`${parameter}/press/db:3`, { kind: 'parameter', key: '/press/db' }],
    [`${parameter}/db`, { kind: 'parameter', key: 'db' }],
    ['/press/db', { kind: 'parameter', key: '/press/db' }],
    ['db:3', { kind: 'parameter', key: 'db' }],
  ])('%s', (valueFrom, expected) => {
    expect(secretReferenceOf(valueFrom)).toEqual(expected)
  })

  test('the ARN ends before the JSON key', () => {
    expect(secretIdOf(`${secret}:password:AWSCURRENT:`)).toBe(secret)
    expect(secretIdOf(secret)).toBe(secret)
    expect(secretIdOf('docker-login')).toBe('docker-login')
  })

  test("a registry's credentials are a secret also by name", () => {
    expect(credentialsReferenceOf('docker-login')).toEqual({ kind: 'secret', key: 'docker-login' })
    expect(credentialsReferenceOf(secret)).toEqual({ kind: 'secret', key: secret })
  })
})

test("a role's name is what follows its path", () => {
  expect(roleNameOf('arn:aws:iam::111122223333:role/service-role/press')).toBe('press')
  expect(roleNameOf('press')).toBe('press')
})
