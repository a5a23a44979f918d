import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { bakeryShop, diagnosisOf, withoutSetting } from '../bakery-checks.ts'
import { livedAndStopped } from '../bakery-tasks.ts'
import { causeOf, codes, diagnosed, missingFor, reasonAgainst } from '../diagnosed.ts'

const code = 'hc.threshold-too-tight'
const tight = { HealthCheckIntervalSeconds: 10, UnhealthyThresholdCount: 2 }

/** Tasks that the load balancer's checks ended after so many seconds; those that run now time out. */
function killed(
  lives: readonly number[],
  healthCheck: Parameters<typeof bakeryShop>[0] = { healthCheck: tight },
) {
  const shop = bakeryShop(healthCheck)
  livedAndStopped(shop, lives, aws.stops.targetHealth(shop.targetGroup))
  aws.setHealth(shop.world, shop.targetGroup, aws.health.timeout)
  return shop
}

describe(code, () => {
  it('is possible where checks end tasks at different times, with few checks at short intervals', () => {
    const shop = killed([95, 900])
    const cause = causeOf(diagnosisOf(shop), code)
    expect(cause).toMatchObject({
      confidence: 'possible',
      title:
        'bakery-web gives up after 20 s (2 checks at 10 s), and ECS stopped 2 tasks for it, 95 s to 15 min after their start',
      component: { type: 'target-group', id: shop.targetGroup },
    })
    expect(cause.evidence).toContainEqual(
      expect.objectContaining({ field: 'HealthCheckIntervalSeconds', observed: 10 }),
    )
    expect(cause.evidence).toContainEqual(
      expect.objectContaining({
        operation: 'ecs:DescribeTasks',
        observed: expect.stringContaining('Task failed ELB health checks'),
      }),
    )
    expect(cause.fixes[0]?.patches).toMatchObject([
      { settings: { HealthCheckIntervalSeconds: 15, UnhealthyThresholdCount: 3 } },
    ])
  })

  it('never comes before what is proven', () => {
    const shop = killed([95, 900])
    aws.setEgress(shop.world, shop.albGroup)
    expect(codes(diagnosisOf(shop))).toEqual(['net.lb-sg-egress', code])
  })

  it('is not: AWS’s default of 60 s', () => {
    const diagnosis = diagnosisOf(killed([95, 900], {}))
    expect(codes(diagnosis)).not.toContain(code)
    expect(reasonAgainst(diagnosis, code)).toBe('2 checks at 30 s give a target 60 s before it is unhealthy')
  })

  it('is not: a healthy threshold of ten checks, since a new target needs to pass one', () => {
    const diagnosis = diagnosisOf(killed([95, 900], { healthCheck: { HealthyThresholdCount: 10 } }))
    expect(codes(diagnosis)).not.toContain(code)
    const settings = { ...tight, HealthyThresholdCount: 10 }
    const same = diagnosisOf(killed([95, 900], { healthCheck: settings }))
    expect(causeOf(same, code).title).toContain('gives up after 20 s (2 checks at 10 s)')
  })

  it('is not: tasks that always end at the same offset', () => {
    expect(reasonAgainst(diagnosisOf(killed([95, 99])), code)).toContain('at the same time after their start')
  })

  it('is not: short settings alone', () => {
    expect(codes(diagnosisOf(killed([])))).not.toContain(code)
    expect(codes(diagnosisOf(bakeryShop({ healthCheck: tight })))).toEqual([])
  })

  it('is not: a code that would never be accepted', () => {
    const shop = killed([95, 900])
    aws.setHealth(shop.world, shop.targetGroup, aws.wrongCode(404))
    expect(codes(diagnosisOf(shop))).toEqual(['hc.path-404'])
  })

  it('is unknown without the settings or the tasks', () => {
    const shop = killed([95, 900])
    const untold = diagnosed(withoutSetting(shop, 'UnhealthyThresholdCount'), shop.targetGroup)
    expect(codes(untold)).not.toContain(code)
    expect(missingFor(untold, code)).toEqual(['elasticloadbalancing:DescribeTargetGroups'])
    const taskless = diagnosed(aws.withError(aws.jsonOf(shop.world), 'ecs:DescribeTasks'), shop.targetGroup)
    expect(missingFor(taskless, code)).toEqual(['ecs:DescribeTasks'])
  })
})
