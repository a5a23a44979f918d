import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { warehouseEc2 } from '../../fixtures/themes/warehouse-ec2.ts'
import { causeOf, codes, diagnosed, missingFor, observed, reasonAgainst } from '../diagnosed.ts'
import {
  bakeryShop,
  curesOf,
  failToStart,
  forgetTasks,
  printShop,
  removeEndpoint,
  says,
} from '../start-failures.ts'

type Bakery = ReturnType<typeof bakeryShop>
type Press = ReturnType<typeof printShop>

/** The print shop after a change, its tasks failing as ECS tells. */
function press(said: string, change: (shop: Press) => void) {
  const shop = printShop()
  failToStart(shop, said)
  change(shop)
  return shop
}

function bakery(said: string, change: (shop: Bakery) => void) {
  const shop = bakeryShop()
  failToStart(shop, said)
  change(shop)
  return shop
}

const withoutDefaultRoute = ({ world, privateTable }: Bakery) =>
  aws.removeRoute(world, privateTable, '0.0.0.0/0')

function leadToInternetGateway(shop: Bakery): void {
  withoutDefaultRoute(shop)
  aws.addRoute(shop.world, shop.privateTable, aws.route('0.0.0.0/0', shop.internetGateway))
}

function unrouteS3({ world, table, s3List, s3Endpoint }: Press): void {
  aws.removeRoute(world, table, s3List)
  aws.endpointOf(world, s3Endpoint).RouteTableIds = []
}

const closedToEndpoints = ({ world, endpointGroup }: Press) => aws.setIngress(world, endpointGroup)

interface Situation {
  readonly code: string
  readonly shop: () => Bakery | Press
  readonly command: RegExp
}

const situations: readonly (readonly [string, Situation])[] = [
  [
    'a private subnet without default route',
    {
      code: 'ecs.no-egress-route',
      shop: () => bakery(says.ecrConnection, withoutDefaultRoute),
      command: /^aws ec2 create-route .*--destination-cidr-block 0\.0\.0\.0\/0 --nat-gateway-id nat-/,
    },
  ],
  [
    'tasks whose group reaches the endpoints, but not S3',
    {
      code: 'ecs.task-sg-egress',
      shop: () =>
        press(says.layersConnection, ({ world, pressGroup, endpointGroup }) =>
          aws.setEgress(world, pressGroup, aws.tcp(443).toGroup(endpointGroup)),
        ),
      command: /^aws ec2 authorize-security-group-egress .*PrefixListIds/,
    },
  ],
  [
    'isolated subnets without an endpoint for logs',
    {
      code: 'ecs.vpce-missing',
      shop: () =>
        press(says.logsConnection, ({ world, logsEndpoint }) => removeEndpoint(world, logsEndpoint)),
      command: /^aws ec2 create-vpc-endpoint .*\.logs --vpc-endpoint-type Interface .*--private-dns-enabled/,
    },
  ],
  [
    'endpoints whose group admits nobody',
    {
      code: 'ecs.vpce-sg-443',
      shop: () => press(says.ecrConnection, closedToEndpoints),
      command: /^aws ec2 authorize-security-group-ingress .*UserIdGroupPairs/,
    },
  ],
  [
    'an endpoint with private DNS off',
    {
      code: 'ecs.private-dns-off',
      shop: () =>
        press(says.secretsConnection, ({ world, secretsEndpoint }) =>
          Object.assign(aws.endpointOf(world, secretsEndpoint), { PrivateDnsEnabled: false }),
        ),
      command: /^aws ec2 modify-vpc-endpoint .*--private-dns-enabled/,
    },
  ],
  [
    'a VPC without DNS host names',
    {
      code: 'ecs.private-dns-off',
      shop: () =>
        press(says.ecrConnection, ({ world, vpc }) =>
          Object.assign(world.vpcAttributes[vpc] ?? {}, { EnableDnsHostnames: { Value: false } }),
        ),
      command: /^aws ec2 modify-vpc-attribute .*--enable-dns-hostnames/,
    },
  ],
  [
    'a gateway endpoint of S3 without the subnets’ table',
    {
      code: 'ecs.s3-gateway-route-missing',
      shop: () => press(says.layersConnection, unrouteS3),
      command: /^aws ec2 modify-vpc-endpoint .*--add-route-table-ids rtb-/,
    },
  ],
  [
    'tasks without public addresses behind an internet gateway',
    {
      code: 'ecs.public-ip-disabled',
      shop: () => bakery(says.ecrConnection, leadToInternetGateway),
      command: /^aws ecs update-service .*"assignPublicIp":"ENABLED"/,
    },
  ],
]

