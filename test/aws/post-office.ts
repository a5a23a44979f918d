/**
 * A post office in a VPC without a way out, made through the AWS API: Secrets Manager and S3 have endpoints, ECR and
 * CloudWatch Logs have none, and the execution role may not make the log group that the task definition wants made.
 */
import { EC2 } from '@aws-sdk/client-ec2'
import { ECR } from '@aws-sdk/client-ecr'
import { ECS } from '@aws-sdk/client-ecs'
import { IAM } from '@aws-sdk/client-iam'
import { SecretsManager } from '@aws-sdk/client-secrets-manager'
import { ACCOUNT, manifest, policy, sure } from './making.ts'

export async function createPostOffice(region: string) {
  const place = { region }
  const network = await createNetwork(new EC2(place), region)
  await new ECR(place).createRepository({ repositoryName: 'counter' })
  await new ECR(place).putImage({ repositoryName: 'counter', imageManifest: manifest, imageTag: 'v3' })
  const created = await new SecretsManager(place).createSecret({ Name: 'stamps', SecretString: 'hunter2' })
  const secret = sure(created.ARN)
  const role = await createRole(new IAM(place), secret)
  return { ...network, ...(await runService(new ECS(place), { region, role, secret, ...network })) }
}

async function createNetwork(ec2: EC2, region: string) {
  const vpc = sure((await ec2.createVpc({ CidrBlock: '10.9.0.0/16' })).Vpc?.VpcId)
  await ec2.modifyVpcAttribute({ VpcId: vpc, EnableDnsHostnames: { Value: true } })
  const { Subnet } = await ec2.createSubnet({ VpcId: vpc, CidrBlock: '10.9.0.0/24' })
  const subnet = sure(Subnet?.SubnetId)
  const { RouteTable } = await ec2.createRouteTable({ VpcId: vpc })
  const table = sure(RouteTable?.RouteTableId)
  await ec2.associateRouteTable({ RouteTableId: table, SubnetId: subnet })
  const made = await ec2.createSecurityGroup({ VpcId: vpc, GroupName: 'counter', Description: 'counter' })
  const group = sure(made.GroupId)
  await ec2.authorizeSecurityGroupIngress({
    GroupId: group,
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '10.9.0.0/16' }] }],
  })
  const name = (service: string) => ({ VpcId: vpc, ServiceName: `com.amazonaws.${region}.${service}` })
  await ec2.createVpcEndpoint({ ...name('s3'), VpcEndpointType: 'Gateway', RouteTableIds: [table] })
  await ec2.createVpcEndpoint({
    ...name('secretsmanager'),
    VpcEndpointType: 'Interface',
    SubnetIds: [subnet],
    SecurityGroupIds: [group],
    PrivateDnsEnabled: true,
  })
  return { vpc, subnet, table, group }
}

/** What AWS's managed policy for execution roles allows, which is not logs:CreateLogGroup, and the secret. */
async function createRole(iam: IAM, secret: string): Promise<string> {
  const RoleName = 'counter-execution'
  const AssumeRolePolicyDocument = policy({
    Effect: 'Allow',
    Principal: { Service: 'ecs-tasks.amazonaws.com' },
    Action: 'sts:AssumeRole',
  })
  const { Role } = await iam.createRole({ RoleName, AssumeRolePolicyDocument })
  const Action = [
    'ecr:GetAuthorizationToken',
    'ecr:BatchCheckLayerAvailability',
    'ecr:GetDownloadUrlForLayer',
    'ecr:BatchGetImage',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ]
  const PolicyDocument = policy(
    { Effect: 'Allow', Action, Resource: '*' },
    { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: secret },
  )
  await iam.putRolePolicy({ RoleName, PolicyName: 'counter', PolicyDocument })
  return sure(Role?.Arn)
}

interface Parts {
  readonly region: string
  readonly role: string
  readonly secret: string
  readonly subnet: string
  readonly group: string
}

async function runService(ecs: ECS, { region, role, secret, subnet, group }: Parts) {
  await ecs.createCluster({ clusterName: 'post' })
  const { taskDefinition } = await ecs.registerTaskDefinition({
    family: 'counter',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    executionRoleArn: role,
    containerDefinitions: [
      {
        name: 'counter',
        image: `${ACCOUNT}.dkr.ecr.${region}.amazonaws.com/counter:v3`,
        secrets: [{ name: 'STAMPS', valueFrom: secret }],
        logConfiguration: {
          logDriver: 'awslogs',
          options: {
            'awslogs-group': '/ecs/counter',
            'awslogs-create-group': 'true',
            'awslogs-region': region,
            'awslogs-stream-prefix': 'counter',
          },
        },
      },
    ],
  })
  const { service } = await ecs.createService({
    cluster: 'post',
    serviceName: 'counter',
    taskDefinition: sure(taskDefinition?.taskDefinitionArn),
    desiredCount: 1,
    launchType: 'FARGATE',
    platformVersion: '1.4.0',
    networkConfiguration: { awsvpcConfiguration: { subnets: [subnet], securityGroups: [group] } },
  })
  return { service: sure(service?.serviceArn), taskDefinition: sure(taskDefinition?.taskDefinitionArn) }
}
