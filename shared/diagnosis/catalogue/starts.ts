/** What a task needs before its containers run, beside the ways: permissions, images, secrets, log groups, volumes. */
import type { About } from './about.ts'

const EXECUTION_ROLE =
  'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html'

export const starts = {
  'ecs.vpce-policy': {
    evidence:
      'PolicyDocument of the endpoint on the way has no statement that allows what the start asks through it, such as s3:GetObject on the bucket of ECR’s layers.',
    fix: 'A statement that allows it, without conditions on the account.',
    traps: [
      'The default policy allows everything.',
      'A NAT gateway does not help: the route to the gateway endpoint wins.',
      '403 may also come from the role or the repository’s policy.',
    ],
    documentation:
      'https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-minimum-s3-perms',
  },
  'ecs.exec-role-permission': {
    evidence:
      'The policies of executionRoleArn, held against what image, logs, secrets and parameters of the task definition need; “is not authorized to perform” in ECS’s words.',
    fix: 'An inline policy with exactly what is lacking.',
    traps: [
      'The execution role and the task role are two.',
      'The same words with “i/o timeout” are the network.',
      'AmazonECSTaskExecutionRolePolicy holds neither logs:CreateLogGroup nor anything for secrets.',
    ],
    documentation: EXECUTION_ROLE,
  },
} as const satisfies Record<string, About>