describe.each(situations)('%s', (_, { code, shop, command }) => {
  it(`is ${code}: proven, alone, with ECS’s words and what asks for the way`, () => {
    const { world, service, tasks } = shop()
    const diagnosis = diagnosed(world, service)
    expect(codes(diagnosis)).toEqual([code])
    const cause = causeOf(diagnosis, code)
    expect(cause.confidence).toBe('proven')
    expect(observed(cause, 'stoppedReason')).toBe(aws.taskOf(world, tasks[0] ?? '').stoppedReason)
    expect(observed(cause, 'networkConfiguration.awsvpcConfiguration')).toMatchObject({
      assignPublicIp: 'DISABLED',
    })
    expect(cause.evidence.map(({ operation }) => operation)).toContain('ecs:DescribeTaskDefinition')
    expect(cause.evidence.some(({ operation }) => operation.startsWith('ec2:'))).toBe(true)
  })

  it('is cured by one command, which was tried', () => {
    const [cure] = curesOf(shop().world, code)
    expect(cure?.verified).toBe(true)
    expect(cure?.commands).toHaveLength(1)
    expect(cure?.commands[0]).toMatch(command)
  })

  it('is proven, too, where ECS remembers no task: configuration leaves no way', () => {
    const made = shop()
    forgetTasks(made)
    const cause = causeOf(diagnosed(made.world, made.service), code)
    expect(cause.confidence).toBe('proven')
  })

  it('is only likely where ECS speaks of something else', () => {
    const made = shop()
    for (const task of made.tasks)
      aws.taskOf(made.world, task).stoppedReason = 'CannotPullContainerError: manifest unknown'
    expect(causeOf(diagnosed(made.world, made.service), code).confidence).toBe('likely')
  })

  it.each(['ec2:DescribeSubnets', 'ecs:DescribeTaskDefinition'] as const)(
    'is unknown without %s',
    (operation) => {
      const made = shop()
      const blind = diagnosed(aws.withoutOperation(aws.jsonOf(made.world), operation), made.service)
      expect(codes(blind)).not.toContain(code)
      expect(missingFor(blind, code)).toEqual([operation])
    },
  )
})

describe('the way out', () => {
  it('is nobody’s matter while tasks run', () => {
    const shop = bakeryShop()
    withoutDefaultRoute(shop)
    const diagnosis = diagnosed(shop.world, shop.service)
    expect(codes(diagnosis)).toEqual([])
    expect(diagnosis.ruledOut.map(({ code }) => code)).not.toContain('ecs.no-egress-route')
  })

  it('is ruled out where every way is open', () => {
    const shop = bakery(says.ecrConnection, () => undefined)
    expect(reasonAgainst(diagnosed(shop.world, shop.service), 'ecs.no-egress-route')).toBe(
      'from every subnet of the tasks the ways to ecr.api, ecr.dkr, s3 and logs are open',
    )
  })

  it('through a blackhole is missing, although a route of the same length is there', () => {
    const shop = bakery(says.ecrConnection, (made) => {
      withoutDefaultRoute(made)
      aws.addRoute(made.world, made.privateTable, aws.route('0.0.0.0/0', made.natGateway, 'blackhole'))
    })
    const cause = causeOf(diagnosed(shop.world, shop.service), 'ecs.no-egress-route')
    expect(cause).toMatchObject({ confidence: 'proven', awsExplanationCode: 'BAD_STATE_ROUTE' })
    expect(cause.title).toContain('is a blackhole')
    expect(curesOf(shop.world, 'ecs.no-egress-route')[0]?.commands[0]).toMatch(/^aws ec2 replace-route /)
  })

  it('of one subnet only is partial', () => {
    const shop = bakery(says.ecrConnection, ({ world, vpc, privateSubnets }) => {
      aws.routeTable(world, { vpc, name: 'forgotten', subnets: [privateSubnets[1]] })
    })
    const cause = causeOf(diagnosed(shop.world, shop.service), 'ecs.no-egress-route')
    expect(cause.partial).toBe(true)
    expect(cause.title).toContain(`only from ${shop.privateSubnets[1]}`)
  })

  it('is unknown without the route tables', () => {
    const shop = bakery(says.ecrConnection, withoutDefaultRoute)
    const blind = diagnosed(aws.withError(aws.jsonOf(shop.world), 'ec2:DescribeRouteTables'), shop.service)
    expect(codes(blind)).toEqual([])
    expect(missingFor(blind, 'ecs.no-egress-route')).toEqual(['ec2:DescribeRouteTables'])
  })
})

