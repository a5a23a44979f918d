/** Sample incident (1), made through the AWS API: an ALB whose group has no egress to the Fargate tasks' port. */
import {
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  EC2Client,
  RevokeSecurityGroupEgressCommand,
} from '@aws-sdk/client-ec2'
import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
} from '@aws-sdk/client-ecs'
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { AccountCredentials } from './accounts.ts'
import { setTargetHealth } from './moto.ts'

const PORT = 8000

export interface Topology {
  readonly region: string
  readonly targetGroupArn: string
  readonly loadBalancerGroup: string
  readonly taskGroup: string
  readonly targets: readonly string[]
}

interface Aws {
  readonly region: string
  readonly ec2: EC2Client
  readonly elb: ElasticLoadBalancingV2Client
  readonly ecs: ECSClient
}

/** @param credentials of another account @default our own */
export async function createTopology(
  region: string,
  taskCount: number,
  credentials?: AccountCredentials,
): Promise<Topology> {
  const config = { region, ...(credentials && { credentials }) }
  const aws = {
    region,
    ec2: new EC2Client(config),
    elb: new ElasticLoadBalancingV2Client(config),
    ecs: new ECSClient(config),
  }
  const network = await createNetwork(aws)
  const groups = await createGroups(aws, network.vpc)
  const targetGroupArn = await createLoadBalancer(aws, network, groups.loadBalancer)
  const targets = await runService(aws, { ...network, targetGroupArn, group: groups.task, taskCount })
  const Targets = targets.map((Id) => ({ Id, Port: PORT }))
  await aws.elb.send(new RegisterTargetsCommand({ TargetGroupArn: targetGroupArn, Targets }))
  return { region, targetGroupArn, loadBalancerGroup: groups.loadBalancer, taskGroup: groups.task, targets }
}

export async function reportTimeouts({ targetGroupArn, targets }: Topology): Promise<void> {
  const timeout = { state: 'unhealthy', reason: 'Target.Timeout', description: 'Request timed out' }
  for (const targetId of targets) await setTargetHealth({ targetGroupArn, targetId, ...timeout })
}

export async function reportHealthy({ targetGroupArn, targets }: Topology): Promise<void> {
  for (const targetId of targets) await setTargetHealth({ targetGroupArn, targetId, state: null })
}

/** What AWS always returns, and TypeScript cannot know. */
function sure(id: string | undefined): string {
  if (id === undefined) throw new Error('the API returned no id')
  return id
}

interface Network {
  readonly vpc: string
  readonly publicSubnets: string[]
  readonly privateSubnets: string[]
}

async function createNetwork({ ec2, region }: Aws): Promise<Network> {
  const vpc = sure((await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))).Vpc?.VpcId)
  const subnet = async (CidrBlock: string, zone: string) => {
    const request = new CreateSubnetCommand({ VpcId: vpc, CidrBlock, AvailabilityZone: `${region}${zone}` })
    return sure((await ec2.send(request)).Subnet?.SubnetId)
  }
  const publicSubnets = [await subnet('10.0.0.0/24', 'a'), await subnet('10.0.1.0/24', 'c')]
  const privateSubnets = [await subnet('10.0.10.0/24', 'a'), await subnet('10.0.11.0/24', 'c')]
  const gateway = sure(
    (await ec2.send(new CreateInternetGatewayCommand({}))).InternetGateway?.InternetGatewayId,
  )
  await ec2.send(new AttachInternetGatewayCommand({ VpcId: vpc, InternetGatewayId: gateway }))
  const toInternet = await createRouteTable(ec2, vpc, publicSubnets)
  const DestinationCidrBlock = '0.0.0.0/0'
  await ec2.send(
    new CreateRouteCommand({ RouteTableId: toInternet, DestinationCidrBlock, GatewayId: gateway }),
  )
  await createRouteTable(ec2, vpc, privateSubnets)
  return { vpc, publicSubnets, privateSubnets }
}

async function createRouteTable(ec2: EC2Client, VpcId: string, subnets: readonly string[]): Promise<string> {
  const RouteTableId = sure((await ec2.send(new CreateRouteTableCommand({ VpcId }))).RouteTable?.RouteTableId)
  for (const SubnetId of subnets) await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }))
  return RouteTableId
}

