import { type Message, role, user } from './message.ts'

const secretArn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:bakery/db-AbCdEf'
const fetching = 'ResourceInitializationError: unable to pull secrets or registry auth:'
const retrieving = `${fetching} execution resource retrieval failed:`
const validating = 'ResourceInitializationError: failed to validate logger args:'
const mounting =
  'ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr:'

export const startMessages: readonly Message[] = [
  {
    text: `${fetching} The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration. operation error ECR: GetAuthorizationToken, exceeded maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , request send failed, Post "https://api.ecr.eu-north-1.amazonaws.com/": dial tcp 13.53.180.123:443: i/o timeout.`,
    id: 'registry-login-not-fetched',
    aims: ['network'],
    facts: {
      service: 'ecr.api',
      region: 'eu-north-1',
      dialled: { ip: '13.53.180.123', port: 443, public: true },
    },
  },
  {
    text: `${retrieving} unable to retrieve ecr registry auth: service call has been retried 3 time(s): RequestError: send request failed caused by: Post "https://api.ecr.eu-west-1.amazonaws.com/": dial tcp 10.0.3.9:443: i/o timeout`,
    id: 'registry-login-not-fetched',
    aims: ['network'],
    facts: { service: 'ecr.api', dialled: { ip: '10.0.3.9', port: 443, public: false } },
  },
  {
    text: `${retrieving} unable to retrieve ecr registry auth: service call has been retried 1 time(s): AccessDeniedException: ${user} is not authorized to perform: ecr:GetAuthorizationToken on resource: * because no identity-based policy allows the ecr:GetAuthorizationToken action status code: 400, request id: 0a1b`,
    id: 'registry-login-not-fetched',
    aims: ['authorization'],
    facts: { action: 'ecr:GetAuthorizationToken', resource: '*', role, service: 'ecr.api', status: 400 },
  },
  {
    text: `${fetching} unable to retrieve secrets from ssm: The task cannot pull secrets from AWS Systems Manager. There is a connection issue between the task and AWS Systems Manager Parameter Store. Check your task network configuration. RequestCanceled: request context canceled caused by: context deadline exceeded`,
    id: 'parameter-not-fetched',
    aims: ['network'],
    facts: { service: 'ssm' },
  },
  {
    text: `${retrieving} unable to retrieve secrets from ssm: service call has been retried 1 time(s): operation error SSM: GetParameters, https response error StatusCode: 400, RequestID: 0a1b, api error AccessDeniedException: ${user} is not authorized to perform: ssm:GetParameters on resource: arn:aws:ssm:eu-west-1:111122223333:parameter/bakery/DATABASE_URL because no identity-based policy allows the ssm:GetParameters action`,
    id: 'parameter-not-fetched',
    aims: ['authorization'],
    facts: {
      action: 'ssm:GetParameters',
      resource: 'arn:aws:ssm:eu-west-1:111122223333:parameter/bakery/DATABASE_URL',
      service: 'ssm',
      status: 400,
    },
  },
  {
    text: `${retrieving} unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: /bakery/gemini-api-key, /bakery/dsn`,
    id: 'parameter-not-found',
    aims: ['secret'],
    facts: { parameters: ['/bakery/gemini-api-key', '/bakery/dsn'], service: 'ssm' },
  },
  {
    text: `${retrieving} unable to retrieve secret from asm: service call has been retried 5 time(s): failed to fetch secret ${secretArn} from secrets manager: RequestCanceled: request context canceled caused by: context deadline exceeded. Please check your task network configuration.`,
    id: 'secret-not-fetched',
    aims: ['network'],
    facts: { secretArn, service: 'secretsmanager', region: 'eu-west-1' },
  },
  {
    text: `${fetching} unable to retrieve secret from asm: There is a connection issue between the task and AWS Secrets Manager. Check your task network configuration. failed to fetch secret arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!db-0a1b-bakery from secrets manager: operation error Secrets Manager: GetSecretValue, https response error StatusCode: 0, RequestID: , canceled, context deadline exceeded.`,
    id: 'secret-not-fetched',
    aims: ['network'],
    facts: { secretArn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!db-0a1b-bakery' },
  },
  {
    text: `${fetching} unable to retrieve secret(s) from asm: The task can’t pull secrets from AWS Secrets Manager. There is a connection issue between the task and AWS Secrets Manager. Check your task network configuration`,
    id: 'secret-not-fetched',
    aims: ['network'],
  },
  {
    text: `${retrieving} unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret ${secretArn} from secrets manager: AccessDeniedException: ${user} is not authorized to perform: secretsmanager:GetSecretValue on resource: ${secretArn} because no identity-based policy allows the secretsmanager:GetSecretValue action status code: 400, request id: 0a1b`,
    id: 'secret-not-fetched',
    aims: ['authorization'],
    facts: { action: 'secretsmanager:GetSecretValue', resource: secretArn, secretArn, role },
  },
  {
    text: `${retrieving} unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret ${secretArn} from secrets manager: AccessDeniedException: Access to KMS is not allowed status code: 400, request id: a87a66d9`,
    id: 'kms-not-allowed',
    aims: ['authorization'],
    facts: { secretArn, refused: true },
  },
  {
    text: `${retrieving} unable to retrieve secret from asm: ResourceNotFoundException: The task can't retrieve the secret with ARN '${secretArn}' from AWS Secrets Manager. Check whether the secret exists in the specified Region: ResourceNotFoundException: Secrets Manager can't find the specified secret.`,
    id: 'secret-not-found',
    aims: ['secret', 'authorization', 'network'],
    facts: { secretArn },
  },
  {
    text: `ResourceNotFoundException: Fetching secret data from AWS Secrets Manager in region eu-west-1: secret ${secretArn}: ResourceNotFoundException: Secrets Manager can’t find the specified secret.`,
    id: 'secret-not-found',
    aims: ['secret', 'authorization', 'network'],
    facts: { secretArn, region: 'eu-west-1' },
  },
  {
    text: `${retrieving} unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret ${secretArn} from secrets manager: operation error Secrets Manager: GetSecretValue, https response error StatusCode: 400, RequestID: 0a1b, ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: AWSCURRENT`,
    id: 'secret-without-value',
    aims: ['secret'],
    facts: { secretArn, service: 'secretsmanager' },
  },
  {
    text: `${retrieving} unable to retrieve secret from asm: service call has been retried 1 time(s): retrieved secret from Secrets Manager did not contain json key MY_SECRET`,
    id: 'secret-without-key',
    aims: ['secret'],
    facts: { jsonKey: 'MY_SECRET' },
  },
  {
    text: `${retrieving} unable to retrieve secret from asm: service call has been retried 1 time(s): invalid character 'p' looking for beginning of object key string`,
    id: 'secret-without-key',
    aims: ['secret'],
  },
  {
    text: `${fetching} pull command failed: : signal: killed`,
    id: 'pull-command-killed',
    aims: ['network'],
  },
  {
    text: 'ResourceInitializationError: unable to pull secrets or registry auth: Check your task network configuration. : signal: killed',
    id: 'pull-command-killed',
    aims: ['network'],
  },
  {
    text: 'ResourceInitializationError: failed to download env files: file download command: non-empty error stream: RequestCanceled: request context canceled caused by: context deadline exceeded',
    id: 'environment-file-not-fetched',
    aims: ['network'],
    facts: { service: 's3' },
  },
  {
    text: "ResourceInitializationError: failed to download env files: The task can't download the environment variable files from Amazon S3. There is a connection issue between the task and Amazon S3. Check your task network configuration. service call has been retried 5 time(s)",
    id: 'environment-file-not-fetched',
    aims: ['network'],
  },
  {
    text: 'ResourceInitializationError: failed to download env files: service call has been retried 1 time(s): operation error S3: HeadObject, https response error StatusCode: 403, api error Forbidden: Forbidden.',
    id: 'environment-file-not-fetched',
    aims: ['authorization'],
    facts: { service: 's3', status: 403 },
  },
  {
    text: "ECS was unable to assume the role 'arn:aws:iam::111122223333:role/night/bakery-execution' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role.",
    id: 'role-not-assumed',
    aims: ['trust'],
    facts: { roleArn: 'arn:aws:iam::111122223333:role/night/bakery-execution' },
  },
  {
    text: `${validating} The task cannot find the Amazon CloudWatch log group defined in the task definition. There is a connection issue between the task and Amazon CloudWatch. Check your network configuration. : signal: killed`,
    id: 'log-group-not-reached',
    aims: ['network'],
    facts: { service: 'logs' },
  },
  {
    text: `${validating} create stream has been retried 1 times: failed to create Cloudwatch log group: AccessDeniedException: ${user} is not authorized to perform: logs:CreateLogGroup on resource: arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/bakery:log-stream`,
    id: 'log-group-not-created',
    aims: ['authorization'],
    facts: { action: 'logs:CreateLogGroup', logGroup: '/ecs/bakery', service: 'logs', role },
  },
  {
    text: `${validating} create stream has been retried 1 times: failed to create Cloudwatch log group: operation error CloudWatch Logs: CreateLogGroup, https response error StatusCode: 400, RequestID: 0a1b, api error AccessDeniedException: ${user} is not authorized to perform: logs:CreateLogGroup on resource: arn:aws-cn:logs:cn-north-1:111122223333:log-group:/ecs/bakery:log-stream: because no identity-based policy allows the logs:CreateLogGroup action`,
    id: 'log-group-not-created',
    aims: ['authorization'],
    facts: { logGroup: '/ecs/bakery', region: 'cn-north-1', service: 'logs', status: 400 },
  },
  {
    text: `${validating} create stream has been retried 1 times: failed to create Cloudwatch log stream: AccessDeniedException: ${user} is not authorized to perform: logs:CreateLogStream on resource: arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/bakery:log-stream:web/web/0a1b`,
    id: 'log-stream-not-created',
    aims: ['authorization'],
    facts: { action: 'logs:CreateLogStream', logGroup: '/ecs/bakery' },
  },
  {
    text: `${validating} create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. : exit status 1`,
    id: 'log-group-missing',
    aims: ['log-group'],
  },
  {
    text: 'CannotStartContainerError: Error response from daemon: failed to initialize logging driver: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. status code: 400, request id: 7463029c',
    id: 'log-group-missing',
    aims: ['log-group'],
    facts: { service: 'logs' },
  },
  {
    text: `${validating} create stream has been retried 1 times: failed to create Cloudwatch log stream: RequestError: send request failed caused by: Post "https://logs.eu-west-1.amazonaws.com/": dial tcp 52.94.5.1:443: i/o timeout`,
    id: 'log-stream-not-created',
    aims: ['network'],
    facts: { service: 'logs', dialled: { ip: '52.94.5.1', port: 443, public: true } },
  },
  {
    text: 'ResourceInitializationError: failed to initialize logging driver',
    id: 'log-driver',
    aims: ['log-group'],
  },
  {
    text: `${mounting} Failed to resolve "fs-0867a83d8ed398433.efs.eu-west-1.amazonaws.com" - check that your file system ID is correct.`,
    id: 'efs-name',
    aims: ['file-system', 'network'],
    facts: {
      fileSystemId: 'fs-0867a83d8ed398433',
      nameLookup: true,
      host: 'fs-0867a83d8ed398433.efs.eu-west-1.amazonaws.com',
      service: 'efs',
      region: 'eu-west-1',
    },
  },
  {
    text: `${mounting} b'mount.nfs4: access denied by server while mounting 127.0.0.1:/' : unsuccessful EFS utils command execution; code: 32`,
    id: 'efs-denied',
    aims: ['authorization'],
    facts: { service: 'efs', refused: false },
  },
  {
    text: `${mounting} b'mount.nfs4: mounting fs-0867a83d8ed398433.efs.eu-west-1.amazonaws.com:/grafana failed, reason given by server: No such file or directory' : unsuccessful EFS utils command execution; code: 32`,
    id: 'efs-directory-missing',
    aims: ['file-system'],
    facts: { fileSystemId: 'fs-0867a83d8ed398433' },
  },
  {
    text: `${mounting} mount.nfs4: Connection reset by peer : unsuccessful EFS utils command execution; code: 32`,
    id: 'efs-mount',
    aims: ['network'],
    facts: { service: 'efs' },
  },
  {
    text: `${mounting} b'mount.nfs4: Connection timed out' : unsuccessful EFS utils command execution; code: 32`,
    id: 'efs-mount',
    aims: ['network'],
  },
]
