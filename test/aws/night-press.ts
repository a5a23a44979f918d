/** A service that never starts, made through the AWS API: half of what its task definition names is there, half is not. */
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs'
import { EC2 } from '@aws-sdk/client-ec2'
import { ECR } from '@aws-sdk/client-ecr'
import { ECS } from '@aws-sdk/client-ecs'
import { EFS } from '@aws-sdk/client-efs'
import { IAM } from '@aws-sdk/client-iam'
import { SecretsManager } from '@aws-sdk/client-secrets-manager'
import { SSM } from '@aws-sdk/client-ssm'
import { ACCOUNT, manifest, policy, sure } from './making.ts'

export async function createNightPress(region: string) {
  const place = { region }
  const network = await createNetwork(new EC2(place))
  const role = await createRole(new IAM(place))
  const image = await pushImage(new ECR(place), region)
  const secret = sure(
    (await new SecretsManager(place).createSecret({ Name: 'press/db', SecretString: 'hunter2' })).ARN,
  )
  await new SSM(place).putParameter({ Name: '/press/edition', Value: 'hunter2', Type: 'SecureString' })
  await new CloudWatchLogs(place).createLogGroup({ logGroupName: '/ecs/press' })
  const fileSystem = await createFileSystem(new EFS(place), network)
  await runService(new ECS(place), { region, role, image, secret, fileSystem, ...network })
  return { ...network, role, image, secret, fileSystem }
}

async function createNetwork(ec2: EC2) {
  const vpc = sure((await ec2.createVpc({ CidrBlock: '10.8.0.0/16' })).Vpc?.VpcId)
  const subnet = sure((await ec2.createSubnet({ VpcId: vpc, CidrBlock: '10.8.0.0/24' })).Subnet?.SubnetId)
  const group = sure(
    (await ec2.createSecurityGroup({ VpcId: vpc, GroupName: 'press', Description: 'press' })).GroupId,
  )
  const region = sure(await ec2.config.region())
  const created = await ec2.createVpcEndpoint({
    VpcId: vpc,
    VpcEndpointType: 'Interface',
    ServiceName: `com.amazonaws.${region}.ecr.api`,
    SubnetIds: [subnet],
    SecurityGroupIds: [group],
  })
  return { vpc, subnet, group, endpoint: sure(created.VpcEndpoint?.VpcEndpointId) }
}

/** With an inline policy and a managed one of its second version. */
async function createRole(iam: IAM): Promise<string> {
  const RoleName = 'press-execution'
  const AssumeRolePolicyDocument = policy({
    Effect: 'Allow',
    Principal: { Service: 'ecs-tasks.amazonaws.com' },
    Action: 'sts:AssumeRole',
  })
  const { Role } = await iam.createRole({ RoleName, AssumeRolePolicyDocument })
  const PolicyDocument = policy({ Effect: 'Allow', Action: 'ssm:GetParameters', Resource: '*' })
  await iam.putRolePolicy({ RoleName, PolicyName: 'edition', PolicyDocument })
  const { Policy } = await iam.createPolicy({ PolicyName: 'press', PolicyDocument })
  const PolicyArn = sure(Policy?.Arn)
  const second = policy({ Effect: 'Allow', Action: 'ecr:BatchGetImage', Resource: '*' })
  await iam.createPolicyVersion({ PolicyArn, PolicyDocument: second, SetAsDefault: true })
  await iam.attachRolePolicy({ RoleName, PolicyArn })
  return sure(Role?.Arn)
}

async function pushImage(ecr: ECR, region: string): Promise<string> {
  await ecr.createRepository({ repositoryName: 'press' })
  await ecr.putImage({ repositoryName: 'press', imageManifest: manifest, imageTag: 'v7' })
  return `${ACCOUNT}.dkr.ecr.${region}.amazonaws.com/press`
}

async function createFileSystem(
  efs: EFS,
  { subnet, group }: { readonly subnet: string; readonly group: string },
): Promise<string> {
  const { FileSystemId } = await efs.createFileSystem({ CreationToken: 'archive' })
  await efs.createMountTarget({ FileSystemId, SubnetId: subnet, SecurityGroups: [group] })
  return sure(FileSystemId)
}

interface Parts {
  readonly region: string
  readonly role: string
  readonly image: string
  readonly secret: string
  readonly fileSystem: string
  readonly subnet: string
  readonly group: string
}

async function runService(ecs: ECS, { region, role, image, secret, fileSystem, subnet, group }: Parts) {
  await ecs.createCluster({ clusterName: 'night' })
  const absent = `arn:aws:secretsmanager:${region}:${ACCOUNT}:secret:absent-AbCdEf`
  const { taskDefinition } = await ecs.registerTaskDefinition({
    family: 'press',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    executionRoleArn: role,
    taskRoleArn: `arn:aws:iam::${ACCOUNT}:role/absent`,
    containerDefinitions: [
      {
        name: 'press',
        image: `${image}:v7`,
        memory: 256,
        secrets: [
          { name: 'DB', valueFrom: `${secret}:password::` },
          { name: 'ABSENT', valueFrom: absent },
          { name: 'EDITION', valueFrom: '/press/edition' },
          { name: 'NOWHERE', valueFrom: '/press/nowhere' },
        ],
        logConfiguration: {
          logDriver: 'awslogs',
          options: {
            'awslogs-group': '/ecs/press',
            'awslogs-region': region,
            'awslogs-stream-prefix': 'press',
          },
        },
      },
      { name: 'night', image: `${image}:absent`, memory: 128 },
      { name: 'lost', image: `${image}-lost:v1`, memory: 128 },
    ],
    volumes: [{ name: 'archive', efsVolumeConfiguration: { fileSystemId: fileSystem } }],
  })
  await ecs.createService({
    cluster: 'night',
    serviceName: 'press',
    taskDefinition: sure(taskDefinition?.taskDefinitionArn),
    desiredCount: 1,
    launchType: 'FARGATE',
    networkConfiguration: { awsvpcConfiguration: { subnets: [subnet], securityGroups: [group] } },
  })
}
