import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseSnapshot } from '../../shared/snapshot/parse.ts'
import { redactSnapshot } from '../../shared/snapshot/redact.ts'

interface Shop {
  readonly account: string
  readonly cluster: string
  readonly service: string
  readonly balancer: string
  readonly group: string
  readonly address: string
}

const shop: Shop = {
  account: '111122223333',
  cluster: 'bookshop-prod',
  service: 'checkout',
  balancer: 'storefront',
  group: 'storefront-alb',
  address: '10.20.1.15',
}

const REGION = 'eu-central-1'
const hex = '0123456789abcdef'

/** Every form in which AWS repeats a name, an account or an address. */
function snapshotOf({ account, cluster, service, balancer, group, address }: Shop) {
  const elb = `arn:aws:elasticloadbalancing:${REGION}:${account}`
  const ecs = `arn:aws:ecs:${REGION}:${account}`
  const loadBalancer = `${elb}:loadbalancer/app/${balancer}/${hex}`
  const targetGroup = `${elb}:targetgroup/${service}/${hex}`
  return {
    schemaVersion: '1',
    collectedAt: '2026-11-20T03:00:00Z',
    scopes: [
      {
        accountId: account,
        region: REGION,
        coverage: 'region',
        responses: {
          'ec2:DescribeSubnets': {
            Subnets: [
              {
                SubnetId: 'subnet-0a1b2c3d4e5f60718',
                CidrBlock: '10.20.0.0/16',
                AvailabilityZone: `${REGION}a`,
                Tags: [{ Key: 'Name', Value: cluster }],
              },
            ],
          },
          'ec2:DescribeNetworkInterfaces': {
            NetworkInterfaces: [
              {
                NetworkInterfaceId: 'eni-0a1b2c3d4e5f60718',
                Description: `ELB app/${balancer}/${hex}`,
                RequesterId: 'amazon-elb',
                PrivateIpAddress: address,
                PrivateDnsName: `ip-${address.replaceAll('.', '-')}.${REGION}.compute.internal`,
                Groups: [{ GroupId: 'sg-0a1b2c3d4e5f60718', GroupName: group }],
              },
            ],
          },
          'ec2:DescribeSecurityGroups': {
            SecurityGroups: [
              {
                GroupId: 'sg-0a1b2c3d4e5f60718',
                GroupName: group,
                Description: `of ${balancer}`,
                OwnerId: account,
                IpPermissions: [
                  {
                    IpProtocol: 'tcp',
                    FromPort: 80,
                    ToPort: 80,
                    IpRanges: [{ CidrIp: '0.0.0.0/0', Description: cluster }, { CidrIp: `${address}/32` }],
                  },
                ],
              },
            ],
          },
          'ec2:DescribeRouteTables': {
            RouteTables: [
              {
                RouteTableId: 'rtb-0a1b2c3d',
                Routes: [{ DestinationCidrBlock: '10.20.0.0/16', GatewayId: 'local', State: 'active' }],
              },
            ],
          },
          'ec2:DescribeVpcEndpoints': {
            VpcEndpoints: [
              {
                VpcEndpointId: 'vpce-0a1b2c3d4e5f60718',
                ServiceName: `com.amazonaws.${REGION}.s3`,
                VpcEndpointType: 'Gateway',
                PolicyDocument: JSON.stringify({
                  Statement: [
                    {
                      Effect: 'Allow',
                      Principal: '*',
                      Action: 's3:GetObject',
                      Resource: `arn:aws:s3:::${cluster}/*`,
                    },
                  ],
                }),
              },
            ],
          },
          'elasticloadbalancing:DescribeLoadBalancers': {
            LoadBalancers: [
              {
                LoadBalancerArn: loadBalancer,
                LoadBalancerName: balancer,
                DNSName: `${balancer}-1234567890.${REGION}.elb.amazonaws.com`,
                Scheme: 'internet-facing',
                Type: 'application',
                State: { Code: 'active' },
              },
            ],
          },
          'elasticloadbalancing:DescribeTargetGroupAttributes': {
            [targetGroup]: { Attributes: [{ Key: 'stickiness.type', Value: 'lb_cookie' }] },
          },
          'elasticloadbalancing:DescribeLoadBalancerAttributes': {
            [loadBalancer]: { Attributes: [{ Key: 'access_logs.s3.bucket', Value: cluster }] },
          },
          'elasticloadbalancing:DescribeTargetHealth': {
            [targetGroup]: {
              TargetHealthDescriptions: [
                {
                  Target: { Id: address, Port: 8000 },
                  HealthCheckPort: '8000',
                  TargetHealth: {
                    State: 'unhealthy',
                    Reason: 'Target.ResponseCodeMismatch',
                    Description: 'Health checks failed with these codes: [404]',
                  },
                },
              ],
            },
          },
          'ecs:DescribeServices': {
            [`${ecs}:cluster/${cluster}`]: {
              services: [
                {
                  serviceArn: `${ecs}:service/${cluster}/${service}`,
                  serviceName: service,
                  clusterArn: `${ecs}:cluster/${cluster}`,
                  loadBalancers: [
                    { targetGroupArn: targetGroup, containerName: service, containerPort: 8000 },
                  ],
                  events: [
                    {
                      id: '0f9f8b3c-2a5d-4a53-9d2e-7f6f0b3c2a5d',
                      message: `(service ${service}) (port 8000) is unhealthy in (target-group ${targetGroup}) due to (reason Request timed out).`,
                    },
                  ],
                },
              ],
            },
          },
          'ecs:DescribeTasks': {
            [`${ecs}:cluster/${cluster}`]: {
              tasks: [
                {
                  taskArn: `${ecs}:task/${cluster}/${hex}${hex}`,
                  group: `service:${service}`,
                  stopCode: 'EssentialContainerExited',
                  stoppedReason: 'Essential container in task exited',
                  containers: [
                    {
                      name: service,
                      image: `${account}.dkr.ecr.${REGION}.amazonaws.com/${service}:v7`,
                      exitCode: 137,
                      reason: 'OutOfMemoryError: Container killed due to memory usage',
                    },
                  ],
                  attachments: [
                    {
                      id: 'a',
                      type: 'ElasticNetworkInterface',
                      details: [{ name: 'privateIPv4Address', value: address }],
                    },
                  ],
                },
              ],
            },
          },
          'ecs:DescribeTaskDefinition': {
            [`${ecs}:task-definition/${service}:7`]: {
              taskDefinition: {
                taskDefinitionArn: `${ecs}:task-definition/${service}:7`,
                networkMode: 'awsvpc',
                containerDefinitions: [
                  {
                    name: service,
                    healthCheck: {
                      command: ['CMD-SHELL', `curl -f http://localhost:8000/${service} || exit 1`],
                    },
                  },
                ],
              },
            },
          },
        },
        errors: {
          'ec2:DescribeNetworkAcls': {
            name: 'UnauthorizedOperation',
            message: `User: arn:aws:sts::${account}:assumed-role/${cluster}/${service} is not authorized to perform: ec2:DescribeNetworkAcls`,
          },
        },
      },
    ],
  }
}

