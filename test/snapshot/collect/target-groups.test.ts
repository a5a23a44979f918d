import { describe, expect, test } from 'vitest'
import { everything } from '../../../shared/selection.ts'
import { collectForSelection, resolveTargetGroupArns } from '../../../shared/snapshot/collect/index.ts'
import { type Answers, fakeAws, refusal } from './aws.ts'

const ELB = 'arn:aws:elasticloadbalancing:eu-central-1:111122223333'
const ECS = 'arn:aws:ecs:eu-central-1:111122223333'
const GROUP = `${ELB}:targetgroup/web/0123456789abcdef`
const ALB = `${ELB}:loadbalancer/app/shop/50dc6c495c0c9188`
const NLB = `${ELB}:loadbalancer/net/shop/50dc6c495c0c9188`
const CLUSTER = `${ECS}:cluster/shop`
const addresses = Array.from({ length: 10 }, (_, index) => `10.0.10.${index + 10}`)

interface Filter {
  readonly Name: string
  readonly Values: readonly string[]
}
const filters = (input: object) =>
  Object.fromEntries(
    ((input as { Filters?: readonly Filter[] }).Filters ?? []).map(({ Name, Values }) => [Name, Values]),
  )

const taskInterface = (address: string) => ({
  NetworkInterfaceId: `eni-${address}`,
  PrivateIpAddress: address,
  SubnetId: 'subnet-private',
  VpcId: 'vpc-shop',
  Description: `${ECS}:attachment/0f9f8b3c`,
  Groups: [{ GroupId: 'sg-task' }],
})

const balancerInterface = {
  NetworkInterfaceId: 'eni-alb',
  PrivateIpAddress: '10.0.0.5',
  SubnetId: 'subnet-public',
  VpcId: 'vpc-shop',
  Description: 'ELB app/shop/50dc6c495c0c9188',
  Groups: [{ GroupId: 'sg-alb' }],
}

const shopServices = [
  {
    serviceArn: 'web',
    serviceName: 'web',
    clusterArn: CLUSTER,
    taskDefinition: 'web:1',
    loadBalancers: [{ targetGroupArn: GROUP }],
  },
  {
    serviceArn: 'cart',
    serviceName: 'cart',
    clusterArn: CLUSTER,
    taskDefinition: 'cart:9',
    loadBalancers: [],
  },
]

/** An ALB in front of a Fargate service with ten tasks, in an account with a second, unrelated cluster. */
const shop: Answers = {
  DescribeTargetGroups: {
    TargetGroups: [{ TargetGroupArn: GROUP, VpcId: 'vpc-shop', TargetType: 'ip', LoadBalancerArns: [ALB] }],
  },
  DescribeTargetHealth: { TargetHealthDescriptions: addresses.map((Id) => ({ Target: { Id, Port: 8000 } })) },
  DescribeLoadBalancers: ({ LoadBalancerArns }) => ({
    LoadBalancers: (LoadBalancerArns as string[]).map((LoadBalancerArn) => ({
      LoadBalancerArn,
      VpcId: 'vpc-shop',
      Scheme: 'internet-facing',
      SecurityGroups: ['sg-alb'],
      AvailabilityZones: [{ SubnetId: 'subnet-public' }],
    })),
  }),
  DescribeListeners: {
    Listeners: [{ ListenerArn: 'listener', DefaultActions: [{ Type: 'forward', TargetGroupArn: GROUP }] }],
  },
  DescribeNetworkInterfaces: (input) => {
    const asked = filters(input)
    if (asked.description) return { NetworkInterfaces: [balancerInterface] }
    return { NetworkInterfaces: (asked['addresses.private-ip-address'] ?? []).map(taskInterface) }
  },
  DescribeRouteTables: {
    RouteTables: [{ RouteTableId: 'rtb-main', VpcId: 'vpc-shop', Associations: [{ Main: true }] }],
  },
  ListClusters: { clusterArns: [CLUSTER, `${ECS}:cluster/batch`] },
  ListServices: { serviceArns: ['web', 'cart'] },
  DescribeServices: ({ services }) => ({
    services: shopServices.filter(({ serviceArn }) => String(services).includes(serviceArn)),
  }),
  ListTasks: ({ desiredStatus }) => ({ taskArns: [`${desiredStatus}-task`] }),
  DescribeTasks: ({ tasks }) => ({
    tasks: (tasks as string[]).map((taskArn) => ({ taskArn, taskDefinitionArn: 'web:1' })),
  }),
  DescribeTaskDefinition: ({ taskDefinition }) => ({ taskDefinition: { taskDefinitionArn: taskDefinition } }),
}

