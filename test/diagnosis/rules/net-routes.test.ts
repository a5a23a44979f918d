/** Targets in a peered VPC: routes there and back, and what takes their place. */
import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { bakeryShop } from '../../fixtures/themes/bakery-shop.ts'
import { railway } from '../../fixtures/themes/railway.ts'
import { codesOf, findingOf, findingsIn, findingsOf, ruledOutCodes, theOne } from '../findings.ts'

/** The bakery's ALB checks an oven in a peered VPC, registered by address for zone `all`. */
function peeredBakery() {
  const shop = bakeryShop({ desired: 0 })
  const { world } = shop
  const mill = aws.vpc(world, { name: 'mill', cidr: '10.9.0.0/16' })
  const subnet = aws.subnet(world, { vpc: mill, name: 'mill-a', cidr: '10.9.1.0/24', zone: 'a' })
  const group = aws.securityGroup(world, {
    vpc: mill,
    name: 'mill',
    ingress: [aws.tcp(8000).fromCidr('10.0.0.0/16')],
  })
  const eni = aws.networkInterface(world, { name: 'mill-1', subnet, groups: [group] })
  const pcx = aws.peering({ world, vpc: shop.vpc }, { world, vpc: mill }, 'bakery-mill')
  aws.setEgress(world, shop.albGroup, aws.tcp(8000).toCidr('10.9.0.0/16'))
  const there = [aws.route('10.9.0.0/16', pcx)] as const
  const back = [aws.route('10.0.0.0/16', pcx)] as const
  const table = aws.mainRouteTableOf(world, mill).RouteTableId ?? ''
  aws.addRoute(world, shop.publicTable, ...there)
  aws.addRoute(world, table, ...back)
  const address = aws.addressOf(world, eni)
  aws.registerTarget(world, shop.targetGroup, {
    id: address,
    port: 8000,
    zone: 'all',
    health: aws.health.timeout,
  })
  return { ...shop, mill, pcx, millTable: table, millGroup: group }
}

