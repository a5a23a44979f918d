import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { bakeryShop, livedAndStopped } from '../bakery-tasks.ts'
import { causeOf, codes, diagnosed, missingFor, reasonAgainst } from '../diagnosed.ts'

const code = 'app.overload-timeout'

/** One of four targets does not answer, the others do. */
function busyShop() {
  const shop = bakeryShop({ desired: 4 })
  aws.setHealth(
    shop.world,
    shop.targetGroup,
    aws.health.timeout,
    aws.taskAddress(shop.world, shop.tasks[0] ?? ''),
  )
  return shop
}

describe(code, () => {
  it('is likely when ECS stopped several tasks for failed checks that had long been up', () => {
    const shop = busyShop()
    livedAndStopped(shop, [3600, 2400], aws.stops.targetHealth(shop.targetGroup))
    const diagnosis = diagnosed(shop.world, shop.targetGroup)
    expect(codes(diagnosis)[0]).toBe(code)
    expect(causeOf(diagnosis, code)).toMatchObject({
      confidence: 'likely',
      partial: true,
      title:
        '1 of 4 targets of bakery-web do not answer in time while others do, and 2 that had answered were stopped for it: the application may be too busy',
    })
    expect(codes(diagnosis)).not.toContain('app.not-answering')
  })

  it('is possible, beside an application that does not answer, when some targets answer', () => {
    const { world, targetGroup } = busyShop()
    const diagnosis = diagnosed(world, targetGroup)
    expect(codes(diagnosis)).toEqual(['app.not-answering', code])
    expect(causeOf(diagnosis, code).confidence).toBe('possible')
  })

  it('is not: a closed path, which fails always', () => {
    const shop = busyShop()
    aws.setEgress(shop.world, shop.albGroup)
    expect(reasonAgainst(diagnosed(shop.world, shop.targetGroup), code)).toContain('is not open')
  })

  it('is not: all targets silent at once', () => {
    const shop = bakeryShop()
    aws.setHealth(shop.world, shop.targetGroup, aws.health.timeout)
    expect(reasonAgainst(diagnosed(shop.world, shop.targetGroup), code)).toContain('no target answers at all')
  })

  it('is unknown while the path is', () => {
    const { world, targetGroup } = busyShop()
    const diagnosis = diagnosed(aws.withError(aws.jsonOf(world), 'ec2:DescribeNetworkAcls'), targetGroup)
    expect(missingFor(diagnosis, code)).toEqual(['ec2:DescribeNetworkAcls'])
  })
})
