/** Services and tasks as the subject, and target groups whose tasks are in trouble. */
import { describe, expect, test } from 'vitest'
import { collectForSelection } from '../../../shared/snapshot/collect/index.ts'
import { type Answers, fakeAws, refusal } from './aws.ts'
import { CLUSTER, printShop, service, TASK, task } from './print-shop.ts'

const ELB = 'arn:aws:elasticloadbalancing:eu-central-1:111122223333'
const GROUP = `${ELB}:targetgroup/press/0123456789abcdef`
const NLB = `${ELB}:loadbalancer/net/press/50dc6c495c0c9188`

interface Filter {
  readonly Name: string
  readonly Values: readonly string[]
}
const filters = (input: object) =>
  Object.fromEntries(
    ((input as { Filters?: readonly Filter[] }).Filters ?? []).map(({ Name, Values }) => [Name, Values]),
  )

/** The main route table, with this default route. */
const routes = (target: object) => ({
  RouteTables: [
    {
      RouteTableId: 'rtb-1',
      VpcId: 'vpc-news',
      Associations: [{ Main: true }],
      Routes: [{ DestinationCidrBlock: '0.0.0.0/0', ...target }],
    },
  ],
})

/** Subnets with endpoints for ECR and DynamoDB, and a NAT gateway for the rest. */
const ways: Answers = {
  DescribeVpcEndpoints: {
    VpcEndpoints: [
      {
        VpcEndpointId: 'vpce-ecr',
        VpcEndpointType: 'Interface',
        ServiceName: 'com.amazonaws.eu-central-1.ecr.api',
        NetworkInterfaceIds: ['eni-ecr'],
        SubnetIds: ['subnet-endpoints'],
        Groups: [{ GroupId: 'sg-endpoints' }],
      },
      {
        VpcEndpointId: 'vpce-ddb',
        VpcEndpointType: 'Gateway',
        ServiceName: 'com.amazonaws.eu-central-1.dynamodb',
      },
    ],
  },
  DescribeManagedPrefixLists: { PrefixLists: [{ PrefixListId: 'pl-s3' }, { PrefixListId: 'pl-ddb' }] },
  DescribeRouteTables: routes({ NatGatewayId: 'nat-news' }),
  DescribeNatGateways: { NatGateways: [{ NatGatewayId: 'nat-news', SubnetId: 'subnet-public' }] },
}

interface Subjects {
  readonly targetGroups?: readonly string[]
  readonly services?: readonly string[]
  readonly tasks?: readonly string[]
}

async function collect(subjects: Subjects, changes: Answers = {}) {
  const aws = fakeAws({ ...printShop, ...ways, ...changes })
  const { scopes } = await collectForSelection(aws.clients, {
    targetGroups: [],
    services: [],
    tasks: [],
    ...subjects,
  })
  const [scope] = scopes
  if (!scope) throw new Error('no scope')
  return { ...aws, scope, responses: scope.responses, asked: aws.calls.map((call) => call.operation) }
}

const press = { services: ['newspaper/press'] }

