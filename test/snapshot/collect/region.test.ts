import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { collectRegion } from '../../../shared/snapshot/collect/index.ts'
import { keyed, lists } from '../../../shared/snapshot/collect/operations.ts'
import { type Answers, fakeAws, refusal } from './aws.ts'

const CLUSTER = 'arn:aws:ecs:eu-central-1:111122223333:cluster/shop'
const caller = { GetCallerIdentity: { Account: '111122223333' } }

async function collect(answers: Answers) {
  const aws = fakeAws({ ...caller, ...answers })
  const snapshot = await collectRegion(aws.clients, { now: () => new Date('2026-11-20T03:00:00Z') })
  const scope = snapshot.scopes[0]
  if (!scope) throw new Error('no scope')
  return { ...aws, snapshot, scope, responses: scope.responses }
}

describe('a Region', () => {
  test('names the account, the Region, the time, and that its lists are complete', async () => {
    const { snapshot } = await collect({})
    expect(snapshot).toMatchObject({
      schemaVersion: '1',
      collectedAt: '2026-11-20T03:00:00.000Z',
      scopes: [{ accountId: '111122223333', region: 'eu-central-1', coverage: 'region', errors: {} }],
    })
  })

  test('every operation of the table is there, empty where AWS has nothing', async () => {
    const { responses } = await collect({})
    expect(Object.keys(responses).sort()).toEqual([...Object.keys(lists), ...Object.keys(keyed)].sort())
    expect(responses['ec2:DescribeSubnets']).toEqual({ Subnets: [] })
    expect(responses['elasticloadbalancing:DescribeListeners']).toEqual({})
  })

  test('pages become one response', async () => {
    const { responses, inputs } = await collect({
      DescribeSubnets: ({ NextToken }) =>
        NextToken === undefined
          ? { Subnets: [{ SubnetId: 'subnet-a' }], NextToken: 'more' }
          : { Subnets: [{ SubnetId: 'subnet-b' }] },
    })
    expect(responses['ec2:DescribeSubnets']?.Subnets?.map((subnet) => subnet.SubnetId)).toEqual([
      'subnet-a',
      'subnet-b',
    ])
    expect(responses['ec2:DescribeSubnets']).not.toHaveProperty('NextToken')
    expect(inputs('DescribeSubnets')).toEqual([{ MaxResults: 1000 }, { MaxResults: 1000, NextToken: 'more' }])
  })

  test('pages of an operation without an SDK paginator, too', async () => {
    const { responses } = await collect({
      DescribeVpcBlockPublicAccessExclusions: ({ NextToken }) => ({
        VpcBlockPublicAccessExclusions: [
          { ExclusionId: NextToken ? 'vpcbpa-exclude-2' : 'vpcbpa-exclude-1' },
        ],
        ...(NextToken === undefined && { NextToken: 'more' }),
      }),
    })
    const exclusions = responses['ec2:DescribeVpcBlockPublicAccessExclusions']?.VpcBlockPublicAccessExclusions
    expect(exclusions?.map((exclusion) => exclusion.ExclusionId)).toEqual([
      'vpcbpa-exclude-1',
      'vpcbpa-exclude-2',
    ])
  })

  test('route tables are asked for a hundred at a time: EC2 refuses more', async () => {
    const { inputs } = await collect({})
    expect(inputs('DescribeRouteTables')).toEqual([{ MaxResults: 100 }])
  })

  test('both DNS attributes of a VPC become one object', async () => {
    const { responses } = await collect({
      DescribeVpcs: { Vpcs: [{ VpcId: 'vpc-shop' }] },
      DescribeVpcAttribute: ({ VpcId, Attribute }) =>
        Attribute === 'enableDnsSupport'
          ? { VpcId, EnableDnsSupport: { Value: true } }
          : { VpcId, EnableDnsHostnames: { Value: false } },
    })
    expect(responses['ec2:DescribeVpcAttribute']).toEqual({
      'vpc-shop': {
        VpcId: 'vpc-shop',
        EnableDnsSupport: { Value: true },
        EnableDnsHostnames: { Value: false },
      },
    })
  })

  const ROUTE_TABLE = { TransitGatewayRouteTables: [{ TransitGatewayRouteTableId: 'tgw-rtb-1' }] }
  const route = (DestinationCidrBlock: string) => ({ DestinationCidrBlock, TransitGatewayAttachments: [] })

  test('routes of a transit gateway of which AWS tells only a part keep saying so', async () => {
    const { responses, inputs } = await collect({
      DescribeTransitGatewayRouteTables: ROUTE_TABLE,
      SearchTransitGatewayRoutes: { Routes: [route('10.1.0.0/16')], AdditionalRoutesAvailable: true },
    })
    expect(responses['ec2:SearchTransitGatewayRoutes']).toEqual({
      'tgw-rtb-1': { Routes: [route('10.1.0.0/16')], AdditionalRoutesAvailable: true },
    })
    expect(inputs('SearchTransitGatewayRoutes')).toEqual([
      {
        TransitGatewayRouteTableId: 'tgw-rtb-1',
        Filters: [{ Name: 'state', Values: ['active', 'blackhole'] }],
        MaxResults: 1000,
      },
    ])
  })

  test('routes of a transit gateway that came in pages are all of them', async () => {
    const { responses } = await collect({
      DescribeTransitGatewayRouteTables: ROUTE_TABLE,
      SearchTransitGatewayRoutes: ({ NextToken }) =>
        NextToken === undefined
          ? { Routes: [route('10.1.0.0/16')], AdditionalRoutesAvailable: true, NextToken: 'more' }
          : { Routes: [route('10.2.0.0/16')], AdditionalRoutesAvailable: false },
    })
    expect(responses['ec2:SearchTransitGatewayRoutes']?.['tgw-rtb-1']).toEqual({
      Routes: [route('10.1.0.0/16'), route('10.2.0.0/16')],
      AdditionalRoutesAvailable: false,
    })
  })

  test('rules are asked for each listener of each load balancer', async () => {
    const { responses } = await collect({
      DescribeLoadBalancers: { LoadBalancers: [{ LoadBalancerArn: 'lb-1' }, { LoadBalancerArn: 'lb-2' }] },
      DescribeListeners: ({ LoadBalancerArn }) => ({
        Listeners: [{ ListenerArn: `listener-of-${LoadBalancerArn}` }],
      }),
      DescribeRules: ({ ListenerArn }) => ({ Rules: [{ RuleArn: `rule-of-${ListenerArn}` }] }),
    })
    expect(Object.keys(responses['elasticloadbalancing:DescribeRules'] ?? {})).toEqual([
      'listener-of-lb-1',
      'listener-of-lb-2',
    ])
  })

  test('an NLB without security groups has an empty list of them', async () => {
    const { responses } = await collect({
      DescribeLoadBalancers: { LoadBalancers: [{ LoadBalancerArn: 'nlb' }] },
    })
    expect(
      responses['elasticloadbalancing:DescribeLoadBalancers']?.LoadBalancers?.[0]?.SecurityGroups,
    ).toEqual([])
  })

  test('empty lists that the protocol leaves out are spelt out', async () => {
    const { responses } = await collect({
      DescribeSecurityGroups: {
        SecurityGroups: [{ GroupId: 'sg-1', IpPermissions: [{ IpProtocol: '-1' }] }],
      },
      DescribeNetworkAcls: { NetworkAcls: [{ NetworkAclId: 'acl-1' }] },
      DescribeRouteTables: { RouteTables: [{ RouteTableId: 'rtb-1' }] },
    })
    const permission = {
      IpProtocol: '-1',
      IpRanges: [],
      Ipv6Ranges: [],
      PrefixListIds: [],
      UserIdGroupPairs: [],
    }
    expect(responses['ec2:DescribeSecurityGroups']?.SecurityGroups).toEqual([
      { GroupId: 'sg-1', IpPermissions: [permission], IpPermissionsEgress: [] },
    ])
    expect(responses['ec2:DescribeNetworkAcls']?.NetworkAcls).toEqual([
      { NetworkAclId: 'acl-1', Associations: [], Entries: [] },
    ])
    expect(responses['ec2:DescribeRouteTables']?.RouteTables).toEqual([
      { RouteTableId: 'rtb-1', Associations: [], Routes: [], PropagatingVgws: [] },
    ])
  })
})