async function collect(changes: Answers = {}, groups: readonly string[] = [GROUP]) {
  const aws = fakeAws({ ...shop, ...changes })
  let calls = 0
  const snapshot = await collectForSelection(
    aws.clients,
    { ...everything, targetGroups: groups },
    {
      onDone: (summary) => {
        calls = summary.calls
      },
    },
  )
  const scope = snapshot.scopes[0]
  if (!scope) throw new Error('no scope')
  return { ...aws, calls, asked: aws.calls.map((call) => call.operation), scope, responses: scope.responses }
}

describe('a group of ten targets behind an ALB', () => {
  test('takes 20 calls, whatever else is in the Region', async () => {
    const { scope, calls } = await collect()
    expect(calls).toBe(20)
    expect(scope).toMatchObject({
      accountId: '111122223333',
      region: 'eu-central-1',
      coverage: 'selection',
      errors: {},
    })
  })

  test("interfaces are asked for by address within the VPC, and by the load balancer's description", async () => {
    const { inputs } = await collect()
    expect(inputs('DescribeNetworkInterfaces').map(filters)).toEqual([
      { description: ['ELB app/shop/50dc6c495c0c9188'] },
      { 'addresses.private-ip-address': addresses, 'vpc-id': ['vpc-shop'] },
    ])
  })

  test('subnets, groups, ACLs and routes are those of both ends', async () => {
    const { inputs } = await collect()
    expect(inputs('DescribeSubnets').map(filters)).toEqual([
      { 'subnet-id': ['subnet-public', 'subnet-private'] },
    ])
    expect(inputs('DescribeSecurityGroups').map(filters)).toEqual([{ 'group-id': ['sg-alb', 'sg-task'] }])
    expect(inputs('DescribeNetworkAcls').map(filters)).toEqual([
      { 'association.subnet-id': ['subnet-public', 'subnet-private'] },
    ])
    expect(inputs('DescribeRouteTables').map(filters)).toEqual([{ 'vpc-id': ['vpc-shop'] }])
    expect(inputs('DescribeVpcs').map(filters)).toEqual([{ 'vpc-id': ['vpc-shop'] }])
  })

  test('nothing is asked that no path can touch', async () => {
    const { asked } = await collect()
    for (const operation of [
      'DescribeNatGateways',
      'DescribeVpcPeeringConnections',
      'DescribeInstances',
      'GetManagedPrefixListEntries',
      'DescribeRules',
      'DescribeLoadBalancerAttributes',
    ])
      expect(asked).not.toContain(operation)
  })

  test('rules are asked for of listeners whose default action does not send to the group', async () => {
    const { inputs } = await collect({
      DescribeListeners: {
        Listeners: [
          { ListenerArn: 'http', DefaultActions: [{ Type: 'redirect' }] },
          {
            ListenerArn: 'https',
            DefaultActions: [{ ForwardConfig: { TargetGroups: [{ TargetGroupArn: GROUP }] } }],
          },
        ],
      },
    })
    expect(inputs('DescribeRules').map(({ ListenerArn }) => ListenerArn)).toEqual(['http'])
  })

  test("an NLB's attributes are asked for: cross-zone decides which interfaces check which targets", async () => {
    const { inputs } = await collect({
      DescribeTargetGroups: {
        TargetGroups: [{ TargetGroupArn: GROUP, VpcId: 'vpc-shop', LoadBalancerArns: [NLB] }],
      },
    })
    expect(inputs('DescribeLoadBalancerAttributes').map(({ LoadBalancerArn }) => LoadBalancerArn)).toEqual([
      NLB,
    ])
    expect(inputs('DescribeNetworkInterfaces').map(filters)).toContainEqual({
      description: ['ELB net/shop/50dc6c495c0c9188'],
    })
  })

  test('prefix lists that rules or routes of the path refer to are opened', async () => {
    const { inputs } = await collect({
      DescribeSecurityGroups: {
        SecurityGroups: [
          { GroupId: 'sg-task', IpPermissions: [{ PrefixListIds: [{ PrefixListId: 'pl-office' }] }] },
        ],
      },
      DescribeRouteTables: {
        RouteTables: [
          {
            RouteTableId: 'rtb-1',
            Associations: [{ SubnetId: 'subnet-private' }],
            Routes: [{ DestinationPrefixListId: 'pl-s3' }],
          },
          {
            RouteTableId: 'rtb-2',
            Associations: [{ SubnetId: 'subnet-other' }],
            Routes: [{ DestinationPrefixListId: 'pl-other' }],
          },
        ],
      },
    })
    expect(inputs('GetManagedPrefixListEntries').map(({ PrefixListId }) => PrefixListId)).toEqual([
      'pl-office',
      'pl-s3',
    ])
  })
})