describe('a service', () => {
  test.each(['newspaper/press', service.serviceArn])('%s is found with its tasks', async (name) => {
    const { scope, responses, inputs, asked } = await collect({ services: [name] })
    expect(scope).toMatchObject({
      accountId: '111122223333',
      region: 'eu-central-1',
      coverage: 'selection',
      errors: {},
    })
    expect(inputs('DescribeServices')).toEqual([{ cluster: 'newspaper', services: ['press'] }])
    expect(asked).not.toContain('ListClusters')
    expect(responses['ecs:DescribeServices']?.[CLUSTER]?.services).toHaveLength(1)
    expect(responses['ecs:DescribeTasks']?.[CLUSTER]?.tasks).toHaveLength(1)
  })

  test('with two roles, an image, secrets, a volume and endpoints takes 43 calls, however large its Region', async () => {
    const { calls } = await collect(press)
    expect(calls).toHaveLength(43)
  })

  test('its target groups are followed as if they had been selected', async () => {
    const { inputs, responses } = await collect(press, {
      DescribeServices: { services: [{ ...service, loadBalancers: [{ targetGroupArn: GROUP }] }] },
      DescribeTargetGroups: { TargetGroups: [{ TargetGroupArn: GROUP, LoadBalancerArns: [NLB] }] },
    })
    expect(inputs('DescribeTargetGroups')).toEqual([{ TargetGroupArns: [GROUP] }])
    expect(Object.keys(responses['elasticloadbalancing:DescribeTargetHealth'] ?? {})).toEqual([GROUP])
    expect(inputs('DescribeLoadBalancers')).toEqual([{ LoadBalancerArns: [NLB] }])
  })

  test('a target group of it that is gone is recorded, the rest is collected', async () => {
    const { scope, responses } = await collect(press, {
      DescribeServices: { services: [{ ...service, loadBalancers: [{ targetGroupArn: GROUP }] }] },
      DescribeTargetGroups: () => {
        throw refusal('TargetGroupNotFoundException', 'gone')
      },
    })
    expect(scope.errors['elasticloadbalancing:DescribeTargetGroups']?.name).toBe(
      'TargetGroupNotFoundException',
    )
    expect(responses['iam:GetRole']).toHaveProperty('press-execution')
  })

  test('that is not there', async () => {
    const missing = { services: [], failures: [{ reason: 'MISSING' }] }
    await expect(collect(press, { DescribeServices: missing })).rejects.toMatchObject({
      name: 'ServiceNotFound',
      message: 'newspaper/press',
    })
    const noCluster = () => {
      throw refusal('ClusterNotFoundException', 'Cluster not found.')
    }
    await expect(collect(press, { DescribeServices: noCluster })).rejects.toMatchObject({
      name: 'ClusterNotFoundException',
      message: 'newspaper',
    })
  })

  test('that nobody may see is recorded, with the clusters whose services are missing', async () => {
    const { scope, responses } = await collect(press, {
      DescribeServices: () => {
        throw refusal('AccessDeniedException', 'not authorized')
      },
    })
    expect(scope.errors['ecs:DescribeServices']?.name).toBe('AccessDeniedException')
    expect(responses['ecs:DescribeClusters']?.clusters).toEqual([{ clusterArn: CLUSTER }])
  })
})

describe('a task', () => {
  test('leads to its service; it stays in the list although ECS lists it no more', async () => {
    const { responses, inputs } = await collect({ tasks: [TASK] }, { ListTasks: { taskArns: [] } })
    expect(inputs('DescribeTasks')[0]).toEqual({ cluster: 'newspaper', tasks: [TASK] })
    expect(inputs('DescribeServices')).toEqual([{ cluster: CLUSTER, services: ['press'] }])
    expect(responses['ecs:DescribeTasks']?.[CLUSTER]?.tasks?.map(({ taskArn }) => taskArn)).toEqual([TASK])
  })

  test('that no service started has a definition and a place all the same', async () => {
    const { responses, asked } = await collect(
      { tasks: [TASK] },
      { DescribeTasks: { tasks: [{ ...task, group: 'family:press' }] } },
    )
    expect(asked).not.toContain('DescribeServices')
    expect(Object.keys(responses['ecs:DescribeTaskDefinition'] ?? {})).toEqual([task.taskDefinitionArn])
    expect(responses['ec2:DescribeSubnets']?.Subnets?.map(({ SubnetId }) => SubnetId)).toEqual([
      'subnet-press',
    ])
  })

  test('that ECS has forgotten', async () => {
    await expect(collect({ tasks: [TASK] }, { DescribeTasks: {} })).rejects.toMatchObject({
      name: 'TaskNotFound',
      message: expect.stringContaining(TASK),
    })
  })
})

