import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { bakeryShop, diagnosisOf } from '../bakery-checks.ts'
import { causeOf, codes, diagnosed, missingFor, reasonAgainst } from '../diagnosed.ts'
import { findingsIn, findingsOf } from '../findings.ts'
import { failToStart, printShop, says } from '../start-failures.ts'

const code = 'tg.no-targets'

describe(code, () => {
  it('is proven where the service behind the listener is scaled to nothing', () => {
    const shop = bakeryShop({ desired: 0 })
    const [finding] = findingsOf(shop.world)
    expect(finding).toMatchObject({ severity: 'high', targets: [] })
    expect(finding?.rootCause).toMatchObject({
      code,
      confidence: 'proven',
      title:
        'Listener HTTP 80 forwards to bakery-web, in which nothing is registered; service web is scaled to desiredCount 0',
      component: { type: 'target-group', id: shop.targetGroup },
      evidence: [
        { operation: 'elasticloadbalancing:DescribeTargetHealth', observed: [] },
        {
          operation: 'elasticloadbalancing:DescribeListeners',
          resource: shop.listener,
          observed: 'forward with weight 1',
        },
        { operation: 'ecs:DescribeServices', field: 'desiredCount', observed: 0 },
        { operation: 'ecs:DescribeServices', field: 'runningCount', observed: 0 },
      ],
    })
    expect(causeOf(diagnosisOf(shop), code).fixes[0]?.patches).toMatchObject([
      { kind: 'service', serviceName: 'web', settings: { desiredCount: 1 } },
    ])
  })

  it('is proven where the service wants tasks and runs none', () => {
    const shop = bakeryShop()
    for (const task of shop.tasks) aws.stopTask(shop.world, task, aws.stops.essentialExited)
    const cause = causeOf(diagnosisOf(shop), code)
    expect(cause.title).toContain('service web runs none of its 2 tasks')
    expect(cause.fixes).toEqual([])
  })

  it('comes after what keeps the tasks from running, and stays with it', () => {
    const shop = bakeryShop()
    const containers = { web: { exitCode: 3 } }
    for (const task of shop.tasks)
      aws.stopTask(shop.world, task, { ...aws.stops.essentialExited, containers })
    expect(codes(diagnosisOf(shop))).toEqual(['ecs.essential-container-exited', code])
    expect(findingsOf(shop.world)).toHaveLength(1)
  })

  it('stays first where nobody wants tasks, whatever the last one ended with', () => {
    const shop = bakeryShop()
    for (const task of shop.tasks)
      aws.stopTask(shop.world, task, { ...aws.stops.essentialExited, containers: { web: aws.outOfMemory } })
    aws.serviceOf(shop.world, shop.service).desiredCount = 0
    expect(codes(diagnosisOf(shop))).toEqual([code])
  })

  it('is proven where no service is behind the group', () => {
    const shop = bakeryShop({ desired: 0 })
    shop.world.services.length = 0
    const cause = causeOf(diagnosisOf(shop), code)
    expect(cause).toMatchObject({ confidence: 'proven' })
    expect(cause.title).toBe('Listener HTTP 80 forwards to bakery-web, in which nothing is registered')
    expect(cause.fixes[0]).toMatchObject({
      verifiable: false,
      patches: [{ action: 'register', targets: [{ id: '<instance id or IP address>' }] }],
    })
  })

  it('is only likely while tasks run, which may be about to be registered', () => {
    const shop = bakeryShop()
    for (const task of shop.tasks)
      aws.deregisterTarget(shop.world, shop.targetGroup, aws.taskAddress(shop.world, task))
    const cause = causeOf(diagnosisOf(shop), code)
    expect(cause.confidence).toBe('likely')
    expect(cause.title).toContain('service web runs 2 tasks all the same')
  })

  it('names the rule that forwards', () => {
    const shop = bakeryShop()
    const empty = aws.targetGroup(shop.world, { name: 'bakery-cakes', vpc: shop.vpc, port: 80 })
    const rule = aws.rule(shop.world, { listener: shop.listener, priority: 10, targetGroup: empty })
    expect(causeOf(diagnosed(shop.world, empty), code).evidence[1]).toMatchObject({
      operation: 'elasticloadbalancing:DescribeRules',
      resource: rule,
    })
  })

  it('is not: an empty group with weight 0, or without a listener', () => {
    const shop = bakeryShop()
    const idle = aws.targetGroup(shop.world, { name: 'bakery-green', vpc: shop.vpc, port: 80 })
    expect(reasonAgainst(diagnosed(shop.world, idle), code)).toContain('nothing forwards to the group')
    aws.rule(shop.world, { listener: shop.listener, priority: 10, targetGroup: idle })
    const [rule] = shop.world.rules[shop.listener]?.Rules ?? []
    for (const weighted of rule?.Actions?.[0]?.ForwardConfig?.TargetGroups ?? []) weighted.Weight = 0
    expect(codes(diagnosed(shop.world, idle))).toEqual([])
  })

  it('is not: unhealthy targets', () => {
    const shop = bakeryShop()
    aws.setHealth(shop.world, shop.targetGroup, aws.health.failed)
    expect(reasonAgainst(diagnosisOf(shop), code)).toBe('2 targets are registered')
  })

  it('is only likely while ECS does not tell of services: what keeps their tasks from starting is unknown', () => {
    const shop = bakeryShop()
    for (const task of shop.tasks) aws.stopTask(shop.world, task, aws.stops.scaling)
    const json = aws.withError(aws.jsonOf(shop.world), 'ecs:DescribeServices')
    const finding = findingsIn(json).find(({ subject }) => subject.arn === shop.targetGroup)
    expect(finding?.rootCause).toMatchObject({ code, confidence: 'likely' })
    const missing = 'ecs:DescribeServices'
    expect(finding?.unknown).toContainEqual(expect.objectContaining({ code, missing }))
  })

  it.each(['ecs:DescribeTasks', 'ecs:DescribeTaskDefinition', 'ec2:DescribeNetworkAcls'] as const)(
    'is only likely while %s does not tell why no task starts, which is unknown then',
    (operation) => {
      const shop = printShop()
      failToStart(shop, says.ecrConnection)
      aws.setIngress(shop.world, shop.endpointGroup)
      const finding = findingsIn(aws.withError(aws.jsonOf(shop.world), operation)).find(
        ({ subject }) => subject.arn === shop.targetGroup,
      )
      const all = [finding?.rootCause, ...(finding?.otherCauses ?? [])]
      expect(all.find((cause) => cause?.code === code)?.confidence).toBe('likely')
      expect(finding?.unknown.map(({ missing }) => missing)).toContain(operation)
    },
  )

  it('is unknown without the listeners', () => {
    const shop = bakeryShop({ desired: 0 })
    const json = aws.withError(aws.jsonOf(shop.world), 'elasticloadbalancing:DescribeListeners')
    const diagnosis = diagnosed(json, shop.targetGroup)
    expect(codes(diagnosis)).not.toContain(code)
    expect(missingFor(diagnosis, code)).toEqual(['elasticloadbalancing:DescribeListeners'])
  })

  it('does not take unknown targets for none', () => {
    const shop = bakeryShop({ desired: 0 })
    const json = aws.withError(aws.jsonOf(shop.world), 'elasticloadbalancing:DescribeTargetHealth')
    const diagnosis = diagnosed(json, shop.targetGroup)
    expect(codes(diagnosis)).toEqual([])
    expect(missingFor(diagnosis, 'undetermined')).toEqual(['elasticloadbalancing:DescribeTargetHealth'])
  })
})