describe('ECS', () => {
  const arns = (kind: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${kind}-${index}`)

  test('services are described ten at a time, tasks a hundred, running and stopped', async () => {
    const { responses, inputs } = await collect({
      ListClusters: { clusterArns: [CLUSTER] },
      DescribeClusters: { clusters: [{ clusterArn: CLUSTER }] },
      ListServices: { serviceArns: arns('service', 23) },
      DescribeServices: ({ services }) => ({
        services: (services as string[]).map((serviceArn) => ({ serviceArn })),
      }),
      ListTasks: ({ desiredStatus }) => ({
        taskArns: arns(`${desiredStatus}`, desiredStatus === 'RUNNING' ? 130 : 3),
      }),
      DescribeTasks: ({ tasks }) => ({ tasks: (tasks as string[]).map((taskArn) => ({ taskArn })) }),
    })
    expect(inputs('DescribeServices').map(({ services }) => (services as string[]).length)).toEqual([
      10, 10, 3,
    ])
    expect(inputs('DescribeTasks').map(({ tasks }) => (tasks as string[]).length)).toEqual([100, 33])
    expect(responses['ecs:DescribeServices']?.[CLUSTER]?.services).toHaveLength(23)
    const tasks = responses['ecs:DescribeTasks']?.[CLUSTER]?.tasks
    expect(tasks).toHaveLength(133)
    expect(tasks?.at(-1)?.taskArn).toBe('STOPPED-2')
  })

  test('a task definition is asked for once, however many use it; dates become ISO strings', async () => {
    const { responses, inputs } = await collect({
      ListClusters: { clusterArns: [CLUSTER] },
      DescribeClusters: { clusters: [{ clusterArn: CLUSTER }] },
      ListServices: { serviceArns: ['web'] },
      DescribeServices: {
        services: [
          {
            serviceArn: 'web',
            taskDefinition: 'web:2',
            deployments: [{ taskDefinition: 'web:2' }, { taskDefinition: 'web:1' }],
          },
        ],
      },
      ListTasks: { taskArns: ['task'] },
      DescribeTasks: {
        tasks: [{ taskArn: 'task', taskDefinitionArn: 'web:1', startedAt: new Date('2026-11-20T02:00:00Z') }],
      },
    })
    expect(inputs('DescribeTaskDefinition').map(({ taskDefinition }) => taskDefinition)).toEqual([
      'web:2',
      'web:1',
    ])
    expect(responses['ecs:DescribeTasks']?.[CLUSTER]?.tasks?.[0]?.startedAt).toBe('2026-11-20T02:00:00.000Z')
  })

  test('values of environment variables and tokens of log drivers stay behind', async () => {
    const { snapshot } = await collect({
      ListClusters: { clusterArns: [CLUSTER] },
      DescribeClusters: { clusters: [{ clusterArn: CLUSTER }] },
      ListTasks: { taskArns: ['task'] },
      DescribeTasks: {
        tasks: [
          {
            taskArn: 'task',
            taskDefinitionArn: 'web:1',
            overrides: { containerOverrides: [{ environment: [{ name: 'DB_URL', value: 'hunter2' }] }] },
          },
        ],
      },
      DescribeTaskDefinition: {
        taskDefinition: {
          taskDefinitionArn: 'web:1',
          containerDefinitions: [
            {
              environment: [{ name: 'API_TOKEN', value: 'hunter2' }],
              secrets: [{ name: 'KEY', valueFrom: 'arn:aws:ssm:eu-central-1:111122223333:parameter/key' }],
              logConfiguration: {
                logDriver: 'splunk',
                options: { 'splunk-token': 'hunter2', 'splunk-url': 'https://logs' },
              },
            },
          ],
          volumes: [{ dockerVolumeConfiguration: { driverOpts: { o: 'password=hunter2' } } }],
        },
      },
    })
    const text = JSON.stringify(snapshot)
    expect(text).not.toContain('hunter2')
    for (const kept of ['DB_URL', 'API_TOKEN', '"value":"<redacted>"', 'parameter/key', 'https://logs'])
      expect(text).toContain(kept)
  })
})

describe('failures', () => {
  test('an operation that fails is recorded, the rest is collected', async () => {
    const { scope, responses } = await collect({
      DescribeNetworkAcls: () => {
        throw refusal('UnauthorizedOperation', 'You are not authorized to perform this operation.')
      },
      DescribeSubnets: { Subnets: [{ SubnetId: 'subnet-a' }] },
    })
    expect(scope.errors).toEqual({
      'ec2:DescribeNetworkAcls': {
        name: 'UnauthorizedOperation',
        message: 'You are not authorized to perform this operation.',
      },
    })
    expect(responses).not.toHaveProperty('ec2:DescribeNetworkAcls')
    expect(responses['ec2:DescribeSubnets']?.Subnets).toHaveLength(1)
  })

  test('a second page that fails leaves nothing: half a list is not a list', async () => {
    const { scope, responses } = await collect({
      DescribeSubnets: ({ NextToken }) => {
        if (NextToken) throw refusal('RequestLimitExceeded', 'Request limit exceeded.')
        return { Subnets: [{ SubnetId: 'subnet-a' }], NextToken: 'more' }
      },
    })
    expect(responses).not.toHaveProperty('ec2:DescribeSubnets')
    expect(scope.errors['ec2:DescribeSubnets']?.name).toBe('RequestLimitExceeded')
  })

  test('one key that fails is absent, the others are there, and the operation says why', async () => {
    const { scope, responses } = await collect({
      DescribeTargetGroups: { TargetGroups: [{ TargetGroupArn: 'web' }, { TargetGroupArn: 'gone' }] },
      DescribeTargetHealth: ({ TargetGroupArn }) => {
        if (TargetGroupArn === 'gone') throw refusal('TargetGroupNotFoundException', 'gone')
        return { TargetHealthDescriptions: [] }
      },
    })
    expect(responses['elasticloadbalancing:DescribeTargetHealth']).toEqual({
      web: { TargetHealthDescriptions: [] },
    })
    expect(scope.errors['elasticloadbalancing:DescribeTargetHealth']?.name).toBe(
      'TargetGroupNotFoundException',
    )
  })

  test('nobody may ask at all: that is thrown', async () => {
    const collecting = collect({
      GetCallerIdentity: () => {
        throw refusal('ExpiredToken', 'The security token included in the request is expired')
      },
    })
    await expect(collecting).rejects.toThrow('expired')
  })
})

describe('calls', () => {
  test('at most eight are under way at once, each is counted and reported', async () => {
    let underWay = 0
    let most = 0
    const slow = async () => {
      underWay += 1
      most = Math.max(most, underWay)
      await sleep(1)
      underWay -= 1
      return {}
    }
    const answers = Object.fromEntries(
      Object.keys(lists).map((operation) => [operation.split(':')[1] ?? '', slow]),
    )
    const aws = fakeAws({ ...caller, ...answers })
    const progress: number[] = []
    let total = 0
    await collectRegion(aws.clients, {
      onProgress: ({ calls }) => progress.push(calls),
      onDone: ({ calls }) => {
        total = calls
      },
    })
    expect(most).toBe(8)
    expect(total).toBe(aws.calls.length)
    expect(progress).toEqual(aws.calls.map((_, index) => index + 1))
  })
})