describe('ecs.task-sg-egress', () => {
  it('is not: no rule for port 53, since no group filters Amazon’s DNS', () => {
    const shop = press(says.ecrConnection, () => undefined)
    const ports = aws
      .groupOf(shop.world, shop.pressGroup)
      .IpPermissionsEgress?.map(({ FromPort }) => FromPort)
    expect(ports).toEqual([443])
    const because = reasonAgainst(diagnosed(shop.world, shop.service), 'ecs.task-sg-egress')
    expect(because).toContain('are open')
  })
})

describe('a public address', () => {
  it('does not help where nothing leads to the internet gateway', () => {
    const shop = bakery(says.ecrConnection, (made) => {
      withoutDefaultRoute(made)
      const vpc = aws.serviceOf(made.world, made.service).networkConfiguration?.awsvpcConfiguration
      Object.assign(vpc ?? {}, { assignPublicIp: 'ENABLED' })
    })
    expect(codes(diagnosed(shop.world, shop.service))).toEqual(['ecs.no-egress-route'])
    const [cure] = curesOf(shop.world, 'ecs.no-egress-route')
    expect(cure?.commands[0]).toContain(`--gateway-id ${shop.internetGateway}`)
    expect(cure?.verified).toBe(true)
  })

  it('is not needed with endpoints for everything', () => {
    const shop = printShop()
    const gateway = aws.internetGateway(shop.world, { vpc: shop.vpc, name: 'print-shop' })
    aws.addRoute(shop.world, shop.table, aws.route('0.0.0.0/0', gateway))
    failToStart(shop, says.ecrConnection)
    expect(codes(diagnosed(shop.world, shop.service))).toEqual([])
  })

  it('is no setting of tasks on EC2: what their instances cannot reach is another cause', () => {
    const shop = bakery(says.ecrConnection, leadToInternetGateway)
    for (const task of shop.tasks) aws.taskOf(shop.world, task).launchType = 'EC2'
    const diagnosis = diagnosed(shop.world, shop.service)
    expect(codes(diagnosis)).toEqual([])
    expect(missingFor(diagnosis, 'ecs.public-ip-disabled')).toEqual(['ecs:DescribeContainerInstances'])
  })

  it('of a task that nobody’s service started is not known', () => {
    const shop = bakery(says.ecrConnection, leadToInternetGateway)
    const [task = ''] = shop.tasks
    aws.taskOf(shop.world, task).group = 'family:bakery-web'
    const diagnosis = diagnosed(shop.world, task)
    expect(codes(diagnosis)).toEqual([])
    expect(missingFor(diagnosis, 'ecs.public-ip-disabled')).toEqual(['ec2:DescribeNetworkInterfaces'])
  })
})

describe('an endpoint', () => {
  it('that is missing is no fault beside a NAT gateway', () => {
    const shop = bakery(says.ecrConnection, ({ world, vpc, privateSubnets }) => {
      aws.interfaceEndpoint(world, { vpc, service: 'secretsmanager', subnets: privateSubnets })
    })
    expect(codes(diagnosed(shop.world, shop.service))).toEqual([])
  })

  it('in another subnet of the VPC serves as well', () => {
    const shop = printShop()
    const spare = aws.subnet(shop.world, { vpc: shop.vpc, name: 'spare', cidr: '10.90.7.0/24', zone: 'd' })
    removeEndpoint(shop.world, shop.logsEndpoint)
    aws.interfaceEndpoint(shop.world, {
      vpc: shop.vpc,
      service: 'logs',
      subnets: [spare],
      groups: [shop.endpointGroup],
    })
    failToStart(shop, says.logsConnection)
    expect(codes(diagnosed(shop.world, shop.service))).toEqual([])
  })

  it('does not answer for Docker Hub: there the way out is missing', () => {
    const shop = printShop()
    const [container = {}] = aws.taskDefinitionOf(shop.world, shop.taskDefinition).containerDefinitions ?? []
    Object.assign(container, { image: 'nginx:1.29' })
    failToStart(
      shop,
      'CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref docker.io/library/nginx:1.29: failed to do request: Head "https://registry-1.docker.io/v2/library/nginx/manifests/1.29": dial tcp 44.208.254.194:443: i/o timeout',
    )
    const diagnosis = diagnosed(shop.world, shop.service)
    expect(codes(diagnosis)).toContain('ecs.no-egress-route')
    expect(codes(diagnosis)).not.toContain('ecs.vpce-missing')
  })

  it('that is pending counts as missing', () => {
    const shop = press(says.logsConnection, ({ world, logsEndpoint }) =>
      Object.assign(aws.endpointOf(world, logsEndpoint), { State: 'pending' }),
    )
    expect(codes(diagnosed(shop.world, shop.service))).toEqual(['ecs.vpce-missing'])
  })

  it('with private DNS off is no fault beside a NAT gateway', () => {
    const shop = bakery(says.ecrConnection, ({ world, vpc, privateSubnets }) => {
      aws.interfaceEndpoint(world, { vpc, service: 'ecr.api', subnets: privateSubnets, privateDns: false })
    })
    expect(codes(diagnosed(shop.world, shop.service))).toEqual([])
  })

  it('whose default group admits itself is closed to tasks that do not carry it', () => {
    const shop = press(says.ecrConnection, ({ world, endpointGroup }) =>
      aws.setIngress(world, endpointGroup, aws.allTraffic().fromGroup(endpointGroup)),
    )
    expect(codes(diagnosed(shop.world, shop.service))).toEqual(['ecs.vpce-sg-443'])
  })

  it('that admits the VPC’s addresses is open', () => {
    const shop = press(says.ecrConnection, ({ world, endpointGroup }) =>
      aws.setIngress(world, endpointGroup, aws.tcp(443).fromCidr('10.90.0.0/16')),
    )
    expect(codes(diagnosed(shop.world, shop.service))).toEqual([])
  })

  it.each(['ec2:DescribeVpcEndpoints', 'ec2:DescribeVpcAttribute'] as const)(
    'is unknown without %s',
    (operation) => {
      const shop = press(says.ecrConnection, closedToEndpoints)
      const blind = diagnosed(aws.withoutOperation(aws.jsonOf(shop.world), operation), shop.service)
      expect(codes(blind)).not.toContain('ecs.vpce-missing')
      expect(codes(blind)).not.toContain('ecs.private-dns-off')
    },
  )
})

