/** What a task names, in a sweep of the Region. */
import { describe, expect, test } from 'vitest'
import { collectRegion } from '../../../shared/snapshot/collect/index.ts'
import { type Answers, fakeAws, refusal } from './aws.ts'
import { ACCOUNT, MANAGED, printShop, REGION, SECRET, taskDefinition } from './print-shop.ts'

async function collect(changes: Answers = {}) {
  const aws = fakeAws({ ...printShop, ...changes })
  const { scopes } = await collectRegion(aws.clients)
  const [scope] = scopes
  if (!scope) throw new Error('no scope')
  return { ...aws, scope, responses: scope.responses }
}

const refuse = (name: string) => () => {
  throw refusal(name, 'said AWS')
}

describe('roles', () => {
  test('execution role and task role with all their policies', async () => {
    const { responses, scope } = await collect()
    expect(Object.keys(responses['iam:GetRole'] ?? {})).toEqual(['press-execution', 'press-task'])
    expect(responses['iam:ListRolePolicies']?.['press-task']).toEqual({ PolicyNames: ['archive'] })
    expect(responses['iam:GetRolePolicy']).toEqual({
      'press-task/archive': { RoleName: 'press-task', PolicyName: 'archive', PolicyDocument: '%7B%7D' },
    })
    expect(responses['iam:GetPolicyVersion']).toEqual({
      [MANAGED]: { PolicyVersion: { VersionId: 'v3', Document: '%7B%7D' } },
    })
    expect(scope.errors).toEqual({})
  })

  test("a permissions boundary is a policy, and a task's own roles count", async () => {
    const boundary = `arn:aws:iam::${ACCOUNT}:policy/fence`
    const { responses } = await collect({
      GetRole: {
        Role: {
          PermissionsBoundary: {
            PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
            PermissionsBoundaryArn: boundary,
          },
        },
      },
      DescribeTasks: {
        tasks: [{ taskArn: 'task', overrides: { taskRoleArn: `arn:aws:iam::${ACCOUNT}:role/night-shift` } }],
      },
    })
    expect(Object.keys(responses['iam:GetPolicyVersion'] ?? {})).toContain(boundary)
    expect(Object.keys(responses['iam:GetRole'] ?? {})).toContain('night-shift')
  })

  test('a role that is not there is an answer, not an error', async () => {
    const none = refuse('NoSuchEntityException')
    const { responses, scope } = await collect({
      GetRole: none,
      ListAttachedRolePolicies: none,
      ListRolePolicies: none,
    })
    expect(responses['iam:GetRole']?.['press-execution']).toEqual({})
    expect(responses['iam:ListAttachedRolePolicies']?.['press-execution']).toEqual({ AttachedPolicies: [] })
    expect(responses['iam:ListRolePolicies']?.['press-execution']).toEqual({ PolicyNames: [] })
    expect(scope.errors).toEqual({})
  })

  test('a role that nobody may see is not known', async () => {
    const { responses, scope } = await collect({ GetRole: refuse('AccessDenied') })
    expect(responses['iam:GetRole']).toEqual({})
    expect(scope.errors['iam:GetRole']?.name).toBe('AccessDenied')
  })
})

describe('images', () => {
  test("only those in use of the account's own registry, by tag and by the digest that runs", async () => {
    const { responses, inputs } = await collect()
    expect(inputs('DescribeImages')).toEqual([
      {
        repositoryName: 'news/press',
        imageIds: [{ imageTag: 'v7' }, { imageDigest: expect.stringMatching(/^sha256:1{64}$/) }],
      },
    ])
    expect(responses['ecr:DescribeImages']?.['news/press']?.imageDetails).toMatchObject([
      { imageTags: ['v7'] },
    ])
    expect(Object.keys(responses['ecr:GetRepositoryPolicy'] ?? {})).toEqual(['news/press'])
  })

  test('one that is not there leaves the others in the list', async () => {
    const { responses, scope } = await collect({
      DescribeImages: ({ imageIds }) => {
        const ids = imageIds as { imageDigest?: string; imageTag?: string }[]
        if (ids.some((id) => id.imageTag)) throw refusal('ImageNotFoundException', 'no v7')
        return { imageDetails: [{ imageDigest: ids[0]?.imageDigest }] }
      },
    })
    expect(responses['ecr:DescribeImages']?.['news/press']?.imageDetails).toEqual([
      { imageDigest: expect.stringMatching(/^sha256:1{64}$/), imageTags: [] },
    ])
    expect(scope.errors).toEqual({})
  })

  test('a repository that is not there holds no image and has no policy', async () => {
    const { responses, scope } = await collect({
      DescribeImages: refuse('RepositoryNotFoundException'),
      GetRepositoryPolicy: refuse('RepositoryNotFoundException'),
    })
    expect(responses['ecr:DescribeImages']?.['news/press']).toEqual({ imageDetails: [] })
    expect(responses['ecr:GetRepositoryPolicy']?.['news/press']).toEqual({})
    expect(scope.errors).toEqual({})
  })

  test('one that nobody may see is not known: half a list is not a list', async () => {
    const { responses, scope } = await collect({
      DescribeImages: ({ imageIds }) => {
        const ids = imageIds as { imageTag?: string }[]
        throw refusal(ids.length > 1 ? 'ImageNotFoundException' : 'AccessDeniedException', 'said AWS')
      },
    })
    expect(responses['ecr:DescribeImages']).toEqual({})
    expect(scope.errors['ecr:DescribeImages']?.name).toBe('AccessDeniedException')
  })
})