describe('the ways from the tasks to AWS', () => {
  test('endpoints of their VPC with interfaces and groups, and its DNS attributes', async () => {
    const { inputs, responses } = await collect(press)
    expect(inputs('DescribeVpcEndpoints').map(filters)).toEqual([{ 'vpc-id': ['vpc-news'] }])
    expect(inputs('DescribeNetworkInterfaces').map(filters)).toContainEqual({
      'network-interface-id': ['eni-ecr'],
    })
    expect(inputs('DescribeSecurityGroups').map(filters)).toEqual([
      { 'group-id': ['sg-press', 'sg-endpoints'] },
    ])
    expect(Object.keys(responses['ec2:DescribeVpcAttribute'] ?? {})).toEqual(['vpc-news'])
  })

  test("S3's prefix list and those of gateway endpoints are opened, whatever the routes say", async () => {
    const { inputs } = await collect(press)
    expect(inputs('DescribeManagedPrefixLists').map(filters)).toEqual([
      { 'prefix-list-name': ['com.amazonaws.eu-central-1.s3', 'com.amazonaws.eu-central-1.dynamodb'] },
    ])
    expect(inputs('GetManagedPrefixListEntries').map(({ PrefixListId }) => PrefixListId)).toEqual([
      'pl-s3',
      'pl-ddb',
    ])
  })

  test('gateways on the routes, with the subnet of the NAT gateway', async () => {
    const { inputs, asked } = await collect(press)
    expect(inputs('DescribeRouteTables').map(filters)).toEqual([{ 'vpc-id': ['vpc-news'] }])
    expect(inputs('DescribeNatGateways')).toMatchObject([
      { Filter: [{ Name: 'nat-gateway-id', Values: ['nat-news'] }] },
    ])
    expect(inputs('DescribeInternetGateways').map(filters)).toEqual([{ 'attachment.vpc-id': ['vpc-news'] }])
    expect(inputs('DescribeNetworkAcls').map(filters)).toEqual([
      { 'association.subnet-id': ['subnet-press', 'subnet-endpoints', 'subnet-public'] },
    ])
    expect(asked).toContain('DescribeVpcBlockPublicAccessOptions')
  })

  test('a transit gateway to which the default route leads', async () => {
    const { asked, inputs } = await collect(press, {
      DescribeRouteTables: routes({ TransitGatewayId: 'tgw-hub' }),
    })
    expect(inputs('DescribeTransitGateways').map(filters)).toEqual([{ 'transit-gateway-id': ['tgw-hub'] }])
    expect(asked).not.toContain('DescribeNatGateways')
  })

  test('the interface of a running task that no load balancer knows', async () => {
    const attachment = { details: [{ name: 'networkInterfaceId', value: 'eni-press' }] }
    const { inputs } = await collect(press, {
      DescribeTasks: { tasks: [{ ...task, lastStatus: 'RUNNING', attachments: [attachment] }] },
    })
    expect(inputs('DescribeNetworkInterfaces').map(filters)).toContainEqual({
      'network-interface-id': ['eni-press'],
    })
  })

  test('where the subnets are is not told: nothing is asked about no VPC', async () => {
    const { asked, responses } = await collect(press, {
      DescribeSubnets: () => {
        throw refusal('UnauthorizedOperation', 'not authorized')
      },
    })
    expect(asked).not.toContain('DescribeVpcEndpoints')
    expect(responses).not.toHaveProperty('ec2:DescribeVpcEndpoints')
  })
})

describe('what the task definition names', () => {
  test('log groups by name, mount targets of its own file systems with their interfaces', async () => {
    const { inputs } = await collect(press)
    expect(inputs('DescribeLogGroups')).toEqual([{ logGroupNamePrefix: '/ecs/press', limit: 50 }])
    expect(inputs('DescribeMountTargets')).toEqual([{ FileSystemId: 'fs-archive' }])
    expect(inputs('DescribeNetworkInterfaces').map(filters)).toContainEqual({
      'network-interface-id': ['eni-archive'],
    })
  })

  test.each([
    [
      'inline, URL-encoded',
      { GetRolePolicy: { PolicyDocument: encodeURIComponent('{"Action":"aoss:APIAccessAll"}') } },
    ],
    [
      'attached, as an object',
      {
        ListAttachedRolePolicies: {
          AttachedPolicies: [{ PolicyArn: 'arn:aws:iam::111122223333:policy/search' }],
        },
        GetPolicyVersion: { PolicyVersion: { Document: { Statement: [{ Action: ['aoss:APIAccessAll'] }] } } },
      },
    ],
  ])('endpoints of OpenSearch Serverless, where a task role may call it: %s', async (_name, policy) => {
    expect((await collect(press)).asked).not.toContain('ListVpcEndpoints')
    expect((await collect(press, policy)).asked).toContain('ListVpcEndpoints')
  })
})

