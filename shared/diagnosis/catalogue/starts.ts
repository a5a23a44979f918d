/** What a task needs before its containers run, beside the ways: permissions, images, secrets, log groups, volumes. */
import type { About } from './about.ts'

const PULL = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html'
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
  'ecs.log-group-missing': {
    evidence:
      'awslogs-group of a container is not in DescribeLogGroups of awslogs-region, and awslogs-create-group is not true.',
    fix: 'The log group.',
    traps: [
      'awslogs-region may name another Region.',
      'The same message with “signal: killed” is the way to CloudWatch Logs.',
      'With awslogs-create-group the role needs logs:CreateLogGroup instead.',
    ],
    documentation: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html',
  },
  'ecs.image-not-found': {
    evidence:
      'The tag or digest is not in DescribeImages of its repository; “not found”, “manifest unknown” in ECS’s words.',
    fix: 'The image, pushed; digests in use, kept out of lifecycle policies.',
    traps: [
      'ECR Public and Docker Hub are not in DescribeImages.',
      '“pull access denied” means a missing repository or a missing permission.',
    ],
    documentation: PULL,
  },
  'ecs.secret-missing-or-malformed': {
    evidence:
      'valueFrom, held against DescribeSecret and DescribeParameters (values are never read); “did not contain json key” in ECS’s words.',
    fix: 'The secret, its version or its JSON; or the right valueFrom in a new revision.',
    traps: [
      'A name alone is a parameter of the task’s own Region.',
      'The same words with “i/o timeout” are the network, with AccessDenied the role.',
    ],
    documentation:
      'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-not-found-error.html',
  },
  'ecs.subnet-ip-exhausted': {
    evidence:
      'AvailableIpAddressCount of the tasks’ subnets is 0; “InsufficientFreeAddressesInSubnet” in ECS’s words.',
    fix: 'Other subnets for the service.',
    traps: ['A low count for a moment is normal while old and new tasks run side by side.'],
    documentation: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/failed-to-start-error.html',
  },
  'ecs.efs-mount': {
    evidence:
      'The groups of the mount target in the tasks’ zone admit no tcp 2049 from the tasks, or the zone has no mount target; “access denied by server”, “No such file or directory” in ECS’s words.',
    fix: 'Ingress for tcp 2049 from the tasks’ group; the policy or the directory.',
    traps: [
      '“access denied by server” and “No such file or directory” prove that the way is open.',
      'A rule for the VPC’s addresses admits the tasks as well.',
    ],
    documentation: 'https://docs.aws.amazon.com/efs/latest/ug/troubleshooting-efs-mounting.html',
  },
  'ecs.docker-hub-rate-limit': {
    evidence: '“toomanyrequests” in ECS’s words, and an image from Docker Hub in the task definition.',
    fix: 'A pull-through cache in ECR, or a login.',
    traps: ['Other registries throttle, too: then no image comes from Docker Hub.'],
    documentation: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html',
  },
  'ecs.image-arch': {
    evidence:
      'ECS names a platform that the image lacks, or “exec format error”; runtimePlatform.cpuArchitecture.',
    fix: 'An image for that processor, or for both.',
    traps: ['Manifest lists with both are right.', 'Exit code 1 alone is not the processor.'],
    documentation: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-arm64.html',
  },
} as const satisfies Record<string, About>
