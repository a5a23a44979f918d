import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { printShop } from '../../fixtures/themes/print-shop.ts'
import { causeOf, codes, diagnosed, missingFor, observed, reasonAgainst } from '../diagnosed.ts'
import { findingOf, findingsOf } from '../findings.ts'
import { curesOf, firstContainer, forgetTasks } from '../start-failures.ts'

const code = 'svc.gateway-endpoint-needed'

type Press = ReturnType<typeof printShop>

const IMPRINTS = 'arn:aws:dynamodb:ap-northeast-1:111122223333:table/imprints'

const mayRead = ({ world }: Press, actions: readonly string[] = ['dynamodb:GetItem', 'dynamodb:Query']) =>
  aws.putRolePolicy(world, 'press-task', 'imprints', aws.allowing(actions, IMPRINTS))

const interfaceFor = ({ world, vpc, subnets, endpointGroup }: Press, service = 'dynamodb') =>
  aws.interfaceEndpoint(world, { vpc, service, subnets, groups: [endpointGroup], privateDns: false })

const gatewayFor = ({ world, vpc }: Press, tables: readonly string[]) =>
  aws.gatewayEndpoint(world, { vpc, service: 'dynamodb', tables })

/** The press reads a table of imprints, and somebody made an interface endpoint for that. */
function press(change: (shop: Press) => void = () => undefined) {
  const shop = printShop()
  mayRead(shop)
  const endpoint = interfaceFor(shop)
  aws.servicePrefixList(shop.world, 'dynamodb')
  change(shop)
  return { ...shop, endpoint }
}

const judged = (shop: Press) => diagnosed(shop.world, shop.service)

describe(code, () => {
  it('is a high finding of the service while everything is healthy', () => {
    const shop = press()
    const finding = findingOf(shop.world)
    expect(finding).toMatchObject({
      subject: { kind: 'ecs-service', arn: shop.service },
      severity: 'high',
      otherCauses: [],
      rootCause: {
        code,
        confidence: 'proven',
        component: { type: 'vpc-endpoint', id: shop.endpoint },
        awsExplanationCode: 'NO_ROUTE_TO_DESTINATION',
      },
    })
    expect(finding.rootCause.title).toContain(
      `DynamoDB cannot be called by the tasks of service press: ${shop.endpoint} does not answer for its name`,
    )
  })

  it('is shown by what the role allows, by the endpoint and by the routes', () => {
    const shop = press()
    const cause = causeOf(judged(shop), code)
    expect(observed(cause, 'Statement[0]')).toMatchObject({ Resource: IMPRINTS })
    expect(observed(cause, 'VpcEndpointType')).toBe('Interface')
    expect(observed(cause, 'Routes')).toHaveLength(2)
    expect(cause.evidence.map(({ resource }) => resource)).toContain(shop.table)
  })

  it('is cured by a gateway endpoint and the way out to its prefix list, which was tried', () => {
    const [cure, ...others] = curesOf(press().world, code)
    expect(others).toEqual([])
    expect(cure?.verified).toBe(true)
    expect(cure?.commands).toHaveLength(2)
    expect(cure?.commands[0]).toMatch(
      /^aws ec2 create-vpc-endpoint .*\.dynamodb --vpc-endpoint-type Gateway .*--route-table-ids rtb-/,
    )
    expect(cure?.commands[1]).toMatch(/^aws ec2 authorize-security-group-egress .*PrefixListIds/)
  })

  it('is cured by the gateway endpoint that is there, where only the tasks’ table lacks it', () => {
    const shop = press((made) => gatewayFor(made, []))
    const [cure] = curesOf(shop.world, code)
    expect(cure?.verified).toBe(true)
    expect(cure?.commands[0]).toMatch(/^aws ec2 modify-vpc-endpoint .*--add-route-table-ids rtb-/)
  })

  it('is S3, too, whose interface endpoint has private DNS off', () => {
    const shop = printShop()
    aws.removeRoute(shop.world, shop.table, shop.s3List)
    aws.endpointOf(shop.world, shop.s3Endpoint).RouteTableIds = []
    interfaceFor(shop, 's3')
    mayRead(shop, ['s3:GetObject'])
    expect(causeOf(judged(shop), code).title).toMatch(/^S3 cannot be called/)
  })

  it('is likely where only the endpoint shows that DynamoDB is called', () => {
    const shop = printShop()
    interfaceFor(shop)
    expect(causeOf(judged(shop), code).confidence).toBe('likely')
  })

  it('is likely where only the role shows it: no endpoint was made at all', () => {
    const shop = printShop()
    mayRead(shop)
    expect(causeOf(judged(shop), code)).toMatchObject({
      confidence: 'likely',
      component: { type: 'vpc', id: shop.vpc },
    })
  })

  it('comes after what keeps tasks from starting', () => {
    const shop = press(({ world, endpointGroup }) => aws.setIngress(world, endpointGroup))
    forgetTasks(shop)
    expect(codes(judged(shop))).toEqual(['ecs.vpce-sg-443', code])
  })
})

