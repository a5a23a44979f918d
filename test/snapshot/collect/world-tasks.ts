/** ECS, and what its tasks need, answered from a pretend account. */
import { jsonOf, type World } from '../../fixtures/index.ts'
import type { Answers } from './aws.ts'

type Keyed = Readonly<Record<string, object>>
type Input = Record<string, unknown>

export function taskAnswers(world: World): Answers {
  const responses = jsonOf(world).scopes[0]?.responses as Record<string, Keyed>
  const by = (operation: string, ...fields: readonly string[]) => [
    operation,
    (input: Input) => responses[operation]?.[fields.map((field) => input[field]).join('/')] ?? {},
  ]
  return Object.fromEntries([
    ...ecs(world),
    by('iam:GetRole', 'RoleName'),
    by('iam:ListAttachedRolePolicies', 'RoleName'),
    by('iam:ListRolePolicies', 'RoleName'),
    by('iam:GetRolePolicy', 'RoleName', 'PolicyName'),
    by('iam:GetPolicyVersion', 'PolicyArn'),
    ['iam:GetPolicy', { Policy: { DefaultVersionId: 'v1' } }],
    by('ecr:DescribeImages', 'repositoryName'),
    by('ecr:GetRepositoryPolicy', 'repositoryName'),
    [
      'secretsmanager:DescribeSecret',
      ({ SecretId }: Input) => world.secrets.find(({ ARN }) => ARN === SecretId),
    ],
    [
      'logs:DescribeLogGroups',
      ({ logGroupNamePrefix }: Input) => logGroups(world, String(logGroupNamePrefix)),
    ],
  ])
}

const logGroups = (world: World, prefix: string) => ({
  logGroups: world.logGroups.filter(({ logGroupName }) => logGroupName?.startsWith(prefix)),
})

const ecs = (world: World) => [
  ['ListClusters', { clusterArns: world.clusters.map(({ clusterArn }) => clusterArn) }],
  ['ListServices', { serviceArns: world.services.map(({ serviceName }) => serviceName) }],
  [
    'DescribeServices',
    ({ services }: Input) => ({
      services: world.services.filter(({ serviceName }) => (services as string[]).includes(serviceName)),
    }),
  ],
  [
    'ListTasks',
    ({ serviceName, desiredStatus }: Input) => ({
      taskArns: world.tasks
        .filter((task) => task.group === `service:${serviceName}` && task.desiredStatus === desiredStatus)
        .map(({ taskArn }) => taskArn),
    }),
  ],
  [
    'DescribeTasks',
    ({ tasks }: Input) => ({
      tasks: world.tasks.filter(({ taskArn }) => (tasks as string[]).includes(taskArn)),
    }),
  ],
  [
    'DescribeTaskDefinition',
    ({ taskDefinition }: Input) => ({
      taskDefinition: world.taskDefinitions.find(
        ({ taskDefinitionArn }) => taskDefinitionArn === taskDefinition,
      ),
    }),
  ],
]
