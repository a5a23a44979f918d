import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { bakeryShop, defineWeb, livedAndStopped, runAlone } from '../bakery-tasks.ts'
import { causeOf, codes, diagnosed, missingFor, observed, reasonAgainst } from '../diagnosed.ts'

const code = 'ecs.grace-period'

/** Checked every 15 s, unhealthy after two: without grace a task that does not answer lives half a minute. */
function slowShop(
  lives: readonly number[],
  grace = 0,
  stop: Partial<Parameters<typeof livedAndStopped>[2]> = {},
) {
  const shop = bakeryShop({ healthCheck: { HealthCheckIntervalSeconds: 15 } })
  aws.serviceOf(shop.world, shop.service).healthCheckGracePeriodSeconds = grace
  livedAndStopped(shop, lives, { ...aws.stops.targetHealth(shop.targetGroup), ...stop })
  return shop
}

const diagnosisOf = (shop: ReturnType<typeof bakeryShop>) => diagnosed(shop.world, shop.service)

describe('ecs.grace-period', () => {
  it('is likely when ECS stops one task after the other, at the same offset after its start', () => {
    const shop = slowShop([44, 48, 41])
    const diagnosis = diagnosisOf(shop)
    expect(codes(diagnosis)).toEqual([code])
    const cause = causeOf(diagnosis, code)
    expect(cause).toMatchObject({
      confidence: 'likely',
      component: { type: 'ecs-service', id: shop.service, name: 'web' },
      title:
        'ECS stops 3 tasks of service web 41-48 s after the start: the grace period of 0 s ends before the application answers the checks of bakery-web',
    })
    expect(observed(cause, 'stoppedReason')).toBe(
      `Task failed ELB health checks in (target-group ${shop.targetGroup})`,
    )
    expect(observed(cause, 'seconds from startedAt to stoppingAt')).toBe(44)
    expect(observed(cause, 'healthCheckGracePeriodSeconds')).toBe(0)
    expect(observed(cause, 'HealthCheckIntervalSeconds × UnhealthyThresholdCount')).toBe(30)
  })

  it('proposes twice what was too short, in whole half minutes, and says so', () => {
    const [fix] = causeOf(diagnosisOf(slowShop([44, 48, 41])), code).fixes
    expect(fix).toMatchObject({
      patches: [{ kind: 'service', serviceName: 'web', settings: { healthCheckGracePeriodSeconds: 120 } }],
      verifiable: false,
    })
    expect(fix?.title).toContain('120 s: twice the 48 s that were too short, in whole half minutes')
  })

  it('moves with the grace period, and reckons with a start period that is longer', () => {
    const shop = slowShop([155, 160], 120)
    defineWeb(shop, { healthCheck: aws.containerHealthCheck('node check.js', { startPeriod: 240 }) })
    const cause = causeOf(diagnosisOf(shop), code)
    expect(observed(cause, 'containerDefinitions[web].healthCheck.startPeriod')).toBe(240)
    expect(cause.fixes[0]?.patches).toMatchObject([{ settings: { healthCheckGracePeriodSeconds: 480 } }])
  })

  it('is only possible after a single stop', () => {
    expect(causeOf(diagnosisOf(slowShop([44])), code).confidence).toBe('possible')
  })

  it.each([
    [404, 'possible'],
    [503, 'likely'],
  ])(
    'with targets that answer %i is %s: a start answers with 5xx, a wrong path with 4xx',
    (status, confidence) => {
      const shop = slowShop([44, 48])
      aws.setHealth(shop.world, shop.targetGroup, aws.wrongCode(status))
      expect(causeOf(diagnosisOf(shop), code).confidence).toBe(confidence)
    },
  )

  it('is only possible when no target is registered that would show an open path', () => {
    const shop = slowShop([44, 48])
    for (const task of shop.tasks) aws.stopTask(shop.world, task, aws.stops.scaling)
    expect(causeOf(diagnosisOf(shop), code).confidence).toBe('possible')
  })

  it.each([
    'Task failed ELB health checks in (target-group bakery-web)',
    'Task failed ELB health checks in (elb bakery)',
    'Task failed load balancer health checks',
  ])('understands “%s”', (stoppedReason) => {
    expect(codes(diagnosisOf(slowShop([44, 48], 0, { stoppedReason })))).toEqual([code])
  })

  it('is not: grace 0 behind a load balancer, while nothing is stopped', () => {
    expect(reasonAgainst(diagnosisOf(slowShop([])), code)).toContain(
      'ECS stopped no task for the load balancer’s health checks',
    )
  })

  it('is not: tasks that ran for hours and then failed', () => {
    const diagnosis = diagnosisOf(slowShop([4 * 3600, 5 * 3600]))
    expect(codes(diagnosis)).not.toContain(code)
    expect(reasonAgainst(diagnosis, code)).toContain('the tasks lived 4 h, 5 h')
  })

  it('is not: offsets that vary, which point to load or memory', () => {
    expect(codes(diagnosisOf(slowShop([44, 900, 2400])))).not.toContain(code)
    const diagnosis = diagnosisOf(slowShop([20, 100]))
    expect(codes(diagnosis)).not.toContain(code)
    expect(reasonAgainst(diagnosis, code)).toContain('lived 20, 100 s')
  })

  it('is not: a grace period that has been raised since beyond what the tasks lived', () => {
    expect(codes(diagnosisOf(slowShop([44, 48], 300)))).toEqual([])
  })

  it('is not: tasks that ran out of memory, then failed the check', () => {
    const diagnosis = diagnosisOf(slowShop([44, 48], 0, { containers: { web: aws.outOfMemory } }))
    expect(codes(diagnosis)).toEqual(['ecs.oom'])
    expect(reasonAgainst(diagnosis, code)).toContain('ran out of memory')
  })

  it('is not: a broken path, which fails the same checks at the same offset', () => {
    const shop = slowShop([44, 48])
    aws.setHealth(shop.world, shop.targetGroup, aws.health.timeout)
    aws.setEgress(shop.world, shop.albGroup)
    expect(reasonAgainst(diagnosisOf(shop), code)).toContain('the path to the targets is broken')
    expect(codes(diagnosed(shop.world, shop.targetGroup))).toEqual(['net.lb-sg-egress'])
  })

  it('is not: stops for the checks of another target group', () => {
    const shop = slowShop([44, 48], 0, {
      stoppedReason: 'Task failed ELB health checks in (target-group bakery-admin)',
    })
    expect(codes(diagnosisOf(shop))).toEqual([])
  })

  it('does not apply to a task that no service started', () => {
    const shop = bakeryShop()
    const { causes, ruledOut } = diagnosed(shop.world, runAlone(shop))
    expect([...causes, ...ruledOut].map((item) => item.code)).not.toContain(code)
  })

  it.each([
    'ecs:DescribeTasks',
    'elasticloadbalancing:DescribeTargetHealth',
    'elasticloadbalancing:DescribeTargetGroups',
  ] as const)('says that %s is missing', (operation) => {
    const json = aws.withError(aws.jsonOf(slowShop([44, 48]).world), operation)
    expect(missingFor(diagnosed(json, slowShop([]).service), code)).toEqual([operation])
  })

  it('is unknown while the path is', () => {
    const shop = slowShop([44, 48])
    aws.setHealth(shop.world, shop.targetGroup, aws.health.timeout)
    const json = aws.withError(aws.jsonOf(shop.world), 'ec2:DescribeSecurityGroups')
    const diagnosis = diagnosed(json, shop.service)
    expect(codes(diagnosis)).toEqual([])
    expect(missingFor(diagnosis, code)).toEqual(['ec2:DescribeSecurityGroups'])
  })
})
