/** Tasks that never come up: the print shop's in isolated subnets, the bakery's behind a NAT gateway. */
import type { Container } from '@aws-sdk/client-ecs'
import * as aws from '../fixtures/index.ts'
import { bakeryShop } from '../fixtures/themes/bakery-shop.ts'
import { printShop } from '../fixtures/themes/print-shop.ts'
import { findingsIn } from './findings.ts'

interface Started {
  readonly world: aws.World
  readonly service: string
  readonly tasks: readonly string[]
}

/** ECS's words, in AWS's wordings of 2024 and later. */
export const says = {
  ecrConnection:
    'ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration. RequestError: send request failed caused by: Post "https://api.ecr.ap-northeast-1.amazonaws.com/": dial tcp 10.90.0.12:443: i/o timeout',
  layersConnection:
    'CannotPullContainerError: ref pull has been retried 5 time(s): failed to copy: httpReadSeeker: failed open: failed to do request: Get "https://prod-ap-northeast-1-starport-layer-bucket.s3.ap-northeast-1.amazonaws.com/1": dial tcp 3.5.152.10:443: i/o timeout',
  logsConnection:
    'ResourceInitializationError: failed to validate logger args: The task cannot find the Amazon CloudWatch log group defined in the task definition. There is a connection issue between the task and Amazon CloudWatch. Check your network configuration. : signal: killed',
  secretsConnection:
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: There is a connection issue between the task and AWS Secrets Manager. Check your task network configuration. dial tcp 10.90.0.14:443: i/o timeout',
  layersForbidden:
    'CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: httpReadSeeker: failed open: unexpected status code https://prod-ap-northeast-1-starport-layer-bucket.s3.ap-northeast-1.amazonaws.com/1: 403 Forbidden',
  loginRefused:
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 1 time(s): AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/press-execution/0f9c is not authorized to perform: ecr:GetAuthorizationToken on resource: * because no identity-based policy allows the ecr:GetAuthorizationToken action',
  secretRefused:
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret from secrets manager: AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/press-execution/0f9c is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:print-shop/press-0a1b2c because no identity-based policy allows the secretsmanager:GetSecretValue action',
  groupRefused:
    'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log group: operation error CloudWatch Logs: CreateLogGroup, https response error StatusCode: 400, RequestID: 1, api error AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/press-execution/0f9c is not authorized to perform: logs:CreateLogGroup on resource: arn:aws:logs:ap-northeast-1:111122223333:log-group:/ecs/press:log-stream:',
  groupMissing:
    'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. : exit status 1',
  imageMissing:
    'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref 111122223333.dkr.ecr.ap-northeast-1.amazonaws.com/print-shop/press:2026-11-18: 111122223333.dkr.ecr.ap-northeast-1.amazonaws.com/print-shop/press:2026-11-18: not found',
  tooManyRequests:
    'CannotPullContainerError: inspect image has been retried 5 time(s): httpReadSeeker: failed open: unexpected status code https://registry-1.docker.io/v2/library/nginx/manifests/sha256:1: 429 Too Many Requests - Server message: toomanyrequests: You have reached your pull rate limit.',
  otherPlatform:
    "CannotPullContainerError: pull image manifest has been retried 7 time(s): image Manifest does not contain descriptor matching platform 'linux/arm64'",
  roleNotAssumed:
    "TaskFailedToStart: ECS was unable to assume the role 'arn:aws:iam::111122223333:role/press-execution' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role.",
} as const

/** Every task of the service stops before its containers run. */
export function failToStart(
  { world, tasks }: Started,
  stoppedReason: string,
  containers: Readonly<Record<string, Partial<aws.Json<Container>>>> = {},
): void {
  for (const task of tasks) {
    aws.stopTask(world, task, { stopCode: 'TaskFailedToStart', stoppedReason, containers })
    const stopped = aws.taskOf(world, task)
    delete stopped.startedAt
    for (const container of stopped.containers ?? []) delete container.exitCode
  }
}

/** ECS remembers no task any more, and none runs. */
export function forgetTasks({ world, service, tasks }: Started): void {
  const running = tasks.filter((task) => aws.taskOf(world, task).lastStatus === 'RUNNING')
  failToStart({ world, service, tasks: running }, 'forgotten')
  for (const task of tasks) world.tasks.splice(world.tasks.indexOf(aws.taskOf(world, task)), 1)
}

/** The first container's definition, to be changed in place. */
export const firstContainer = ({ world, taskDefinition }: Started & { readonly taskDefinition: string }) =>
  aws.taskDefinitionOf(world, taskDefinition).containerDefinitions?.[0] ?? {}

/** The endpoint is gone, its interfaces with it. */
export function removeEndpoint(world: aws.World, id: string): void {
  const endpoint = aws.endpointOf(world, id)
  for (const eni of endpoint.NetworkInterfaceIds ?? []) aws.removeInterface(world, eni)
  world.vpcEndpoints.splice(world.vpcEndpoints.indexOf(endpoint), 1)
}

/** What the audit finds, and which of its cures were tried. */
export function curesOf(world: aws.World, code: string) {
  const found = findingsIn(aws.jsonOf(world)).find(({ rootCause }) => rootCause.code === code)
  return (found?.remediation ?? []).map(({ verified, steps }) => ({
    verified,
    commands: steps.flatMap(({ cli }) => cli),
  }))
}

export { bakeryShop, printShop }
