import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { printShop } from '../../fixtures/themes/print-shop.ts'
import { causeOf, codes, diagnosed, missingFor, observed, reasonAgainst } from '../diagnosed.ts'
import { findingOf, findingsOf } from '../findings.ts'
import { curesOf } from '../start-failures.ts'

const code = 'svc.endpoint-wrong-api'

type Press = ReturnType<typeof printShop>

const COLLECTION = 'arn:aws:aoss:ap-northeast-1:111122223333:collection/0123456789abcdefghij'

/** The press searches its archive of past editions. */
function press() {
  const shop = printShop()
  const search = aws.allowing('aoss:APIAccessAll', COLLECTION)
  aws.putRolePolicy(shop.world, 'press-task', 'archive', search)
  return shop
}

const ofEc2 = ({ world, vpc, subnets, endpointGroup }: Press) =>
  aws.interfaceEndpoint(world, { vpc, service: 'aoss', subnets, groups: [endpointGroup] })

/** With its interfaces, which EC2 lists. */
function ofItsOwn({ world, vpc, subnets, endpointGroup }: Press): string {
  const groups = [endpointGroup]
  const id = aws.openSearchEndpoint(world, { name: 'archive', vpc, subnets, groups })
  for (const subnet of subnets)
    aws.networkInterface(world, {
      name: `${id}/${subnet}`,
      subnet,
      groups,
      more: { Description: `VPC Endpoint Interface ${id}`, InterfaceType: 'vpc_endpoint' },
    })
  return id
}

const judged = (shop: Press) => diagnosed(shop.world, shop.service)

describe(code, () => {
  it('is a high finding of the healthy service: the endpoint is one of EC2’s API', () => {
    const shop = press()
    const endpoint = ofEc2(shop)
    expect(findingOf(shop.world)).toMatchObject({
      subject: { kind: 'ecs-service', arn: shop.service },
      severity: 'high',
      otherCauses: [],
      rootCause: {
        code,
        confidence: 'likely',
        title: `OpenSearch Serverless cannot be called by the tasks of service press from ${shop.subnets.join(' and ')}: ${shop.vpc} has no active endpoint of its own API, and no way out; ${endpoint} is one of EC2’s API, which does not serve it`,
        component: { type: 'vpc-endpoint', id: endpoint },
      },
    })
  })

  it('is shown by what the role allows and by the list of its own API', () => {
    const shop = press()
    ofEc2(shop)
    const cause = causeOf(judged(shop), code)
    expect(observed(cause, 'Statement[0]')).toMatchObject({ Resource: COLLECTION })
    expect(observed(cause, 'vpcEndpointSummaries')).toEqual([])
    expect(observed(cause, 'ServiceName')).toBe('com.amazonaws.ap-northeast-1.aoss')
  })

  it('is cured by an endpoint of its own API, which was tried', () => {
    const shop = press()
    ofEc2(shop)
    const [cure, ...others] = curesOf(shop.world, code)
    expect(others).toEqual([])
    expect(cure?.verified).toBe(true)
    expect(cure?.commands).toHaveLength(1)
    expect(cure?.commands[0]).toMatch(
      /^aws opensearchserverless create-vpc-endpoint --name collections-\w+ --vpc-id vpc-.* --security-group-ids sg-/,
    )
  })

  it('is, too, without any endpoint for it', () => {
    const shop = press()
    expect(causeOf(judged(shop), code).component).toEqual({ type: 'vpc', id: shop.vpc })
    expect(curesOf(shop.world, code)[0]?.verified).toBe(true)
  })

  it('is, too, where only the endpoint shows that it is called', () => {
    const shop = printShop()
    ofEc2(shop)
    expect(causeOf(judged(shop), code).confidence).toBe('likely')
  })

  it('quotes an endpoint of its own API that failed', () => {
    const shop = press()
    ofItsOwn(shop)
    Object.assign(shop.world.openSearchEndpoints[0] ?? {}, { status: 'FAILED' })
    expect(observed(causeOf(judged(shop), code), 'vpcEndpointSummaries')).toMatchObject([
      { name: 'archive', status: 'FAILED' },
    ])
  })

  it('is, too, where its own endpoint serves another VPC', () => {
    const shop = press()
    const vpc = aws.vpc(shop.world, { name: 'newsroom', cidr: '10.91.0.0/16' })
    const subnet = aws.subnet(shop.world, { vpc, name: 'newsroom', cidr: '10.91.0.0/24', zone: 'a' })
    aws.openSearchEndpoint(shop.world, { name: 'newsroom', vpc, subnets: [subnet], groups: [] })
    expect(codes(judged(shop))).toEqual([code])
  })

  it('is not: an endpoint of its own API', () => {
    const shop = press()
    ofItsOwn(shop)
    const diagnosis = judged(shop)
    expect(codes(diagnosis)).toEqual([])
    expect(reasonAgainst(diagnosis, code)).toBe('from every subnet of the tasks the way to aoss is open')
  })

  it('is not: a way out by a NAT gateway', () => {
    const shop = press()
    const { world, vpc, table, pressGroup } = shop
    const subnet = aws.subnet(world, { vpc, name: 'loading-bay', cidr: '10.90.9.0/24', zone: 'a' })
    const gateway = aws.internetGateway(world, { vpc, name: 'print-shop' })
    const routes = [aws.route('0.0.0.0/0', gateway)]
    aws.routeTable(world, { vpc, name: 'loading-bay', subnets: [subnet], routes })
    const nat = aws.natGateway(world, { subnet, name: 'loading-bay' })
    aws.addRoute(world, table, aws.route('0.0.0.0/0', nat))
    aws.setEgress(world, pressGroup, aws.tcp(443).toCidr('0.0.0.0/0'))
    expect(codes(judged(shop))).toEqual([])
  })

  it('is not: tasks that search nothing', () => {
    expect(findingsOf(printShop().world)).toEqual([])
  })

  it.each(['opensearchserverless:ListVpcEndpoints', 'ec2:DescribeRouteTables'] as const)(
    'is unknown without %s',
    (operation) => {
      const shop = press()
      ofEc2(shop)
      const blind = diagnosed(aws.withoutOperation(aws.jsonOf(shop.world), operation), shop.service)
      expect(codes(blind)).toEqual([])
      expect(missingFor(blind, code)).toEqual([operation])
    },
  )

  it('is unknown where the role’s policies are not known', () => {
    const shop = press()
    const blind = diagnosed(aws.withError(aws.jsonOf(shop.world), 'iam:GetRolePolicy'), shop.service)
    expect(codes(blind)).toEqual([])
    expect(missingFor(blind, code)).toEqual(['iam:GetRolePolicy'])
  })
})
