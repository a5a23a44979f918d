/** An Application Load Balancer as the target of a Network Load Balancer: its nodes, its listeners, its targets. */
import { describe, expect, it } from 'vitest'
import * as aws from '../fixtures/index.ts'
import { bakeryShop } from '../fixtures/themes/bakery-shop.ts'
import { asked, codesOf, missingOf, saidOf, without } from './asked.ts'

/** Wholesale customers come to the bakery's load balancer by a Network Load Balancer with fixed addresses. */
function wholesale(port = 80) {
  const shop = bakeryShop()
  const { world, vpc, publicSubnets, privateSubnets } = shop
  const counter = aws.networkLoadBalancer(world, {
    name: 'bakery-counter',
    subnets: privateSubnets,
    scheme: 'internal',
  })
  const targetGroup = aws.targetGroup(world, {
    name: 'bakery-alb',
    vpc,
    port,
    protocol: 'TCP',
    targetType: 'alb',
  })
  aws.registerTarget(world, targetGroup, { id: shop.loadBalancer, port })
  aws.listener(world, { loadBalancer: counter, port: 8080, targetGroup })
  const buyers = aws.securityGroup(world, { vpc, name: 'bakery-buyers' })
  const buyer = aws.networkInterface(world, { name: 'buyer', subnet: publicSubnets[0], groups: [buyers] })
  const ask = (change?: Parameters<typeof asked>[2]) =>
    asked(world, { from: buyer, to: counter, port: 8080 }, change)
  return { ...shop, counter, buyer, ask }
}

describe('an ALB behind an NLB', () => {
  it('is gone through, listener by listener, to its own targets', () => {
    const { ask, listener } = wholesale()
    const { verdict, forward, unknown } = ask()
    expect({ verdict, unknown }).toEqual({ verdict: 'reachable', unknown: [] })
    const shown = forward.filter(({ component: { type } }) => type === 'listener' || type === 'target-group')
    expect(shown.map(({ component: { type, name } }) => name ?? type)).toEqual([
      'listener',
      'bakery-alb',
      'listener',
      'bakery-web',
    ])
    expect(shown[2]?.component.id).toBe(listener)
  })

  it('sees the client’s address', () => {
    const { ask, world, albGroup, buyer } = wholesale()
    aws.setIngress(world, albGroup, aws.tcp(80).fromCidr(`${aws.addressOf(world, buyer)}/32`))
    expect(ask().verdict).toBe('reachable')
    aws.setIngress(world, albGroup, aws.tcp(80).fromCidr('10.0.10.0/23'))
    const explanation = ask()
    expect(explanation.verdict).toBe('blocked')
    expect(codesOf(explanation)).toEqual(['ENI_SG_RULES_MISMATCH'])
  })

  it('needs a listener on the target’s port', () => {
    const { ask, loadBalancer } = wholesale(81)
    const { verdict, blockers } = ask()
    expect(verdict).toBe('blocked')
    expect(blockers).toContainEqual(
      expect.objectContaining({
        awsExplanationCode: 'ELBV2_LISTENERS_MISMATCH',
        component: { type: 'load-balancer', id: loadBalancer, name: 'bakery' },
        explanation: 'no listener accepts port 81: its listeners use 80',
      }),
    )
  })

  it('is blocked where its own targets are', () => {
    const { ask, world, webGroup } = wholesale()
    aws.setIngress(world, webGroup)
    const { verdict, blockers } = ask()
    expect(verdict).toBe('blocked')
    expect(blockers.map(({ component }) => component.id)).toEqual([webGroup])
  })

  it('whose targets are all unhealthy is said to send to them', () => {
    const { ask, world, targetGroup } = wholesale()
    aws.setHealth(world, targetGroup, aws.health.timeout)
    expect(saidOf(ask(), 'target-group').at(-1)).toContain('none of them is healthy')
  })

  it('that was not collected is not known', () => {
    const { ask, loadBalancer } = wholesale()
    const explanation = ask((json) =>
      aws.withoutItem(json, 'elasticloadbalancing:DescribeLoadBalancers', loadBalancer),
    )
    expect(explanation.verdict).toBe('unknown')
    expect(missingOf(explanation)).toEqual(['elasticloadbalancing:DescribeLoadBalancers'])
  })

  it('whose listeners were not told is not known', () => {
    const { ask, loadBalancer } = wholesale()
    const operation = 'elasticloadbalancing:DescribeListeners'
    const explanation = ask((json) => aws.withoutKey(json, operation, loadBalancer))
    expect(explanation.verdict).toBe('unknown')
    expect(missingOf(explanation)).toEqual([operation])
  })

  it('whose rules were not told is not known', () => {
    expect(wholesale().ask(without('elasticloadbalancing:DescribeRules')).verdict).toBe('unknown')
  })

  it('whose interfaces were not collected may stand anywhere in its subnets', () => {
    const { ask, world, loadBalancer, albGroup, buyer } = wholesale()
    for (const nic of aws.loadBalancerInterfaces(world, loadBalancer)) aws.removeInterface(world, nic)
    expect(ask().verdict).toBe('reachable')
    aws.setIngress(world, albGroup, aws.tcp(80).fromCidr(`${aws.addressOf(world, buyer)}/32`))
    expect(ask().verdict).toBe('reachable')
    aws.setIngress(world, albGroup)
    expect(ask().verdict).toBe('blocked')
  })

  it('cannot be the target of an ALB', () => {
    const { world, vpc, loadBalancer, albGroup } = bakeryShop()
    const itself = aws.targetGroup(world, { name: 'bakery-loop', vpc, port: 80, targetType: 'alb' })
    aws.registerTarget(world, itself, { id: loadBalancer, port: 80 })
    aws.listener(world, { loadBalancer, port: 81, targetGroup: itself })
    aws.setIngress(world, albGroup, aws.tcp(80, 81).fromAnywhere())
    aws.setEgress(world, albGroup, aws.allowAll())
    const { verdict, unknown } = asked(world, { from: 'internet', to: loadBalancer, port: 81 })
    expect(verdict).toBe('unknown')
    expect(unknown[0]?.because).toContain('only a Network Load Balancer has load balancers as targets')
  })
})
