/** What a service needs to start, over AWS's own protocols: what is there, and what is not. */
import { beforeAll, describe, expect, test } from 'vitest'
import type { Scope } from '../../shared/snapshot/types.ts'
import { collect, hca } from './hca.ts'
import { createNightPress } from './night-press.ts'

const REGION = 'eu-west-1'
const live = ['--region', REGION, '--endpoint-url', process.env.AWS_ENDPOINT_URL ?? '']

let press: Awaited<ReturnType<typeof createNightPress>>

beforeAll(async () => {
  press = await createNightPress(REGION)
})

const scopeOf = async (name: string, args: readonly string[]): Promise<Scope> => {
  const { snapshot } = await collect(name, [...live, ...args])
  const [scope] = snapshot.scopes
  if (!scope) throw new Error('no scope')
  return scope
}

describe.each([
  ['of a service', ['--service', 'night/press'], 'selection'],
  ['of the Region', [], 'region'],
] as const)('a snapshot %s', (name, args, coverage) => {
  let scope: Scope
  beforeAll(async () => {
    scope = await scopeOf(`${coverage}-tasks.json`, args)
  })

  test('fails nowhere', () => {
    expect(scope).toMatchObject({ coverage, accountId: '123456789012' })
    expect(scope.errors, name).toEqual({})
  })

  test('roles with their policies, and one that is not there', () => {
    const { responses } = scope
    expect(responses['iam:GetRole']?.['press-execution']?.Role?.Arn).toBe(press.role)
    expect(responses['iam:GetRole']?.absent).toEqual({})
    expect(responses['iam:ListAttachedRolePolicies']?.absent).toEqual({ AttachedPolicies: [] })
    expect(responses['iam:ListRolePolicies']).toMatchObject({
      'press-execution': { PolicyNames: ['edition'] },
      absent: { PolicyNames: [] },
    })
    const inline = responses['iam:GetRolePolicy']?.['press-execution/edition']?.PolicyDocument
    expect(decodeURIComponent(String(inline))).toContain('ssm:GetParameters')
    const [version] = Object.values(responses['iam:GetPolicyVersion'] ?? {})
    expect(version?.PolicyVersion?.VersionId).toBe('v2')
    expect(decodeURIComponent(String(version?.PolicyVersion?.Document))).toContain('ecr:BatchGetImage')
  })

  test('images: one that is there, one that is not, and a repository that is not', () => {
    const { responses } = scope
    const images = responses['ecr:DescribeImages']
    expect(images?.press?.imageDetails?.map(({ imageTags }) => imageTags)).toEqual([['v7']])
    expect(images?.['press-lost']).toEqual({ imageDetails: [] })
    expect(responses['ecr:GetRepositoryPolicy']).toEqual({ press: {}, 'press-lost': {} })
  })

  test('secrets and parameters, without what they are', () => {
    const { responses } = scope
    const secrets = responses['secretsmanager:DescribeSecret'] ?? {}
    expect(secrets[`${press.secret}:password::`]?.ARN).toBe(press.secret)
    expect(secrets[`arn:aws:secretsmanager:${REGION}:123456789012:secret:absent-AbCdEf`]).toEqual({})
    expect(responses['ssm:DescribeParameters']).toMatchObject({
      '/press/edition': { Parameters: [{ Name: '/press/edition', Type: 'SecureString' }] },
      '/press/nowhere': { Parameters: [] },
    })
    expect(JSON.stringify(scope)).not.toContain('hunter2')
  })

  test('log group, and file system with its mount target', () => {
    const { responses } = scope
    expect(responses['logs:DescribeLogGroups']?.logGroups?.map((one) => one.logGroupName)).toEqual([
      '/ecs/press',
    ])
    const [target] = responses['efs:DescribeMountTargets']?.MountTargets ?? []
    expect(target).toMatchObject({ FileSystemId: press.fileSystem, SubnetId: press.subnet })
    expect(responses['efs:DescribeMountTargetSecurityGroups']?.[target?.MountTargetId ?? '']).toEqual({
      SecurityGroups: [press.group],
    })
    expect(responses['efs:DescribeFileSystemPolicy']).toEqual({ [press.fileSystem]: {} })
  })

  test("the VPC's endpoints and its DNS", () => {
    const { responses } = scope
    const endpoints = responses['ec2:DescribeVpcEndpoints']?.VpcEndpoints ?? []
    expect(endpoints.map(({ VpcEndpointId }) => VpcEndpointId)).toEqual([press.endpoint])
    expect(responses['ec2:DescribeVpcAttribute']?.[press.vpc]).toMatchObject({
      EnableDnsSupport: { Value: true },
    })
  })
})

test.each([
  ['night/none', 'unknown service: night/none'],
  ['noon/press', 'unknown cluster: noon'],
])('--service %s: one line, exit 2', async (service, says) => {
  const { exitCode, stderr } = await hca(['audit', ...live, '--service', service])
  expect(stderr).toContain(says)
  expect(exitCode).toBe(2)
})
