import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { answering } from '../bakery-checks.ts'
import { addSidecar, bakeryShop, defineWeb, livedAndStopped } from '../bakery-tasks.ts'
import { causeOf, codes, diagnosed, missingFor, observed } from '../diagnosed.ts'
import { codesOf, findingsOf, findingOf as theFinding } from '../findings.ts'

const code = 'ecs.grace-period'

const starting = (startPeriod: number) => ({
  healthCheck: aws.containerHealthCheck('node check.js', { startPeriod }),
})

/** Checked every 15 s, unhealthy after two: without grace a task that does not answer lives half a minute. */
function declaredShop(startPeriod: number, grace = 0) {
  const shop = bakeryShop({ healthCheck: { HealthCheckIntervalSeconds: 15 } })
  aws.serviceOf(shop.world, shop.service).healthCheckGracePeriodSeconds = grace
  defineWeb(shop, starting(startPeriod))
  return shop
}

const diagnosisOf = (shop: ReturnType<typeof bakeryShop>) => diagnosed(shop.world, shop.targetGroup)

describe('ecs.grace-period before a task is stopped for it', () => {
  it('is a blind spot where a container may take longer to start than the load balancer waits', () => {
    const shop = declaredShop(240)
    const finding = theFinding(shop.world)
    expect(finding).toMatchObject({
      subject: { kind: 'target-group', arn: shop.targetGroup },
      severity: 'low',
      rootCause: {
        code,
        confidence: 'possible',
        component: { type: 'ecs-service', id: shop.service, name: 'web' },
        title:
          'Container web of bakery-web:12 may take 240 s to start (startPeriod), but service web waits at most 30 s for the checks of bakery-web: so slow a start would be stopped',
      },
    })
    const cause = causeOf(diagnosisOf(shop), code)
    expect(cause.class).toBe('blind-spot')
    expect(observed(cause, 'healthCheckGracePeriodSeconds')).toBe(0)
    expect(observed(cause, 'HealthCheckIntervalSeconds × UnhealthyThresholdCount')).toBe(30)
    expect(observed(cause, 'containerDefinitions[web].healthCheck.startPeriod')).toBe(240)
  })

  it('is cured, verified, by a grace period of what the container may take, in whole half minutes', () => {
    const shop = declaredShop(200, 60)
    const [fix, ...others] = causeOf(diagnosisOf(shop), code).fixes
    expect(others).toEqual([])
    expect(fix?.patches).toEqual([
      {
        kind: 'service',
        clusterArn: shop.cluster,
        serviceName: 'web',
        settings: { healthCheckGracePeriodSeconds: 210 },
      },
    ])
    expect(theFinding(shop.world).remediation).toMatchObject([{ verified: true }])
  })

  it('counts the slowest of the essential containers', () => {
    const shop = declaredShop(60)
    addSidecar(shop, starting(120))
    expect(causeOf(diagnosisOf(shop), code).title).toMatch(/^Container proxy of bakery-web:12 may take 120 s/)
  })

  it('never is the root cause of targets that fail, and is told beside it', () => {
    const { world, targetGroup, ...shop } = answering([404])
    aws.serviceOf(world, shop.service).healthCheckGracePeriodSeconds = 0
    defineWeb({ world, targetGroup, ...shop }, starting(240))
    const finding = theFinding(world)
    expect(finding.rootCause.code).toBe('hc.path-404')
    expect(finding.severity).not.toBe('low')
    expect(codesOf(finding)).toContain(code)
    expect(JSON.stringify(finding.remediation)).not.toContain('grace')
  })

  it.each([
    ['a start that fits the checks exactly', 30, 0],
    ['a start that grace and checks cover together', 120, 90],
    ['the longest start that ECS takes, with as much grace', 300, 300],
    ['grace 0 and no start period', 0, 0],
  ])('is not: %s', (_, startPeriod, grace) => {
    const shop = declaredShop(startPeriod, grace)
    expect(codes(diagnosisOf(shop))).toEqual([])
    expect(findingsOf(shop.world)).toEqual([])
  })

  it('is not: the start of a container without which the task runs', () => {
    const shop = declaredShop(0)
    addSidecar(shop, { essential: false, ...starting(240) })
    expect(codes(diagnosisOf(shop))).toEqual([])
  })

  it('is not: a group that no load balancer checks', () => {
    const shop = declaredShop(240)
    aws.targetGroupOf(shop.world, shop.targetGroup).LoadBalancerArns = []
    expect(codes(diagnosisOf(shop))).not.toContain(code)
  })

  it('is not: a service of which ECS stopped tasks for these checks, which is the cause itself', () => {
    const shop = declaredShop(240)
    livedAndStopped(shop, [44, 48], aws.stops.targetHealth(shop.targetGroup))
    expect(codes(diagnosisOf(shop))).toEqual([])
    const finding = theFinding(shop.world)
    expect(finding).toMatchObject({ subject: { kind: 'ecs-service' }, severity: 'high', rootCause: { code } })
  })

  it('hides nothing of what its service suffers from', () => {
    const shop = declaredShop(240)
    livedAndStopped(shop, [20, 20], {
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: 'Something that no pattern knows',
    })
    const service = aws.serviceOf(shop.world, shop.service)
    service.desiredCount = 3
    const found = findingsOf(shop.world).map(({ subject, severity }) => [subject.kind, severity])
    expect(found).toEqual([
      ['target-group', 'low'],
      ['ecs-service', 'medium'],
    ])
  })

  it.each(['ecs:DescribeTaskDefinition', 'ecs:DescribeTasks'] as const)(
    'is unknown without %s',
    (operation) => {
      const shop = declaredShop(240)
      const diagnosis = diagnosed(aws.withError(aws.jsonOf(shop.world), operation), shop.targetGroup)
      expect(codes(diagnosis)).not.toContain(code)
      expect(missingFor(diagnosis, code)).toEqual([operation])
    },
  )

  it('is unknown without the interval of the checks, where it matters', () => {
    const untold = (shop: ReturnType<typeof bakeryShop>) => {
      delete aws.targetGroupOf(shop.world, shop.targetGroup).HealthCheckIntervalSeconds
      return missingFor(diagnosisOf(shop), code)
    }
    expect(untold(declaredShop(240))).toEqual(['elasticloadbalancing:DescribeTargetGroups'])
    expect(untold(declaredShop(60, 60))).toEqual([])
  })

  it('is not: missing task definitions, where no start can be longer than the grace period', () => {
    const json = aws.withError(aws.jsonOf(declaredShop(240, 300).world), 'ecs:DescribeTaskDefinition')
    expect(missingFor(diagnosed(json, declaredShop(240).targetGroup), code)).toEqual([])
  })
})
