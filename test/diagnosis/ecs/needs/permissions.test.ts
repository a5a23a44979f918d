/** Needs and policies together: what the managed policy alone is enough for. */
import { describe, expect, it } from 'vitest'
import { evaluate } from '../../../../shared/iam/evaluate.ts'
import { contextOf } from '../../../../shared/iam/request.ts'
import { rolePolicies } from '../../../../shared/iam/role-policies.ts'
import { parseSnapshot } from '../../../../shared/snapshot/parse.ts'
import { needsOf, oven } from './ovens.ts'

const role = 'arn:aws:iam::111122223333:role/oven-execution'
const name = 'oven-execution'

const { scopes } = parseSnapshot({
  schemaVersion: '1',
  collectedAt: '2026-11-20T03:00:00Z',
  scopes: [
    {
      accountId: '111122223333',
      region: 'eu-west-1',
      responses: {
        'iam:GetRole': { [name]: { Role: { AssumeRolePolicyDocument: '{"Statement":[]}' } } },
        'iam:ListRolePolicies': { [name]: { PolicyNames: ['parameters'] } },
        'iam:GetRolePolicy': {
          [`${name}/parameters`]: {
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: {
                Effect: 'Allow',
                Action: 'ssm:GetParameters',
                Resource: 'arn:aws:ssm:*:*:parameter/bakery/*',
              },
            },
          },
        },
        'iam:ListAttachedRolePolicies': {
          [name]: {
            AttachedPolicies: [
              { PolicyArn: 'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy' },
            ],
          },
        },
      },
    },
  ],
})

describe('an execution role with the managed policy and its own parameters', () => {
  const container = oven({
    secrets: [
      { name: 'DSN', valueFrom: '/bakery/dsn' },
      { name: 'KEY', valueFrom: '/mill/key' },
      { name: 'DB', valueFrom: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:bakery/db' },
    ],
    logConfiguration: {
      logDriver: 'awslogs',
      options: { 'awslogs-group': '/ecs/oven', 'awslogs-create-group': 'true' },
    },
  })

  it('may pull, write logs and read them, and neither make groups nor read the rest', () => {
    const [scope] = scopes
    const { identity } = rolePolicies(scope ?? expect.unreachable(), name)
    const decided = needsOf(container)
      .permissions.filter(({ by }) => by === 'execution-role')
      .map(({ action, resource }) => {
        const request = {
          principal: { kind: 'role', arn: role } as const,
          context: contextOf(role, 'eu-west-1', undefined),
        }
        return `${action}: ${evaluate({ ...request, action, resource }, { identity }).kind}`
      })
    expect(decided).toEqual([
      'ecr:GetAuthorizationToken: allowed',
      'ecr:BatchGetImage: allowed',
      'ecr:GetDownloadUrlForLayer: allowed',
      'ssm:GetParameters: allowed',
      'ssm:GetParameters: not-allowed',
      'secretsmanager:GetSecretValue: not-allowed',
      'logs:CreateLogStream: allowed',
      'logs:PutLogEvents: allowed',
      'logs:CreateLogGroup: not-allowed',
    ])
  })
})