describe(code, () => {
  it('is not: a subnet with a route to a gateway endpoint', () => {
    const shop = press((made) => {
      gatewayFor(made, [made.table])
      const list = aws.servicePrefixList(made.world, 'dynamodb')
      aws.setEgress(made.world, made.pressGroup, aws.tcp(443).toPrefixList(list))
    })
    const diagnosis = judged(shop)
    expect(codes(diagnosis)).toEqual([])
    expect(reasonAgainst(diagnosis, code)).toMatch(
      /^from every subnet of the tasks the way to dynamodb is open; /,
    )
  })

  it('is not: a subnet with a NAT gateway', () => {
    const shop = press(withNat)
    expect(codes(judged(shop))).toEqual([])
  })

  it('is not: a route that leads to a NAT gateway which is gone: another cause', () => {
    const shop = press(({ world, table }) =>
      aws.addRoute(world, table, aws.route('0.0.0.0/0', 'nat-0123456789abcdef0', 'blackhole')),
    )
    expect(codes(judged(shop))).toEqual([])
  })

  it('is not: S3 with private DNS', () => {
    const shop = printShop()
    const { world, vpc, subnets, endpointGroup } = shop
    aws.removeRoute(world, shop.table, shop.s3List)
    aws.interfaceEndpoint(world, { vpc, service: 's3', subnets, groups: [endpointGroup] })
    mayRead(shop, ['s3:GetObject'])
    expect(codes(judged(shop))).toEqual([])
  })

  it('is not: an isolated subnet whose tasks call nothing of the kind', () => {
    expect(findingsOf(printShop().world)).toEqual([])
  })

  it('is not: an endpoint that is made for others: the role allows other things', () => {
    const shop = printShop()
    interfaceFor(shop)
    mayRead(shop, ['sqs:SendMessage'])
    const diagnosis = judged(shop)
    expect(codes(diagnosis)).toEqual([])
    expect(reasonAgainst(diagnosis, code)).toMatch(/^role press-task of its tasks is not allowed dynamodb; /)
  })

  it('is not: an endpoint in the VPC that does not admit the tasks', () => {
    const shop = printShop()
    const { world, vpc, subnets, albGroup } = shop
    aws.interfaceEndpoint(world, { vpc, service: 'dynamodb', subnets, groups: [albGroup] })
    expect(codes(judged(shop))).toEqual([])
  })

  it.each([
    ['denies it', { Effect: 'Deny', Action: 'dynamodb:*', Resource: '*' }],
    ['may do everything', { Effect: 'Allow', Action: '*', Resource: '*' }],
  ])('is not: a role that %s', (_, statement) => {
    const shop = printShop()
    aws.putRolePolicy(shop.world, 'press-task', 'wide', { Version: '2012-10-17', Statement: [statement] })
    expect(codes(judged(shop))).toEqual([])
  })

  it('is not: a boundary that leaves the role nothing of it', () => {
    const shop = press(({ world }) => {
      const boundary = aws.managedPolicy(world, 'printers', aws.allowing('sqs:*'))
      Object.assign(aws.roleOf(world, 'press-task').Role, {
        PermissionsBoundary: {
          PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
          PermissionsBoundaryArn: boundary,
        },
      })
    })
    expect(codes(judged(shop))).toEqual([])
  })

  it('is not: a service that wants no tasks', () => {
    const shop = press()
    Object.assign(aws.serviceOf(shop.world, shop.service), { desiredCount: 0 })
    expect(codes(judged(shop))).toEqual([])
  })
})

describe(code, () => {
  it.each(['AWS_ENDPOINT_URL_DYNAMODB', 'DYNAMODB_ENDPOINT', 'AWS_ENDPOINT_URL'])(
    'where %s may name the endpoint',
    (name) => {
      const shop = press()
      firstContainer(shop).environment = [{ name, value: '<redacted>' }]
      const diagnosis = judged(shop)
      expect(codes(diagnosis)).toEqual([])
      expect(missingFor(diagnosis, code)).toEqual(['ecs:DescribeTaskDefinition'])
      expect(findingsOf(shop.world)).toEqual([])
    },
  )

  it.each(['iam:GetRolePolicy', 'iam:ListRolePolicies', 'iam:ListAttachedRolePolicies'] as const)(
    'without %s, where only the role could tell',
    (operation) => {
      const shop = printShop()
      mayRead(shop, ['sqs:SendMessage'])
      const denied = operation === 'iam:ListAttachedRolePolicies' ? withoutPolicy(shop) : shop
      const blind = diagnosed(aws.withoutOperation(aws.jsonOf(denied.world), operation), shop.service)
      expect(codes(blind)).toEqual([])
      expect(missingFor(blind, code)).toContain(operation)
    },
  )

  it.each(['ec2:DescribeSubnets', 'ec2:DescribeRouteTables', 'ec2:DescribeVpcEndpoints'] as const)(
    'without %s, although the role allows it',
    (operation) => {
      const shop = press()
      const blind = diagnosed(aws.withoutOperation(aws.jsonOf(shop.world), operation), shop.service)
      expect(codes(blind)).not.toContain(code)
      expect(missingFor(blind, code)).toContain(operation)
    },
  )

  it('is unknown: without the task definition', () => {
    const shop = press()
    const json = aws.withoutOperation(aws.jsonOf(shop.world), 'ecs:DescribeTaskDefinition')
    const blind = diagnosed(json, shop.service)
    expect(codes(blind)).toEqual([])
    expect(missingFor(blind, code)).toContain('ecs:DescribeTaskDefinition')
  })
})

function withoutPolicy(shop: Press): Press {
  delete aws.roleOf(shop.world, 'press-task').inline.imprints
  return shop
}

/** A public subnet beside the isolated ones, and their way out through it. */
function withNat({ world, vpc, table, pressGroup }: Press): void {
  const subnet = aws.subnet(world, { vpc, name: 'loading-bay', cidr: '10.90.9.0/24', zone: 'a' })
  const gateway = aws.internetGateway(world, { vpc, name: 'print-shop' })
  const nat = aws.natGateway(world, { subnet, name: 'loading-bay' })
  aws.routeTable(world, {
    vpc,
    name: 'loading-bay',
    subnets: [subnet],
    routes: [aws.route('0.0.0.0/0', gateway)],
  })
  aws.addRoute(world, table, aws.route('0.0.0.0/0', nat))
  aws.setEgress(world, pressGroup, aws.tcp(443).toCidr('0.0.0.0/0'))
}
