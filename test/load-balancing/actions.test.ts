/** Where a listener's default actions and rules lead: to groups, nowhere, or to an answer of the load balancer's own. */
import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2'
import { describe, expect, it } from 'vitest'
import * as aws from '../fixtures/index.ts'
import { bakeryShop } from '../fixtures/themes/bakery-shop.ts'
import { asked, codesOf, missingOf, saidOf, without } from './asked.ts'

type Shop = ReturnType<typeof bakeryShop>

const ask = (shop: Shop, change?: Parameters<typeof asked>[2]) =>
  asked(shop.world, { from: 'internet', to: shop.loadBalancer, port: 80 }, change)

const setDefault = ({ world, loadBalancer }: Shop, ...DefaultActions: Action[]) => {
  for (const listener of world.listeners[loadBalancer]?.Listeners ?? [])
    listener.DefaultActions = DefaultActions
}

/** A group whose tasks let the load balancer in at another port only: the way to it is blocked. */
function cakes(shop: Shop): string {
  const { world, vpc, privateSubnets } = shop
  const group = aws.securityGroup(world, { vpc, name: 'bakery-cakes', ingress: [] })
  const nic = aws.networkInterface(world, { name: 'cakes', subnet: privateSubnets[0], groups: [group] })
  const targetGroup = aws.targetGroup(world, { name: 'bakery-cakes', vpc, port: 8000 })
  aws.registerTarget(world, targetGroup, { id: aws.addressOf(world, nic), port: 8000 })
  return targetGroup
}

const forwardTo = (...TargetGroups: { TargetGroupArn: string; Weight?: number }[]): Action => ({
  Type: 'forward',
  ForwardConfig: { TargetGroups },
})

describe('an action that the load balancer performs by itself', () => {
  it.each([
    { Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301', Port: '443' } },
    { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '503' } },
  ] as const)('$Type is the end of the way', (action) => {
    const shop = bakeryShop()
    setDefault(shop, action)
    const explanation = ask(shop)
    expect(explanation.verdict).toBe('reachable')
    expect(explanation.forward.at(-1)?.explanation).toContain(`its default action is a ${action.Type}`)
    expect(saidOf(explanation, 'target-group')).toEqual([])
  })

  it('that authenticates goes on to the next action, whatever the order in the list', () => {
    const shop = bakeryShop()
    const target = cakes(shop)
    setDefault(
      shop,
      { ...forwardTo({ TargetGroupArn: target, Weight: 1 }), Order: 2 },
      { Type: 'authenticate-oidc', Order: 1 },
    )
    expect(ask(shop).verdict).toBe('blocked')
  })

  it('that nobody knows of may lead anywhere', () => {
    const shop = bakeryShop()
    setDefault(shop, { Type: 'teleport' as 'forward' })
    const explanation = ask(shop)
    expect(explanation.verdict).toBe('unknown')
    expect(missingOf(explanation)).toEqual(['elasticloadbalancing:DescribeListeners'])
  })

  it('that was not told is not known', () => {
    const shop = bakeryShop()
    setDefault(shop)
    expect(ask(shop).verdict).toBe('unknown')
  })
})

describe('rules', () => {
  it('may be taken as well as the default action: one of them blocked makes it partial', () => {
    const shop = bakeryShop()
    aws.rule(shop.world, { listener: shop.listener, priority: 10, targetGroup: cakes(shop) })
    const explanation = ask(shop)
    expect(explanation.verdict).toBe('partial')
    expect(codesOf(explanation)).toContain('ENI_SG_RULES_MISMATCH')
    const [hop] = explanation.forward.filter(({ component }) => component.type === 'listener')
    expect(hop?.explanation).toBe('a listener accepts port 80 (HTTP): rule 10 forwards to bakery-cakes')
    expect(hop?.rule).toMatchObject({ priority: '10' })
  })

  it('that lead to the same group as the default action change nothing', () => {
    const shop = bakeryShop()
    aws.rule(shop.world, { listener: shop.listener, priority: 10, targetGroup: shop.targetGroup })
    expect(ask(shop).verdict).toBe('reachable')
  })

  it('that were not told leave it unknown, although the default action leads to an open group', () => {
    const explanation = ask(bakeryShop(), without('elasticloadbalancing:DescribeRules'))
    expect(explanation.verdict).toBe('unknown')
    expect(missingOf(explanation)).toEqual(['elasticloadbalancing:DescribeRules'])
  })

  it('that were not told do not matter where nobody gets to the load balancer', () => {
    const shop = bakeryShop()
    aws.setIngress(shop.world, shop.albGroup)
    expect(ask(shop, without('elasticloadbalancing:DescribeRules')).verdict).toBe('blocked')
  })
})

describe('a forward action with several groups', () => {
  it('is partly blocked where one of them is', () => {
    const shop = bakeryShop()
    setDefault(
      shop,
      forwardTo({ TargetGroupArn: shop.targetGroup, Weight: 9 }, { TargetGroupArn: cakes(shop), Weight: 1 }),
    )
    expect(ask(shop).verdict).toBe('partial')
  })

  it('sends nothing to a group with weight 0', () => {
    const shop = bakeryShop()
    setDefault(
      shop,
      forwardTo({ TargetGroupArn: shop.targetGroup, Weight: 1 }, { TargetGroupArn: cakes(shop), Weight: 0 }),
    )
    expect(ask(shop).verdict).toBe('reachable')
  })

  it('leads nowhere where all of them have weight 0', () => {
    const shop = bakeryShop()
    setDefault(shop, forwardTo({ TargetGroupArn: shop.targetGroup, Weight: 0 }))
    const explanation = ask(shop)
    expect(explanation.verdict).toBe('blocked')
    expect(explanation.blockers).toMatchObject([
      {
        awsExplanationCode: 'ELBV2_LISTENER_REQUIRES_TG_ACCEPT',
        component: { type: 'listener', id: shop.listener },
      },
    ])
  })

  it('is not known where a weight is not told', () => {
    const shop = bakeryShop()
    setDefault(
      shop,
      forwardTo({ TargetGroupArn: shop.targetGroup, Weight: 1 }, { TargetGroupArn: cakes(shop) }),
    )
    expect(ask(shop).verdict).toBe('unknown')
  })

  it('is not known where a group is not named', () => {
    const shop = bakeryShop()
    setDefault(shop, { Type: 'forward' })
    const explanation = ask(shop)
    expect(explanation.verdict).toBe('unknown')
    expect(missingOf(explanation)).toEqual(['elasticloadbalancing:DescribeListeners'])
  })
})