describe('a target in a peered VPC', () => {
  it('is not blamed on routes that lead there and back', () => {
    const { world } = peeredBakery()
    expect(ruledOutCodes(findingOf(world))).toEqual(
      expect.arrayContaining(['net.route-missing', 'net.route-blackhole']),
    )
  })

  it('net.route-missing: no route there, since the default route leads to the internet gateway', () => {
    const { world, publicTable } = peeredBakery()
    aws.removeRoute(world, publicTable, '10.9.0.0/16')
    const { rootCause, remediation } = findingOf(world)
    expect(rootCause).toMatchObject({
      code: 'net.route-missing',
      confidence: 'proven',
      component: { type: 'route-table', id: publicTable },
      awsExplanationCode: 'IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS',
    })
    expect(remediation[0]).toMatchObject({ verified: true })
    expect(remediation[0]?.steps[0]?.cli[0]).toContain('create-route')
  })

  it('net.route-missing: no route back', () => {
    const { world, millTable } = peeredBakery()
    aws.removeRoute(world, millTable, '10.0.0.0/16')
    const { rootCause, remediation } = findingOf(world)
    expect(rootCause).toMatchObject({
      code: 'net.route-missing',
      component: { id: millTable },
      awsExplanationCode: 'NO_ROUTE_TO_DESTINATION',
    })
    expect(rootCause.title).toContain('its replies')
    expect(remediation[0]?.verified).toBe(true)
  })

  it('net.route-missing: replies fall to a NAT gateway’s default route', () => {
    const { world, millTable, mill } = peeredBakery()
    const igw = aws.internetGateway(world, { vpc: mill, name: 'mill' })
    const subnet = aws.subnet(world, { vpc: mill, name: 'mill-public', cidr: '10.9.0.0/24', zone: 'a' })
    aws.routeTable(world, {
      vpc: mill,
      name: 'mill-public',
      subnets: [subnet],
      routes: [aws.route('0.0.0.0/0', igw)],
    })
    const nat = aws.natGateway(world, { subnet, name: 'mill-nat' })
    aws.removeRoute(world, millTable, '10.0.0.0/16')
    aws.addRoute(world, millTable, aws.route('0.0.0.0/0', nat))
    expect(findingOf(world).rootCause).toMatchObject({ code: 'net.route-missing', confidence: 'proven' })
  })

  it('net.route-blackhole: the peering connection behind the route is gone', () => {
    const { world, publicTable, pcx } = peeredBakery()
    aws.removeRoute(world, publicTable, '10.9.0.0/16')
    aws.addRoute(world, publicTable, aws.route('10.9.0.0/16', pcx, 'blackhole'))
    expect(findingOf(world).rootCause).toMatchObject({
      code: 'net.route-blackhole',
      confidence: 'proven',
      component: { id: publicTable },
      awsExplanationCode: 'BAD_STATE_ROUTE',
    })
  })

  it('net.route-blackhole: a reference to a group fails with the peering connection, and is not to blame', () => {
    const shop = peeredBakery()
    const { world, publicTable, millTable, millGroup, albGroup, pcx } = shop
    aws.setIngress(world, millGroup, aws.tcp(8000).fromGroup(albGroup))
    for (const [table, cidr] of [
      [publicTable, '10.9.0.0/16'],
      [millTable, '10.0.0.0/16'],
    ] as const) {
      aws.removeRoute(world, table, cidr)
      aws.addRoute(world, table, aws.route(cidr, pcx, 'blackhole'))
    }
    for (const peering of world.peerings) peering.Status = { Code: 'deleted' }
    const { rootCause, otherCauses } = findingOf(world)
    expect(rootCause.code).toBe('net.route-blackhole')
    expect(otherCauses).toContainEqual(
      expect.objectContaining({
        code: 'net.target-sg-ingress',
        title: expect.stringContaining(
          'refers to a group to admit tcp 8000, which matches nothing on the way',
        ),
      }),
    )
  })

  it('net.route-blackhole: of a transit gateway', () => {
    const { world, spokesTable, targetGroup } = railway()
    aws.setHealth(world, targetGroup, aws.health.timeout)
    aws.removeTransitRoute(world, spokesTable, '10.71.0.0/16')
    aws.transitRoute(world, spokesTable, '10.71.0.0/16', 'blackhole')
    const finding = theOne(findingsOf(world).filter(({ subject }) => subject.arn === targetGroup))
    expect(finding.rootCause).toMatchObject({
      code: 'net.route-blackhole',
      confidence: 'proven',
      component: { type: 'transit-gateway-route-table', id: spokesTable },
      title: `Transit gateway route table ${spokesTable} sends the health check into a blackhole`,
    })
    expect(finding.rootCause.evidence[0]).toMatchObject({ operation: 'ec2:SearchTransitGatewayRoutes' })
    expect(ruledOutCodes(finding)).not.toContain('net.route-missing')
  })

  it('a peering connection beside a transit gateway’s route is no cure for that', () => {
    const { world, tickets, timetable, spokesTable, targetGroup } = railway()
    aws.setHealth(world, targetGroup, aws.health.timeout)
    aws.peering({ world, vpc: tickets.vpc }, { world, vpc: timetable.vpc }, 'railway-short-cut')
    aws.removeTransitRoute(world, spokesTable, '10.71.0.0/16')
    const finding = theOne(findingsOf(world).filter(({ subject }) => subject.arn === targetGroup))
    expect(finding.remediation.flatMap(({ steps }) => steps.flatMap(({ cli }) => cli))).not.toContainEqual(
      expect.stringContaining('tgw-rtb-'),
    )
  })

  it('is not a blackhole: one for another destination', () => {
    const { world, publicTable, pcx } = peeredBakery()
    aws.addRoute(world, publicTable, aws.route('10.8.0.0/16', pcx, 'blackhole'))
    expect(codesOf(findingOf(world))).not.toContain('net.route-blackhole')
  })

  it('is unknown without the peering connections', () => {
    const { world } = peeredBakery()
    const finding = theOne(findingsIn(aws.withError(aws.jsonOf(world), 'ec2:DescribeVpcPeeringConnections')))
    expect(finding.rootCause.code).toBe('undetermined')
    expect(finding.unknown).toContainEqual(
      expect.objectContaining({ code: 'net.route-missing', missing: 'ec2:DescribeVpcPeeringConnections' }),
    )
  })
})
