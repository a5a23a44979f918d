/** By what the ends of a question are asked for, and when only a whole Region can tell. */
import { describe, expect, test } from 'vitest'
import { namedEnd } from '../../../shared/question-ends.ts'
import { collectForQuestion } from '../../../shared/snapshot/collect/index.ts'
import { type Answers, fakeAws, refusal } from './aws.ts'

const TASK = 'arn:aws:ecs:eu-central-1:111122223333:task/night/0123456789abcdef0123456789abcdef'
const NLB = 'arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/net/press/50dc6c495c0c9188'

interface Asked {
  readonly Filters?: readonly { readonly Name: string; readonly Values: readonly string[] }[]
}
const interfaceOf = (id: string, more: object) => ({
  NetworkInterfaceId: id,
  VpcId: 'vpc-1',
  SubnetId: 'subnet-1',
  ...more,
})
const interfaces = [
  interfaceOf('eni-oven', {
    Attachment: { InstanceId: 'i-oven', DeviceIndex: 0 },
    PrivateIpAddress: '10.0.0.4',
  }),
  interfaceOf('eni-task', { PrivateIpAddress: '10.0.0.5' }),
  interfaceOf('eni-press', { Description: 'ELB net/press/50dc6c495c0c9188', PrivateIpAddress: '10.0.0.6' }),
  interfaceOf('eni-shop', { PrivateIpAddress: '10.0.0.7', Association: { PublicIp: '198.51.100.7' } }),
]

const chosen: Readonly<
  Record<string, (one: (typeof interfaces)[number] & Record<string, unknown>) => unknown>
> = {
  'network-interface-id': (one) => one.NetworkInterfaceId,
  'attachment.instance-id': (one) => (one.Attachment as { InstanceId?: string } | undefined)?.InstanceId,
  description: (one) => one.Description,
  'addresses.private-ip-address': (one) => one.PrivateIpAddress,
  'addresses.association.public-ip': (one) =>
    (one.Association as { PublicIp?: string } | undefined)?.PublicIp,
}

const answers: Answers = {
  GetCallerIdentity: { Account: '111122223333' },
  DescribeNetworkInterfaces: ({ Filters: [filter] = [] }: Asked) => ({
    NetworkInterfaces: interfaces.filter((one) =>
      filter?.Values.includes(String(chosen[filter.Name]?.(one))),
    ),
  }),
  DescribeTasks: {
    tasks: [
      { taskArn: TASK, attachments: [{ details: [{ name: 'networkInterfaceId', value: 'eni-task' }] }] },
    ],
  },
  DescribeLoadBalancers: { LoadBalancers: [{ LoadBalancerArn: NLB, VpcId: 'vpc-1' }] },
}

async function collected(from: string, changes: Answers = {}) {
  const aws = fakeAws({ ...answers, ...changes })
  const [source, target] = [namedEnd(from), namedEnd('eni-shop')]
  const snapshot = source && target && (await collectForQuestion(aws.clients, [source, target]))
  const found = snapshot?.scopes[0]?.responses['ec2:DescribeNetworkInterfaces']?.NetworkInterfaces
  return found?.map(({ NetworkInterfaceId }) => NetworkInterfaceId).sort()
}

describe('an end is found', () => {
  test.each([
    ['an interface', 'eni-oven', 'eni-oven'],
    ['an interface by ARN', 'arn:aws:ec2:eu-central-1:111122223333:network-interface/eni-oven', 'eni-oven'],
    ['an instance', 'i-oven', 'eni-oven'],
    ['a task', TASK, 'eni-task'],
    ['a load balancer by ARN', NLB, 'eni-press'],
    ['a load balancer by the end of its ARN', 'net/press/50dc6c495c0c9188', 'eni-press'],
    ['a load balancer by name', 'press', 'eni-press'],
    ['an address', '10.0.0.5', 'eni-task'],
  ])('%s', async (_, from, expected) => {
    expect(await collected(from)).toEqual([expected, 'eni-shop'].sort())
  })

  test.each(['internet', '203.0.113.9'])('%s is outside', async (from) => {
    expect(await collected(from)).toEqual(['eni-shop'])
  })
})

describe('only a whole Region can tell of', () => {
  test.each([
    ['an interface that is not there', 'eni-404'],
    ['an instance that is not there', 'i-404'],
    ['a public address of an interface', '198.51.100.7'],
    ['an AWS service', 'ecr.api'],
    ['an endpoint', 'vpce-1'],
    ['a task by its bare id', '0123456789abcdef0123456789abcdef'],
  ])('%s', async (_, from) => {
    expect(await collected(from)).toBeUndefined()
  })

  test('what AWS refuses to tell, and a name that no load balancer has', async () => {
    const refused = () => Promise.reject(refusal('AccessDenied', 'no'))
    expect(await collected('i-oven', { DescribeNetworkInterfaces: refused })).toBeUndefined()
    expect(await collected(TASK, { DescribeTasks: refused })).toBeUndefined()
    const missing = () => Promise.reject(refusal('LoadBalancerNotFoundException', 'no'))
    expect(await collected('s3', { DescribeLoadBalancers: missing })).toBeUndefined()
  })
})