describe('the ECS service', () => {
  test('is the one that registers with the group; the search ends at its cluster', async () => {
    const { responses, inputs } = await collect()
    expect(
      responses['ecs:DescribeServices']?.[CLUSTER]?.services?.map((service) => service.serviceName),
    ).toEqual(['web'])
    expect(inputs('ListServices').map(({ cluster }) => cluster)).toEqual([CLUSTER])
    expect(responses['ecs:DescribeTasks']?.[CLUSTER]?.tasks?.map((task) => task.taskArn)).toEqual([
      'RUNNING-task',
      'STOPPED-task',
    ])
    expect(Object.keys(responses['ecs:DescribeTaskDefinition'] ?? {})).toEqual(['web:1'])
  })

  test("is named by the tags of its tasks' interfaces: no search", async () => {
    const tags = [
      { Key: 'aws:ecs:clusterName', Value: 'shop' },
      { Key: 'aws:ecs:serviceName', Value: 'web' },
    ]
    const { asked, inputs, calls } = await collect({
      DescribeNetworkInterfaces: (input) => ({
        NetworkInterfaces: (filters(input)['addresses.private-ip-address'] ?? []).map((address) => ({
          ...taskInterface(address),
          TagSet: tags,
        })),
      }),
    })
    expect(asked).not.toContain('ListClusters')
    expect(inputs('DescribeServices')).toEqual([{ cluster: 'shop', services: ['web'] }])
    expect(calls).toBe(18)
  })

  test('there is none: every cluster was searched, and the snapshot says that these are all', async () => {
    const { responses, inputs } = await collect({
      DescribeServices: { services: [{ serviceName: 'cart', clusterArn: CLUSTER, loadBalancers: [] }] },
      DescribeClusters: ({ clusters }) => ({
        clusters: (clusters as string[]).map((clusterArn) => ({ clusterArn })),
      }),
    })
    expect(inputs('ListServices')).toHaveLength(2)
    expect(responses['ecs:DescribeClusters']?.clusters).toHaveLength(2)
    expect(Object.values(responses['ecs:DescribeServices'] ?? {}).map(({ services }) => services)).toEqual([
      [],
      [],
    ])
  })

  test('that runs no task is found too, with the subnets and groups where its next task starts', async () => {
    const { inputs, responses } = await collect({
      DescribeTargetHealth: { TargetHealthDescriptions: [] },
      DescribeServices: {
        services: [
          {
            serviceName: 'web',
            clusterArn: CLUSTER,
            loadBalancers: [{ targetGroupArn: GROUP }],
            networkConfiguration: {
              awsvpcConfiguration: { subnets: ['subnet-next'], securityGroups: ['sg-next'] },
            },
          },
        ],
      },
    })
    expect(responses['ecs:DescribeServices']?.[CLUSTER]?.services).toHaveLength(1)
    expect(inputs('DescribeSubnets').map(filters)).toEqual([
      { 'subnet-id': ['subnet-public', 'subnet-next'] },
    ])
    expect(inputs('DescribeSecurityGroups').map(filters)).toEqual([{ 'group-id': ['sg-alb', 'sg-next'] }])
  })
})