describe('secrets and parameters', () => {
  test('are asked for by the ARN alone and kept under what was written', async () => {
    const { responses, inputs } = await collect()
    expect(inputs('DescribeSecret')).toEqual([{ SecretId: SECRET }, { SecretId: 'docker-login' }])
    expect(responses['secretsmanager:DescribeSecret']).toMatchObject({
      [`${SECRET}:password::`]: { ARN: SECRET },
      'docker-login': { ARN: 'docker-login' },
    })
  })

  test('parameters by name, also where an ARN was written; other Regions are not asked', async () => {
    const { responses, inputs } = await collect()
    expect(Object.keys(responses['ssm:DescribeParameters'] ?? {})).toEqual([
      '/press/edition',
      'ink',
      'log-token',
    ])
    expect(inputs('DescribeParameters')).toContainEqual(
      expect.objectContaining({
        ParameterFilters: [{ Key: 'Name', Option: 'Equals', Values: ['ink', '/ink'] }],
      }),
    )
  })

  test('what is not there is an empty answer', async () => {
    const { responses, scope } = await collect({
      DescribeSecret: refuse('ResourceNotFoundException'),
      DescribeParameters: {},
    })
    expect(responses['secretsmanager:DescribeSecret']?.['docker-login']).toEqual({})
    expect(responses['ssm:DescribeParameters']?.['/press/edition']).toEqual({ Parameters: [] })
    expect(scope.errors).toEqual({})
  })

  test('no operation is called that gives a value', async () => {
    const { calls } = await collect()
    for (const { operation } of calls) expect(operation).not.toMatch(/GetSecretValue|GetParameter/)
  })
})

describe('logs and volumes', () => {
  test('every log group of the Region, fifty a page', async () => {
    const { responses, inputs } = await collect()
    expect(inputs('DescribeLogGroups')).toEqual([{ limit: 50 }])
    expect(responses['logs:DescribeLogGroups']).toEqual({ logGroups: [{ logGroupName: '/ecs/press' }] })
  })

  test('mount targets of every file system, with groups and policies', async () => {
    const { responses } = await collect()
    expect(
      responses['efs:DescribeMountTargets']?.MountTargets?.map(({ MountTargetId }) => MountTargetId),
    ).toEqual(['fsmt-fs-archive', 'fsmt-fs-photos'])
    expect(responses['efs:DescribeMountTargetSecurityGroups']?.['fsmt-fs-archive']).toEqual({
      SecurityGroups: ['sg-archive'],
    })
    expect(Object.keys(responses['efs:DescribeFileSystemPolicy'] ?? {})).toEqual(['fs-archive', 'fs-photos'])
  })

  test('a file system without a policy, and one that is not there', async () => {
    const { responses, scope } = await collect({
      DescribeFileSystems: {},
      DescribeFileSystemPolicy: refuse('PolicyNotFound'),
    })
    expect(responses['efs:DescribeMountTargets']).toEqual({ MountTargets: [] })
    expect(responses['efs:DescribeFileSystemPolicy']).toEqual({ 'fs-archive': {} })
    expect(scope.errors).toEqual({})
  })

  test('a definition without an image, a role, a log group or a volume costs no calls', async () => {
    const { calls } = await collect({
      DescribeTasks: {},
      DescribeTaskDefinition: {
        taskDefinition: { taskDefinitionArn: taskDefinition.taskDefinitionArn, containerDefinitions: [{}] },
      },
    })
    for (const { operation } of calls)
      expect(operation).not.toMatch(/Role|Images|RepositoryPolicy|Secret|Parameters/)
  })
})

test(`${REGION} is asked alone: who changed what is looked up by name`, async () => {
  const { calls } = await collect()
  expect(calls.map(({ operation }) => operation)).not.toContain('LookupEvents')
})