/** The fault: the load balancer's group lets nothing out but HTTPS, and the tasks listen on another port. */
async function createGroups({ ec2 }: Aws, vpc: string): Promise<{ loadBalancer: string; task: string }> {
  const create = async (GroupName: string) => {
    const request = new CreateSecurityGroupCommand({ GroupName, Description: GroupName, VpcId: vpc })
    return sure((await ec2.send(request)).GroupId)
  }
  const loadBalancer = await create('web-alb')
  const task = await create('web-task')
  const anywhere = [{ CidrIp: '0.0.0.0/0' }]
  await ec2.send(
    new RevokeSecurityGroupEgressCommand({
      GroupId: loadBalancer,
      IpPermissions: [{ IpProtocol: '-1', IpRanges: anywhere }],
    }),
  )
  await ec2.send(
    new AuthorizeSecurityGroupEgressCommand({
      GroupId: loadBalancer,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: anywhere }],
    }),
  )
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId: loadBalancer,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: anywhere }],
    }),
  )
  const fromLoadBalancer = {
    IpProtocol: 'tcp',
    FromPort: PORT,
    ToPort: PORT,
    UserIdGroupPairs: [{ GroupId: loadBalancer }],
  }
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({ GroupId: task, IpPermissions: [fromLoadBalancer] }),
  )
  return { loadBalancer, task }
}

async function createLoadBalancer({ elb }: Aws, network: Network, group: string): Promise<string> {
  const balancer = await elb.send(
    new CreateLoadBalancerCommand({
      Name: 'web',
      Scheme: 'internet-facing',
      Subnets: network.publicSubnets,
      SecurityGroups: [group],
    }),
  )
  const created = await elb.send(
    new CreateTargetGroupCommand({
      Name: 'web',
      Protocol: 'HTTP',
      Port: PORT,
      VpcId: network.vpc,
      TargetType: 'ip',
      HealthCheckPath: '/health',
    }),
  )
  const TargetGroupArn = sure(created.TargetGroups?.[0]?.TargetGroupArn)
  await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn: sure(balancer.LoadBalancers?.[0]?.LoadBalancerArn),
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'forward', TargetGroupArn }],
    }),
  )
  return TargetGroupArn
}

interface ServiceOptions {
  readonly privateSubnets: string[]
  readonly group: string
  readonly targetGroupArn: string
  readonly taskCount: number
}

/** @returns the tasks' addresses. moto's services place no tasks, so they are run here, one zone after the other. */
async function runService(
  { ecs }: Aws,
  { privateSubnets, group, targetGroupArn, taskCount }: ServiceOptions,
): Promise<string[]> {
  const cluster = 'shop'
  await ecs.send(new CreateClusterCommand({ clusterName: cluster }))
  const registered = await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'web',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      containerDefinitions: [
        {
          name: 'web',
          image: 'example/web:1',
          portMappings: [{ containerPort: PORT }],
          environment: [{ name: 'API_TOKEN', value: 'hunter2' }],
        },
      ],
    }),
  )
  const taskDefinition = sure(registered.taskDefinition?.taskDefinitionArn)
  const launch = (subnets: string[]) => ({
    cluster,
    taskDefinition,
    launchType: 'FARGATE' as const,
    networkConfiguration: { awsvpcConfiguration: { subnets, securityGroups: [group] } },
  })
  const loadBalancers = [{ targetGroupArn, containerName: 'web', containerPort: PORT }]
  await ecs.send(
    new CreateServiceCommand({
      ...launch(privateSubnets),
      serviceName: 'web',
      desiredCount: taskCount,
      loadBalancers,
    }),
  )
  const addresses: string[] = []
  for (let task = 0; task < taskCount; task += 1) {
    const zone = privateSubnets.slice(task % 2, (task % 2) + 1)
    const run = await ecs.send(
      new RunTaskCommand({ ...launch(zone), count: 1, group: 'service:web', startedBy: 'ecs-svc/1' }),
    )
    const details = run.tasks?.[0]?.attachments?.[0]?.details ?? []
    addresses.push(sure(details.find((detail) => detail.name === 'privateIPv4Address')?.value))
  }
  return addresses
}