describe('ecs.s3-gateway-route-missing', () => {
  it('is not: a gateway endpoint of a peered VPC, which serves that VPC alone', () => {
    const shop = press(says.layersConnection, (made) => {
      const { world, vpc, table } = made
      removeEndpoint(world, made.s3Endpoint)
      aws.removeRoute(world, table, made.s3List)
      const other = aws.vpc(world, { name: 'archive', cidr: '10.91.0.0/16' })
      const theirs = aws.routeTable(world, { vpc: other, name: 'archive', subnets: [] })
      aws.gatewayEndpoint(world, { vpc: other, service: 's3', tables: [theirs] })
      const bridge = aws.peering({ world, vpc }, { world, vpc: other }, 'archive')
      aws.addRoute(world, table, aws.route('10.91.0.0/16', bridge))
    })
    expect(codes(diagnosed(shop.world, shop.service))).toEqual(['ecs.vpce-missing'])
    const [cure] = curesOf(shop.world, 'ecs.vpce-missing')
    expect(cure?.verified).toBe(true)
    expect(cure?.commands[0]).toContain(`--vpc-id ${shop.vpc}`)
  })
})

describe('several at once', () => {
  it('are all named, and mended together', () => {
    const shop = press(says.ecrConnection, (made) => {
      closedToEndpoints(made)
      unrouteS3(made)
    })
    expect(codes(diagnosed(shop.world, shop.service))).toEqual([
      'ecs.vpce-sg-443',
      'ecs.s3-gateway-route-missing',
    ])
    const [cure] = curesOf(shop.world, 'ecs.vpce-sg-443')
    expect(cure?.commands).toHaveLength(2)
    expect(cure?.verified).toBe(true)
  })

  it('are not told of a service that nobody wants to run', () => {
    const shop = bakeryShop()
    forgetTasks(shop)
    withoutDefaultRoute(shop)
    aws.serviceOf(shop.world, shop.service).desiredCount = 0
    expect(codes(diagnosed(shop.world, shop.service))).toEqual([])
  })
})

describe('tasks on EC2', () => {
  /** Bridge tasks on instances in private subnets whose default route is gone. */
  function warehouse() {
    const made = warehouseEc2()
    failToStart(made, says.ecrConnection)
    aws.removeRoute(made.world, made.privateTable, '0.0.0.0/0')
    return made
  }

  it('need the way from their instances', () => {
    const { world, service } = warehouse()
    const cause = causeOf(diagnosed(world, service), 'ecs.no-egress-route')
    expect(cause.confidence).toBe('proven')
    expect(cause.title).toMatch(/^The container instances of service /)
    expect(curesOf(world, 'ecs.no-egress-route')[0]?.verified).toBe(true)
  })

  it('are not judged without their instances', () => {
    const { world, service } = warehouse()
    const blind = diagnosed(
      aws.withoutOperation(aws.jsonOf(world), 'ecs:DescribeContainerInstances'),
      service,
    )
    expect(codes(blind)).not.toContain('ecs.no-egress-route')
    expect(missingFor(blind, 'ecs.no-egress-route')).toEqual(['ecs:DescribeContainerInstances'])
  })
})
