/** From a target group to its targets: which of them get traffic, and where nobody does. */
import { describe, expect, it } from 'vitest'
import * as aws from '../fixtures/index.ts'
import { bakeryShop } from '../fixtures/themes/bakery-shop.ts'
import { warehouseEc2 } from '../fixtures/themes/warehouse-ec2.ts'
import { asked, codesOf, missingOf, saidOf, without } from './asked.ts'

type Shop = ReturnType<typeof bakeryShop>

const ask = (shop: Pick<Shop, 'world' | 'loadBalancer'>, change?: Parameters<typeof asked>[2]) =>
  asked(shop.world, { from: 'internet', to: shop.loadBalancer, port: 80 }, change)

const targetsOf = ({ world, targetGroup }: Shop) =>
  world.targetHealth[targetGroup]?.TargetHealthDescriptions ?? []

const firstTarget = (shop: Shop): string => targetsOf(shop)[0]?.Target?.Id ?? ''

/** Registers a task behind a group that lets nobody in. */
function closedTask(
  { world, vpc, privateSubnets, targetGroup }: Shop,
  health: aws.Json<object> = {},
): string {
  const group = aws.securityGroup(world, { vpc, name: 'bakery-closed', ingress: [] })
  const nic = aws.networkInterface(world, { name: 'closed', subnet: privateSubnets[0], groups: [group] })
  const id = aws.addressOf(world, nic)
  aws.registerTarget(world, targetGroup, { id, port: 8000, health: { ...aws.health.healthy, ...health } })
  return id
}

describe('targets', () => {
  it('by address are reached at the interface that holds it', () => {
    const explanation = ask(bakeryShop())
    expect(saidOf(explanation, 'network-interface').at(-1)).toMatch(
      /^packets arrive at eni-.* \(10\.0\.1\d\.10\)$/,
    )
  })

  it('by instance are reached at the primary interface, on the port of each registration', () => {
    const { blockers, verdict } = ask(warehouseEc2({ admitted: [32769, 65535] }))
    expect(verdict).toBe('partial')
    expect(blockers.map(({ blocked }) => blocked)).toEqual([{ destinationPorts: '32768' }])
  })

  it('of which one lets nobody in make it partial', () => {
    const shop = bakeryShop()
    closedTask(shop)
    expect(ask(shop).verdict).toBe('partial')
  })

  it('that fail their checks count all the same: health changes within seconds', () => {
    const shop = bakeryShop()
    aws.setHealth(shop.world, shop.targetGroup, aws.health.timeout, firstTarget(shop))
    const explanation = ask(shop)
    expect(explanation.verdict).toBe('reachable')
    expect(saidOf(explanation, 'target-group')).toEqual(['sends to 2 of 2 targets of bakery-web'])
  })

  it('that are all unhealthy get traffic nevertheless, and people read it', () => {
    const shop = bakeryShop()
    aws.setHealth(shop.world, shop.targetGroup, aws.health.timeout)
    const explanation = ask(shop)
    expect(explanation.verdict).toBe('reachable')
    expect(saidOf(explanation, 'target-group')).toEqual([
      'sends to 2 of 2 targets of bakery-web; none of them is healthy, so the load balancer sends to all of them, although they are unhealthy',
    ])
  })

  it.each([
    ['deregistered', aws.health.draining],
    ['stopped', aws.health.stopped],
    ['no longer registered', aws.health.notRegistered],
  ])('that are being %s get nothing, so what blocks them does not matter', (_name, health) => {
    const shop = bakeryShop()
    const id = closedTask(shop, health)
    const explanation = ask(shop)
    expect(explanation.verdict).toBe('reachable')
    expect(saidOf(explanation, 'target-group')[0]).toContain(
      `sends to 2 of 3 targets of bakery-web; ${id} is `,
    )
  })

  it('that are all being deregistered leave nobody', () => {
    const shop = bakeryShop()
    aws.setHealth(shop.world, shop.targetGroup, aws.health.draining)
    const explanation = ask(shop)
    expect(explanation.verdict).toBe('blocked')
    expect(explanation.blockers).toMatchObject([
      {
        awsExplanationCode: 'ELBV2_LISTENER_REQUIRES_TG_ACCEPT',
        component: { type: 'target-group', id: shop.targetGroup, name: 'bakery-web' },
      },
    ])
  })

  it('without their state are in doubt where they make a difference', () => {
    const shop = bakeryShop()
    const id = closedTask(shop)
    for (const described of targetsOf(shop)) if (described.Target?.Id === id) delete described.TargetHealth
    const explanation = ask(shop)
    expect(explanation.verdict).toBe('unknown')
    expect(missingOf(explanation)).toContain('elasticloadbalancing:DescribeTargetHealth')
  })

  it('without their state are in no doubt where they are as open as the others', () => {
    const shop = bakeryShop()
    const [first] = targetsOf(shop)
    if (first) delete first.TargetHealth
    expect(ask(shop).verdict).toBe('reachable')
  })

  it('of which no state is told are not known', () => {
    const shop = bakeryShop()
    for (const described of targetsOf(shop)) delete described.TargetHealth
    expect(ask(shop).verdict).toBe('unknown')
  })

  it('that no interface of the VPC holds get nothing', () => {
    const shop = bakeryShop()
    aws.registerTarget(shop.world, shop.targetGroup, {
      id: '10.0.10.99',
      port: 8000,
      zone: 'ap-northeast-1a',
    })
    const explanation = ask(shop)
    expect(explanation.verdict).toBe('partial')
    expect(codesOf(explanation)).toContain('NO_POSSIBLE_DESTINATION')
  })

  it('whose interface was not collected are not known', () => {
    const shop = bakeryShop()
    const nic = shop.world.networkInterfaces.find(
      ({ PrivateIpAddress }) => PrivateIpAddress === firstTarget(shop),
    )
    const explanation = ask(shop, (json) => {
      const cut = aws.withoutItem(json, 'ec2:DescribeNetworkInterfaces', nic?.NetworkInterfaceId ?? '')
      return aws.patched(cut, (scope) => Object.assign(scope, { coverage: 'selection' }))
    })
    expect(explanation.verdict).toBe('unknown')
    expect(missingOf(explanation)).toContain('ec2:DescribeNetworkInterfaces')
  })
})

