/** A load balancer as destination: the way to its addresses, a listener, and on to the targets. */
import { describe, expect, it } from 'vitest'
import * as aws from '../fixtures/index.ts'
import { bakeryShop } from '../fixtures/themes/bakery-shop.ts'
import { asked, codesOf, missingOf, without } from './asked.ts'

function shopWithOpenDoor() {
  const shop = bakeryShop()
  aws.setIngress(shop.world, shop.albGroup, aws.tcp(1, 65535).fromAnywhere())
  return shop
}

function ask(port: string, change?: Parameters<typeof asked>[2]) {
  const shop = shopWithOpenDoor()
  return asked(shop.world, { from: 'internet', to: shop.loadBalancer, port }, change)
}

describe('a load balancer as destination', () => {
  it('is reachable on a port with a listener, through to a target and back', () => {
    const { verdict, forward, return: back, flow, blockers, unknown } = ask('80')
    expect({ verdict, blockers, unknown }).toEqual({ verdict: 'reachable', blockers: [], unknown: [] })
    expect(flow).toMatchObject({ source: 'internet', destination: '10.0.0.11', destinationPorts: '80' })
    const kinds = forward.map(({ component }) => component.type)
    expect(kinds.slice(kinds.indexOf('listener'))).toEqual([
      'listener',
      'target-group',
      'network-interface',
      'security-group',
      'network-acl',
      'route-table',
      'network-acl',
      'security-group',
      'network-interface',
    ])
    expect(forward.map(({ sequence }) => sequence)).toEqual(forward.map((_, index) => index + 1))
    expect(back.map(({ sequence }) => sequence)).toEqual(back.map((_, index) => index + 1))
    expect(back[0]?.explanation).toMatch(/^replies leave .*\(10\.0\.1[01]\.10\)$/)
    expect(back.at(-1)?.component).toEqual({ type: 'internet', id: 'internet' })
  })

  it('is blocked on a port without one, however open its group is', () => {
    const { verdict, forward, blockers } = ask('81')
    expect(verdict).toBe('blocked')
    expect(forward.at(-1)).toMatchObject({ component: { type: 'load-balancer' }, verdict: 'block' })
    expect(blockers).toMatchObject([
      {
        awsExplanationCode: 'ELBV2_LISTENERS_MISMATCH',
        component: { type: 'load-balancer' },
        blocked: { destinationPorts: '81' },
        explanation: 'no listener accepts port 81: its listeners use 80',
      },
    ])
  })

  it('is partly blocked where only some of the asked ports have one, and the way of these is shown', () => {
    const { verdict, blockers, forward, flow } = ask('80-82')
    expect(verdict).toBe('partial')
    expect(blockers.map(({ blocked }) => blocked)).toEqual([{ destinationPorts: '81-82' }])
    expect(flow.destinationPorts).toBe('80-82')
    expect(forward.find(({ component }) => component.type === 'load-balancer')?.verdict).toBe('partial')
    expect(forward.some(({ component }) => component.type === 'target-group')).toBe(true)
  })

  it('is blocked where its group lets in only ports without a listener', () => {
    const shop = bakeryShop()
    aws.setIngress(shop.world, shop.albGroup, aws.tcp(8080).fromAnywhere())
    const explanation = asked(shop.world, { from: 'internet', to: shop.loadBalancer, port: '80,8080' })
    expect(explanation.verdict).toBe('blocked')
    expect(codesOf(explanation)).toEqual(
      expect.arrayContaining(['ENI_SG_RULES_MISMATCH', 'ELBV2_LISTENERS_MISMATCH']),
    )
  })

  it('is partly blocked where one of two listeners leads to a group without targets', () => {
    const shop = shopWithOpenDoor()
    const empty = aws.targetGroup(shop.world, { name: 'bakery-cakes', vpc: shop.vpc, port: 8100 })
    aws.listener(shop.world, { loadBalancer: shop.loadBalancer, port: 81, targetGroup: empty })
    const explanation = asked(shop.world, { from: 'internet', to: shop.loadBalancer, port: '80-81' })
    expect(explanation.verdict).toBe('partial')
    expect(codesOf(explanation)).toEqual(['ELBV2_LISTENER_HAS_NO_TG'])
  })

  it('names what is in the way before it and behind it', () => {
    const shop = bakeryShop()
    aws.setIngress(shop.world, shop.albGroup)
    aws.setEgress(shop.world, shop.albGroup)
    const { verdict, blockers } = asked(shop.world, { from: 'internet', to: shop.loadBalancer, port: 80 })
    expect(verdict).toBe('blocked')
    expect(
      blockers.map(({ direction, component, blocked }) => [
        direction,
        component.id,
        blocked.destinationPorts,
      ]),
    ).toEqual([
      ['ingress', shop.albGroup, '80'],
      ['egress', shop.albGroup, '8000'],
    ])
  })

  it.each(['provisioning', 'failed'] as const)('is blocked while it is %s', (Code) => {
    const shop = bakeryShop()
    aws.loadBalancerOf(shop.world, shop.loadBalancer).State = { Code }
    const explanation = asked(shop.world, { from: 'internet', to: shop.loadBalancer, port: 80 })
    expect(explanation.verdict).toBe('blocked')
    expect(codesOf(explanation)).toEqual(['BAD_STATE'])
  })

  it('is not known without its state', () => {
    const shop = bakeryShop()
    delete aws.loadBalancerOf(shop.world, shop.loadBalancer).State
    const explanation = asked(shop.world, { from: 'internet', to: shop.loadBalancer, port: 80 })
    expect(explanation.verdict).toBe('unknown')
    expect(missingOf(explanation)).toEqual(['elasticloadbalancing:DescribeLoadBalancers'])
  })

  it('is pinged at its own addresses only', () => {
    const shop = bakeryShop()
    aws.setIngress(shop.world, shop.albGroup, aws.icmp().fromAnywhere())
    const query = { from: 'internet', to: shop.loadBalancer, protocol: 'icmp' }
    const { verdict, forward } = asked(shop.world, query)
    expect(verdict).toBe('reachable')
    expect(forward.at(-1)?.component.type).toBe('network-interface')
  })

  it('is unknown when its listeners were not told', () => {
    const explanation = ask('80', without('elasticloadbalancing:DescribeListeners'))
    expect(explanation.verdict).toBe('unknown')
    expect(missingOf(explanation)).toEqual(['elasticloadbalancing:DescribeListeners'])
  })

  it('is unknown when a listener came without its port', () => {
    const explanation = ask('80', (json) =>
      aws.patched(json, ({ responses }) => {
        const lists = responses['elasticloadbalancing:DescribeListeners'] as Record<string, ListenerList>
        for (const { Listeners } of Object.values(lists))
          for (const listener of Listeners) delete listener.Port
      }),
    )
    expect(explanation.verdict).toBe('unknown')
    expect(missingOf(explanation)).toEqual(['elasticloadbalancing:DescribeListeners'])
  })

  it('is blocked all the same where its group lets nobody in and its listeners were not told', () => {
    const shop = bakeryShop()
    aws.setIngress(shop.world, shop.albGroup)
    const query = { from: 'internet', to: shop.loadBalancer, port: 80 }
    const explanation = asked(shop.world, query, without('elasticloadbalancing:DescribeListeners'))
    expect(explanation.verdict).toBe('blocked')
  })
})

interface ListenerList {
  readonly Listeners: { Port?: number }[]
}