const key = new Uint8Array(32)
const redact = (given: Shop, secret = key) =>
  redactSnapshot(snapshotOf(given), secret) as ReturnType<typeof snapshotOf>

/** Names that are not AWS's own words. */
const name = fc.stringMatching(/^[a-z]{3}x[a-z]{3}[0-9]{2}$/)
const shops = fc.record({
  account: fc.stringMatching(/^[1-9][0-9]{11}$/),
  cluster: name,
  service: name,
  balancer: name,
  group: name,
  address: fc
    .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 1, max: 254 }))
    .map((end) => `10.20.${end.join('.')}`),
})

test('when and by which format it was collected stays', () => {
  const header = { schemaVersion: '1', collectedAt: 'yesterday', scopes: [] }
  expect(redactSnapshot(header)).toEqual(header)
})

describe('any snapshot', () => {
  test('nothing of the account, its names, its addresses and its ids is left', () => {
    fc.assert(
      fc.property(shops, fc.uint8Array({ minLength: 32, maxLength: 32 }), (given, secret) => {
        const text = JSON.stringify(redact(given, secret))
        const originals = [
          ...Object.values(given),
          given.address.replaceAll('.', '-'),
          '10.20.0.0',
          hex,
          '0a1b2c3d',
        ]
        for (const original of originals) expect(text).not.toContain(original)
      }),
    )
  })

  test('it is a snapshot still', () => {
    fc.assert(
      fc.property(shops, (given) => {
        expect(parseSnapshot(redact(given)).scopes).toHaveLength(1)
      }),
    )
  })
})

describe('the bookshop', () => {
  const scope = redact(shop).scopes[0]
  if (!scope) throw new Error('no scope')
  const { responses } = scope
  const text = JSON.stringify(scope)

  test("AWS's own words stay", () => {
    for (const word of [
      'Health checks failed with these codes: [404]',
      'Target.ResponseCodeMismatch',
      'due to (reason Request timed out)',
      'Essential container in task exited',
      'OutOfMemoryError',
      `com.amazonaws.${REGION}.s3`,
      'amazon-elb',
      '"GatewayId":"local"',
      '0.0.0.0/0',
      'curl -f http://localhost:8000/',
      'is not authorized to perform: ec2:DescribeNetworkAcls',
      'lb_cookie',
      'service:name-',
    ])
      expect(text).toContain(word)
  })

  test("the load balancer's name is the same in its ARN, its interface and its host name", () => {
    const balancer = responses['elasticloadbalancing:DescribeLoadBalancers'].LoadBalancers[0]
    const end = balancer?.LoadBalancerArn.split(':loadbalancer/')[1]
    expect(end).toMatch(new RegExp(`^app/${balancer?.LoadBalancerName}/[0-9a-f]{16}$`))
    expect(responses['ec2:DescribeNetworkInterfaces'].NetworkInterfaces[0]?.Description).toBe(`ELB ${end}`)
  })

  test('the target is the interface, and lies in the subnet', () => {
    const [health] = Object.values(responses['elasticloadbalancing:DescribeTargetHealth'])
    const address = responses['ec2:DescribeNetworkInterfaces'].NetworkInterfaces[0]?.PrivateIpAddress
    expect(health?.TargetHealthDescriptions[0]?.Target.Id).toBe(address)
    const subnet = responses['ec2:DescribeSubnets'].Subnets[0]?.CidrBlock ?? ''
    expect(subnet).toMatch(/^10\.\d+\.0\.0\/16$/)
    expect(address?.split('.').slice(0, 2)).toEqual(subnet.split('.').slice(0, 2))
  })

  test('the keys of a keyed operation are the redacted ARNs', () => {
    const [cluster] = Object.keys(responses['ecs:DescribeServices'])
    expect(responses['ecs:DescribeServices'][cluster ?? '']?.services[0]?.clusterArn).toBe(cluster)
  })

  test("without a key of one's own, no two redactions are alike", () => {
    expect(JSON.stringify(redactSnapshot(snapshotOf(shop)))).not.toBe(
      JSON.stringify(redactSnapshot(snapshotOf(shop))),
    )
  })
})