describe('a target group', () => {
  it('without any target leaves nobody', () => {
    const shop = bakeryShop()
    for (const { Target } of [...targetsOf(shop)])
      aws.deregisterTarget(shop.world, shop.targetGroup, Target?.Id ?? '')
    const explanation = ask(shop)
    expect(explanation.verdict).toBe('blocked')
    expect(explanation.blockers).toMatchObject([
      {
        awsExplanationCode: 'ELBV2_LISTENER_HAS_NO_TG',
        component: { type: 'target-group', id: shop.targetGroup },
        explanation: 'bakery-web has no registered target',
      },
    ])
  })

  it('of a function ends there: it is invoked, no packet goes further', () => {
    const shop = bakeryShop()
    const bread = aws.targetGroup(shop.world, {
      name: 'bakery-bread',
      vpc: shop.vpc,
      port: 80,
      healthCheck: { TargetType: 'lambda' },
    })
    aws.registerTarget(shop.world, bread, {
      id: 'arn:aws:lambda:ap-northeast-1:111122223333:function:bread',
      port: 0,
    })
    const loadBalancer = shop.loadBalancer
    aws.listener(shop.world, { loadBalancer, port: 81, targetGroup: bread })
    aws.setIngress(shop.world, shop.albGroup, aws.tcp(81).fromAnywhere())
    const { verdict, forward } = asked(shop.world, { from: 'internet', to: loadBalancer, port: 81 })
    expect(verdict).toBe('reachable')
    expect(forward.at(-1)).toMatchObject({ component: { type: 'target-group', name: 'bakery-bread' } })
    expect(forward.at(-1)?.explanation).toContain('function:bread: no packet goes further')
  })

  it.each([
    'elasticloadbalancing:DescribeTargetGroups',
    'elasticloadbalancing:DescribeTargetHealth',
  ] as const)('is not known without %s', (operation) => {
    const explanation = ask(bakeryShop(), without(operation))
    expect(explanation.verdict).toBe('unknown')
    expect(missingOf(explanation)).toEqual([operation])
  })

  it.each(['TargetType', 'Protocol'] as const)('is not known without its %s', (field) => {
    const shop = bakeryShop()
    delete aws.targetGroupOf(shop.world, shop.targetGroup)[field]
    const explanation = ask(shop)
    expect(explanation.verdict).toBe('unknown')
    expect(missingOf(explanation)).toContain('elasticloadbalancing:DescribeTargetGroups')
  })

  it('that is not among those collected is not known', () => {
    const shop = bakeryShop()
    const explanation = ask(shop, (json) =>
      aws.withoutItem(json, 'elasticloadbalancing:DescribeTargetGroups', shop.targetGroup),
    )
    expect(explanation.verdict).toBe('unknown')
  })

  it('gives its port to targets that have none of their own', () => {
    const shop = bakeryShop()
    for (const described of targetsOf(shop)) delete described.Target?.Port
    expect(ask(shop).verdict).toBe('reachable')
    delete aws.targetGroupOf(shop.world, shop.targetGroup).Port
    const explanation = ask(shop)
    expect(explanation.verdict).toBe('unknown')
    expect(missingOf(explanation)).toContain('elasticloadbalancing:DescribeTargetHealth')
  })
})
