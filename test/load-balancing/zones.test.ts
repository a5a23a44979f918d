/** Which node sends to which target: enabled zones, cross-zone load balancing, targets of every zone. */
import { describe, expect, it } from 'vitest'
import * as aws from '../fixtures/index.ts'
import { bakeryShop } from '../fixtures/themes/bakery-shop.ts'
import { type TeaHouseOptions, teaHouse } from '../fixtures/themes/tea-house.ts'
import { asked, codesOf, missingOf, saidOf, without } from './asked.ts'

const CROSS_ZONE = 'load_balancing.cross_zone.enabled'

type House = ReturnType<typeof teaHouse>

const ask = (house: House, change?: Parameters<typeof asked>[2]) =>
  asked(house.world, { from: house.waiter, to: house.loadBalancer, port: 443 }, change)

const oneKettle = (options: TeaHouseOptions = {}) => teaHouse({ kettles: 1, ...options })

/** A kettle in a zone without a load balancer's node. */
function farKettle({ world, vpc, targetGroup, kettleGroup }: House, zone = 'd'): string {
  const subnet = aws.subnet(world, { vpc, name: `tea-far-${zone}`, cidr: '10.80.30.0/24', zone })
  const kettle = aws.instance(world, { name: 'kettle-far', subnet, groups: [kettleGroup] })
  aws.registerTarget(world, targetGroup, { id: kettle, port: 8443 })
  return kettle
}

describe('cross-zone load balancing', () => {
  it('is off for a Network Load Balancer: a node without a target in its zone leads nowhere', () => {
    const house = oneKettle()
    const explanation = ask(house)
    expect(explanation.verdict).toBe('partial')
    expect(codesOf(explanation)).toEqual(['ELBV2_NO_TARGETS_IN_AZ', 'ELB_NOT_CROSSZONE'])
    const [nobody, notAcross] = explanation.blockers
    expect(nobody).toMatchObject({ component: { type: 'subnet', id: house.publicSubnets[1] } })
    expect(nobody?.explanation).toBe(
      'tea-kettles has no target in ap-northeast-1c: clients that get the address of the node in ap-northeast-1c fail; a Network Load Balancer takes zones without healthy targets out of its DNS name',
    )
    expect(notAcross?.component).toMatchObject({ type: 'target-group', id: house.targetGroup })
    expect(notAcross?.explanation).toContain(house.kettles[0])
  })

  it('that is off does no harm where every zone has a target', () => {
    const explanation = ask(teaHouse())
    expect(explanation.verdict).toBe('reachable')
    expect(saidOf(explanation, 'target-group')).toEqual([
      'sends to 1 of 2 targets of tea-kettles; cross-zone load balancing is off: only to those in ap-northeast-1a',
    ])
  })

  it.each([
    ['the load balancer', { loadBalancerAttributes: { [CROSS_ZONE]: 'true' } }],
    ['the target group', { targetGroupAttributes: { [CROSS_ZONE]: 'true' } }],
  ])('that %s turns on lets every node send to every target', (_name, options) => {
    const explanation = ask(oneKettle(options))
    expect(explanation.verdict).toBe('reachable')
    expect(saidOf(explanation, 'target-group')).toEqual(['sends to 1 of 1 target of tea-kettles'])
  })

  it('is what the target group says, whatever the load balancer says', () => {
    const house = oneKettle({
      loadBalancerAttributes: { [CROSS_ZONE]: 'true' },
      targetGroupAttributes: { [CROSS_ZONE]: 'false' },
    })
    expect(ask(house).verdict).toBe('partial')
  })

  it('is on for an Application Load Balancer, unless a target group turns it off', () => {
    const shop = (attributes: Readonly<Record<string, string>>) => {
      const { world, loadBalancer, targetGroup } = bakeryShop({ desired: 1 })
      Object.assign(world.targetGroupAttributes, {
        [targetGroup]: { Attributes: Object.entries(attributes).map(([Key, Value]) => ({ Key, Value })) },
      })
      return asked(world, { from: 'internet', to: loadBalancer, port: 80 })
    }
    expect(shop({}).verdict).toBe('reachable')
    const off = shop({ [CROSS_ZONE]: 'false' })
    expect(off.verdict).toBe('partial')
    expect(off.blockers[0]?.explanation).not.toContain('DNS')
  })

  it.each([
    'elasticloadbalancing:DescribeTargetGroupAttributes',
    'elasticloadbalancing:DescribeLoadBalancerAttributes',
  ] as const)('is not known without %s, where it makes a difference', (operation) => {
    const explanation = ask(oneKettle(), without(operation))
    expect(explanation.verdict).toBe('unknown')
    expect(missingOf(explanation)).toContain(operation)
  })

  it('does not have to be known where every node reaches every target', () => {
    expect(ask(teaHouse(), without('elasticloadbalancing:DescribeLoadBalancerAttributes')).verdict).toBe(
      'reachable',
    )
  })

  it('that is off leaves the node of an empty zone blocked where the other zone is blocked as well', () => {
    const house = oneKettle()
    aws.setIngress(house.world, house.kettleGroup)
    expect(ask(house).verdict).toBe('blocked')
  })

  it('that is off cannot be applied to a node whose zone is not told', () => {
    const house = teaHouse()
    for (const zone of aws.loadBalancerOf(house.world, house.loadBalancer).AvailabilityZones ?? [])
      delete zone.ZoneName
    const explanation = ask(house)
    expect(explanation.verdict).toBe('unknown')
    expect(missingOf(explanation)).toContain('elasticloadbalancing:DescribeLoadBalancers')
  })
})

