import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { bakeryShop, diagnosisOf } from '../bakery-checks.ts'
import { causeOf, codes, diagnosed, missingFor, observed, reasonAgainst } from '../diagnosed.ts'
import { findingOf, findingsOf } from '../findings.ts'

const code = 'tg.unused-no-listener'

/** The listener answers with a fixed page: nobody forwards to the web group. */
function unattached() {
  const shop = bakeryShop()
  aws.setHealth(shop.world, shop.targetGroup, aws.health.noListener)
  Object.assign(aws.targetGroupOf(shop.world, shop.targetGroup), { LoadBalancerArns: [] })
  forwardTo(shop, undefined)
  return shop
}

/** @param weight undefined: a fixed response */
function forwardTo(
  { world, loadBalancer, listener, targetGroup }: ReturnType<typeof bakeryShop>,
  weight: number | undefined,
) {
  const actions =
    weight === undefined
      ? [{ Type: 'fixed-response' as const }]
      : [
          {
            Type: 'forward' as const,
            ForwardConfig: { TargetGroups: [{ TargetGroupArn: targetGroup, Weight: weight }] },
          },
        ]
  for (const item of world.listeners[loadBalancer]?.Listeners ?? []) item.DefaultActions = actions
  for (const rule of world.rules[listener]?.Rules ?? []) rule.Actions = actions
}

describe(code, () => {
  it('is proven where a service registers tasks in a group that no listener forwards to', () => {
    const shop = unattached()
    const finding = findingOf(shop.world)
    expect(finding.rootCause).toMatchObject({
      code,
      confidence: 'proven',
      title:
        'No listener or rule forwards to target group bakery-web, but service web registers its tasks there',
      component: { type: 'target-group', id: shop.targetGroup },
    })
    const cause = causeOf(diagnosisOf(shop), code)
    expect(observed(cause, 'LoadBalancerArns')).toEqual([])
    expect(observed(cause, 'TargetHealth')).toMatchObject({ Reason: 'Target.NotInUse' })
    expect(observed(cause, 'loadBalancers')).toMatchObject([{ targetGroupArn: shop.targetGroup }])
    expect(cause.targets).toHaveLength(2)
  })

  it('proposes a rule of the only listener, for a path that only a person knows', () => {
    const shop = unattached()
    expect(causeOf(diagnosisOf(shop), code).fixes).toMatchObject([
      {
        verifiable: false,
        patches: [{ kind: 'listener-rule', listenerArn: shop.listener, pathPattern: '<path pattern>' }],
      },
    ])
  })

  it('is likely where targets are registered by hand', () => {
    const shop = unattached()
    shop.world.services.length = 0
    const cause = causeOf(diagnosisOf(shop), code)
    expect(cause.confidence).toBe('likely')
    expect(cause.title).toContain('but 2 targets are registered')
  })

  it.each(['CODE_DEPLOY', 'EXTERNAL'] as const)('is not: the idle colour of a %s deployment', (type) => {
    const shop = unattached()
    aws.serviceOf(shop.world, shop.service).deploymentController = { type }
    expect(findingsOf(shop.world)).toEqual([])
    expect(reasonAgainst(diagnosisOf(shop), code)).toBe(
      `the group is the idle colour of service web (${type})`,
    )
  })

  it('is not: the idle colour that the service does not name, but whose tasks are its', () => {
    const shop = unattached()
    const service = aws.serviceOf(shop.world, shop.service)
    Object.assign(service, { deploymentController: { type: 'CODE_DEPLOY' }, loadBalancers: [] })
    expect(codes(diagnosisOf(shop))).not.toContain(code)
  })

  it('is not: the colour that only a task set names', () => {
    const shop = unattached()
    const { loadBalancers } = aws.serviceOf(shop.world, shop.service)
    Object.assign(aws.serviceOf(shop.world, shop.service), {
      deploymentController: { type: 'CODE_DEPLOY' },
      loadBalancers: [],
      taskSets: [{ id: 'ecs-svc/2', status: 'ACTIVE', loadBalancers }],
    })
    shop.world.tasks.length = 0
    expect(codes(diagnosisOf(shop))).not.toContain(code)
  })

  it('is not: the alternate target group of ECS’s own blue-green deployments', () => {
    const shop = unattached()
    const service = aws.serviceOf(shop.world, shop.service)
    service.loadBalancers = [
      {
        targetGroupArn: `${shop.targetGroup}0`,
        advancedConfiguration: { alternateTargetGroupArn: shop.targetGroup },
      },
    ]
    expect(codes(diagnosisOf(shop))).not.toContain(code)
  })

  it('is likely for plain instances, where ECS was never asked', () => {
    const shop = unattached()
    Object.assign(shop.world, { services: [], tasks: [] })
    for (const nic of shop.world.networkInterfaces) nic.Description = ''
    const json = aws.patched(aws.jsonOf(shop.world), ({ responses }) => {
      for (const operation of Object.keys(responses))
        if (operation.startsWith('ecs:')) delete responses[operation]
    })
    expect(causeOf(diagnosed(json, shop.targetGroup), code).confidence).toBe('likely')
  })

  it('is not: a forward with weight 0', () => {
    const shop = unattached()
    Object.assign(aws.targetGroupOf(shop.world, shop.targetGroup), { LoadBalancerArns: [shop.loadBalancer] })
    forwardTo(shop, 0)
    expect(findingsOf(shop.world)).toEqual([])
    expect(reasonAgainst(diagnosisOf(shop), code)).toContain('forwards to the group with weight 0')
  })

  it('is not: a group that nobody uses', () => {
    const shop = bakeryShop()
    const planned = aws.targetGroup(shop.world, { name: 'bakery-planned', vpc: shop.vpc, port: 80 })
    const diagnosis = diagnosed(shop.world, planned)
    expect(codes(diagnosis)).toEqual([])
    expect(reasonAgainst(diagnosis, code)).toBe(
      'no listener forwards to the group, but nobody uses it either',
    )
  })

  it('says that it cannot tell, where a listener forwards by now and AWS still says "not in use"', () => {
    const shop = bakeryShop()
    aws.setHealth(shop.world, shop.targetGroup, aws.health.noListener)
    expect(codes(diagnosisOf(shop))).not.toContain(code)
    expect(findingOf(shop.world).rootCause.code).toBe('undetermined')
  })

  it('is unknown without the listeners', () => {
    const shop = bakeryShop()
    const json = aws.withError(aws.jsonOf(shop.world), 'elasticloadbalancing:DescribeListeners')
    const diagnosis = diagnosed(json, shop.targetGroup)
    expect(codes(diagnosis)).not.toContain(code)
    expect(missingFor(diagnosis, code)).toEqual(['elasticloadbalancing:DescribeListeners'])
  })

  it('is ruled out without the listeners where targets fail checks: only groups in use are checked', () => {
    const shop = bakeryShop()
    aws.setHealth(shop.world, shop.targetGroup, aws.health.failed)
    const json = aws.withError(aws.jsonOf(shop.world), 'elasticloadbalancing:DescribeListeners')
    expect(reasonAgainst(diagnosed(json, shop.targetGroup), code)).toContain('AWS checks the targets')
  })

  it('is unknown without the services, which could be blue-green', () => {
    const shop = unattached()
    const json = aws.withError(aws.jsonOf(shop.world), 'ecs:DescribeServices')
    const diagnosis = diagnosed(json, shop.targetGroup)
    expect(codes(diagnosis)).not.toContain(code)
    expect(missingFor(diagnosis, code)).toEqual(['ecs:DescribeServices'])
  })
})
