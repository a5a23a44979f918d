/** A newspaper's print shop: one Fargate service whose task definition names one of everything. */
import type { Answers } from './aws.ts'

export const ACCOUNT = '111122223333'
export const REGION = 'eu-central-1'
const ECS = `arn:aws:ecs:${REGION}:${ACCOUNT}`
export const CLUSTER = `${ECS}:cluster/newspaper`
const DEFINITION = `${ECS}:task-definition/press:4`
export const TASK = `${ECS}:task/newspaper/0123456789abcdef0123456789abcdef`
const REGISTRY = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com`
export const SECRET = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:press/db-AbCdEf`
export const MANAGED = 'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy'

export const taskDefinition = {
  taskDefinitionArn: DEFINITION,
  executionRoleArn: `arn:aws:iam::${ACCOUNT}:role/service-role/press-execution`,
  taskRoleArn: `arn:aws:iam::${ACCOUNT}:role/press-task`,
  containerDefinitions: [
    {
      name: 'press',
      image: `${REGISTRY}/news/press:v7`,
      secrets: [
        { name: 'PASSWORD', valueFrom: `${SECRET}:password::` },
        { name: 'EDITION', valueFrom: '/press/edition' },
        { name: 'INK', valueFrom: `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/ink` },
        { name: 'FAR', valueFrom: `arn:aws:ssm:us-east-1:${ACCOUNT}:parameter/far` },
      ],
      logConfiguration: {
        logDriver: 'awslogs',
        options: { 'awslogs-group': '/ecs/press', 'awslogs-region': REGION },
        secretOptions: [{ name: 'token', valueFrom: 'log-token' }],
      },
    },
    {
      name: 'router',
      image: 'nginx:1.29',
      repositoryCredentials: { credentialsParameter: 'docker-login' },
      logConfiguration: {
        logDriver: 'awslogs',
        options: { 'awslogs-group': '/ecs/far', 'awslogs-region': 'us-east-1' },
      },
    },
    { name: 'helper', image: `999999999999.dkr.ecr.${REGION}.amazonaws.com/helper:1` },
  ],
  volumes: [{ name: 'archive', efsVolumeConfiguration: { fileSystemId: 'fs-archive' } }],
}

const DIGEST = 'sha256:'.padEnd(71, '1')

export const task = {
  taskArn: TASK,
  clusterArn: CLUSTER,
  taskDefinitionArn: DEFINITION,
  group: 'service:press',
  lastStatus: 'STOPPED',
  stopCode: 'TaskFailedToStart',
  stoppedReason: 'ResourceInitializationError: unable to pull secrets or registry auth',
  containers: [{ image: `${REGISTRY}/news/press:v7`, imageDigest: DIGEST }],
  attachments: [{ details: [{ name: 'subnetId', value: 'subnet-press' }] }],
}

export const service = {
  serviceArn: `${ECS}:service/newspaper/press`,
  serviceName: 'press',
  clusterArn: CLUSTER,
  taskDefinition: DEFINITION,
  desiredCount: 2,
  runningCount: 2,
  loadBalancers: [],
  networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-press'], securityGroups: ['sg-press'] } },
}

const image = { imageDigest: DIGEST, imageTags: ['v7'] }

/** AWS, in which everything that the print shop needs is there. */
export const printShop: Answers = {
  GetCallerIdentity: { Account: ACCOUNT },
  ListClusters: { clusterArns: [CLUSTER] },
  DescribeClusters: { clusters: [{ clusterArn: CLUSTER }] },
  ListServices: { serviceArns: [service.serviceArn] },
  DescribeServices: { services: [service] },
  ListTasks: ({ desiredStatus }) => ({ taskArns: desiredStatus === 'STOPPED' ? [TASK] : [] }),
  DescribeTasks: { tasks: [task] },
  DescribeTaskDefinition: { taskDefinition },
  GetRole: ({ RoleName }) => ({ Role: { RoleName, AssumeRolePolicyDocument: '%7B%7D' } }),
  ListAttachedRolePolicies: ({ RoleName }) => ({
    AttachedPolicies: RoleName === 'press-execution' ? [{ PolicyArn: MANAGED }] : [],
  }),
  ListRolePolicies: ({ RoleName }) => ({ PolicyNames: RoleName === 'press-task' ? ['archive'] : [] }),
  GetRolePolicy: ({ RoleName, PolicyName }) => ({ RoleName, PolicyName, PolicyDocument: '%7B%7D' }),
  GetPolicy: { Policy: { DefaultVersionId: 'v3' } },
  GetPolicyVersion: ({ VersionId }) => ({ PolicyVersion: { VersionId, Document: '%7B%7D' } }),
  DescribeImages: ({ imageIds }) => ({
    imageDetails: (imageIds as { imageTag?: string }[]).some((id) => id.imageTag === 'v7') ? [image] : [],
  }),
  DescribeSecret: ({ SecretId }) => ({ ARN: SecretId, Name: 'press/db' }),
  DescribeParameters: ({ ParameterFilters }) => ({
    Parameters: [{ Name: (ParameterFilters as { Values: string[] }[])[0]?.Values[0] }],
  }),
  DescribeLogGroups: { logGroups: [{ logGroupName: '/ecs/press' }] },
  DescribeFileSystems: { FileSystems: [{ FileSystemId: 'fs-archive' }, { FileSystemId: 'fs-photos' }] },
  DescribeMountTargets: ({ FileSystemId }) => ({
    MountTargets: [
      { MountTargetId: `fsmt-${FileSystemId}`, FileSystemId, NetworkInterfaceId: 'eni-archive' },
    ],
  }),
  DescribeMountTargetSecurityGroups: { SecurityGroups: ['sg-archive'] },
  DescribeFileSystemPolicy: ({ FileSystemId }) => ({ FileSystemId, Policy: '{}' }),
  DescribeSubnets: { Subnets: [{ SubnetId: 'subnet-press', VpcId: 'vpc-news' }] },
}