describe('a zone that is not enabled', () => {
  const acrossZones = { targetGroupAttributes: { [CROSS_ZONE]: 'true' } }

  it('keeps its target from traffic, which the others get', () => {
    const house = teaHouse(acrossZones)
    const kettle = farKettle(house)
    const explanation = ask(house)
    expect(explanation.verdict).toBe('reachable')
    expect(saidOf(explanation, 'target-group')[0]).toBe(
      `sends to 2 of 3 targets of tea-kettles; ${kettle} lies in ap-northeast-1d, which is not enabled on the load balancer (ap-northeast-1a, ap-northeast-1c only)`,
    )
  })

  it('leaves nobody where all targets lie in such zones, cross-zone or not', () => {
    const house = teaHouse(acrossZones)
    for (const kettle of house.kettles) aws.deregisterTarget(house.world, house.targetGroup, kettle)
    farKettle(house)
    const explanation = ask(house)
    expect(explanation.verdict).toBe('blocked')
    expect(codesOf(explanation)).toEqual(['ELB_INSTALLED_AZ_RESTRICTION'])
  })

  it('cannot be told of a target whose zone is nowhere', () => {
    const house = oneKettle(acrossZones)
    const nic = aws.instanceInterface(house.world, house.kettles[0] ?? '')
    delete aws.interfaceOf(house.world, nic).AvailabilityZone
    const explanation = ask(house)
    expect(explanation.verdict).toBe('unknown')
    expect(missingOf(explanation)).toEqual(['elasticloadbalancing:DescribeTargetHealth'])
  })
})

describe('a target outside the load balancer’s VPC', () => {
  /** Sugar comes from a peered VPC, registered for the nodes of all zones. */
  function withSugar(zone: string) {
    const house = teaHouse({ targetType: 'ip' })
    const { world, vpc, targetGroup, publicTable } = house
    for (const { Target } of [...(world.targetHealth[targetGroup]?.TargetHealthDescriptions ?? [])])
      aws.deregisterTarget(world, targetGroup, Target?.Id ?? '')
    const far = aws.vpc(world, { name: 'sugar', cidr: '10.81.0.0/16' })
    const subnet = aws.subnet(world, { vpc: far, name: 'sugar', cidr: '10.81.1.0/24', zone: 'a' })
    const group = aws.securityGroup(world, {
      vpc: far,
      name: 'sugar',
      ingress: [aws.tcp(8443).fromCidr('10.80.0.0/16')],
    })
    const nic = aws.networkInterface(world, { name: 'sugar', subnet, groups: [group] })
    const pcx = aws.peering({ world, vpc }, { world, vpc: far }, 'tea-sugar')
    aws.addRoute(world, publicTable, aws.route('10.81.0.0/16', pcx))
    aws.routeTable(world, {
      vpc: far,
      name: 'sugar',
      subnets: [subnet],
      routes: [aws.route('10.80.0.0/16', pcx)],
    })
    aws.registerTarget(world, targetGroup, { id: aws.addressOf(world, nic), port: 8443, zone })
    return house
  }

  it('that is registered for all zones gets traffic from every node', () => {
    expect(ask(withSugar('all')).verdict).toBe('reachable')
  })

  it('that is registered for one zone gets traffic from the node there', () => {
    const explanation = ask(withSugar('ap-northeast-1a'))
    expect(explanation.verdict).toBe('partial')
    expect(codesOf(explanation)).toEqual(['ELBV2_NO_TARGETS_IN_AZ', 'ELB_NOT_CROSSZONE'])
  })
})