const groups = { targetGroups: [GROUP] }
const balanced: Answers = {
  DescribeTargetGroups: {
    TargetGroups: [{ TargetGroupArn: GROUP, VpcId: 'vpc-news', LoadBalancerArns: [NLB] }],
  },
  DescribeLoadBalancers: { LoadBalancers: [{ LoadBalancerArn: NLB, VpcId: 'vpc-news', Scheme: 'internal' }] },
}
const registered = { ...service, loadBalancers: [{ targetGroupArn: GROUP }] }

describe('a target group', () => {
  const running = { ...task, lastStatus: 'RUNNING', stopCode: undefined, stoppedReason: undefined }
  const scaledIn = {
    ...task,
    stopCode: 'ServiceSchedulerInitiated',
    stoppedReason: 'Scaling activity initiated by',
  }

  test.each([
    ['runs what it should', registered, running],
    ['stopped a task because it needs fewer', registered, scaledIn],
  ])('of a service that %s: what tasks need is not asked', async (_name, one, of) => {
    const { asked } = await collect(groups, {
      ...balanced,
      DescribeServices: { services: [one] },
      DescribeTasks: { tasks: [of] },
    })
    for (const operation of ['GetRole', 'DescribeImages', 'DescribeVpcEndpoints', 'GetVpcLinks'])
      expect(asked).not.toContain(operation)
  })

  test.each([
    ['runs too few tasks', { ...registered, runningCount: 1 }, running],
    ['has a task that did not start', registered, task],
    [
      'has a task that failed its checks',
      registered,
      { ...scaledIn, stoppedReason: 'Task failed ELB health checks in' },
    ],
  ])('of a service that %s: what tasks need is asked', async (_name, one, of) => {
    const { asked } = await collect(groups, {
      ...balanced,
      DescribeServices: { services: [one] },
      DescribeTasks: { tasks: [of] },
    })
    for (const operation of ['GetRole', 'DescribeImages', 'DescribeVpcEndpoints', 'GetVpcLinks'])
      expect(asked).toContain(operation)
  })
})

describe('API Gateways', () => {
  const failing = { ...balanced, DescribeServices: { services: [registered] } }

  test('without a VPC link to the load balancer nothing more is asked', async () => {
    const { asked } = await collect(groups, {
      ...failing,
      'apigateway:GetVpcLinks': { items: [{ id: 'other', targetArns: [`${NLB}9`] }] },
    })
    expect(asked.filter((operation) => operation === 'GetVpcLinks')).toHaveLength(2)
    for (const operation of ['GetRestApis', 'GetApis']) expect(asked).not.toContain(operation)
  })

  test('a link that targets it: the REST APIs', async () => {
    const { asked, inputs } = await collect(groups, {
      ...failing,
      'apigateway:GetVpcLinks': { items: [{ id: 'link', targetArns: [NLB] }] },
      GetRestApis: { items: [{ id: 'orders' }] },
    })
    expect(inputs('GetResources').map(({ restApiId }) => restApiId)).toEqual(['orders'])
    expect(asked).not.toContain('GetApis')
  })

  test('a link of the new kind into its VPC: all APIs, and where the link stands', async () => {
    const { inputs } = await collect(groups, {
      ...failing,
      'apigatewayv2:GetVpcLinks': {
        Items: [{ VpcLinkId: 'link', SubnetIds: ['subnet-press'], SecurityGroupIds: ['sg-link'] }],
      },
      GetRestApis: { items: [{ id: 'orders' }] },
      GetApis: { Items: [{ ApiId: 'web' }] },
    })
    expect(inputs('GetResources').map(({ restApiId }) => restApiId)).toEqual(['orders'])
    expect(inputs('GetIntegrations').map(({ ApiId }) => ApiId)).toEqual(['web'])
    expect(inputs('DescribeSecurityGroups').map(filters)[0]?.['group-id']).toContain('sg-link')
  })
})