describe('other targets', () => {
  test('instances are described, and their interfaces found by attachment', async () => {
    const { inputs } = await collect({
      DescribeTargetHealth: { TargetHealthDescriptions: [{ Target: { Id: 'i-0abc' } }] },
    })
    expect(inputs('DescribeInstances').map(filters)).toEqual([{ 'instance-id': ['i-0abc'] }])
    expect(inputs('DescribeNetworkInterfaces').map(filters)).toContainEqual({
      'attachment.instance-id': ['i-0abc'],
    })
  })

  test('an ALB behind an NLB counts as a load balancer of its own', async () => {
    const { inputs } = await collect({
      DescribeTargetGroups: {
        TargetGroups: [
          { TargetGroupArn: GROUP, VpcId: 'vpc-shop', TargetType: 'alb', LoadBalancerArns: [NLB] },
        ],
      },
      DescribeTargetHealth: { TargetHealthDescriptions: [{ Target: { Id: ALB } }] },
    })
    expect(inputs('DescribeLoadBalancers').map(({ LoadBalancerArns }) => LoadBalancerArns)).toEqual([
      [NLB, ALB],
    ])
  })

  test('an address in a peered VPC is looked for there', async () => {
    const { inputs } = await collect({
      DescribeNetworkInterfaces: { NetworkInterfaces: [] },
      DescribeRouteTables: {
        RouteTables: [
          {
            RouteTableId: 'rtb-1',
            VpcId: 'vpc-shop',
            Associations: [{ Main: true }],
            Routes: [{ DestinationCidrBlock: '10.0.0.0/16', VpcPeeringConnectionId: 'pcx-1' }],
          },
        ],
      },
      DescribeVpcPeeringConnections: {
        VpcPeeringConnections: [
          {
            VpcPeeringConnectionId: 'pcx-1',
            AccepterVpcInfo: { VpcId: 'vpc-stock' },
            RequesterVpcInfo: { VpcId: 'vpc-shop' },
          },
        ],
      },
    })
    expect(inputs('DescribeVpcPeeringConnections').map(filters)[0]).toEqual({
      'vpc-peering-connection-id': ['pcx-1'],
    })
    expect(inputs('DescribeNetworkInterfaces').map(filters)).toContainEqual({
      'addresses.private-ip-address': addresses,
      'vpc-id': ['vpc-stock'],
    })
    expect(inputs('DescribeRouteTables').map(filters)).toEqual([
      { 'vpc-id': ['vpc-shop'] },
      { 'vpc-id': ['vpc-stock'] },
    ])
  })
})

describe('failures', () => {
  test('what is refused on the way is recorded, the rest is collected', async () => {
    const { scope, responses } = await collect({
      ListClusters: () => {
        throw refusal('AccessDeniedException', 'not authorized to perform ecs:ListClusters')
      },
    })
    expect(scope.errors).toEqual({
      'ecs:DescribeClusters': {
        name: 'AccessDeniedException',
        message: 'not authorized to perform ecs:ListClusters',
      },
    })
    expect(responses['ec2:DescribeSubnets']).toBeDefined()
  })

  test('without the group there is nothing to follow', async () => {
    const collecting = collect({
      DescribeTargetGroups: () => {
        throw refusal('TargetGroupNotFoundException', 'One or more target groups not found')
      },
    })
    await expect(collecting).rejects.toMatchObject({ name: 'TargetGroupNotFoundException' })
  })
})

test('names become ARNs with one call, ARNs stay', async () => {
  const { clients, inputs } = fakeAws(shop)
  expect(await resolveTargetGroupArns(clients, [GROUP])).toEqual([GROUP])
  expect(inputs('DescribeTargetGroups')).toEqual([])
  expect(await resolveTargetGroupArns(clients, ['web', GROUP])).toEqual([GROUP])
  expect(inputs('DescribeTargetGroups')).toMatchObject([{ Names: ['web'] }])
})
