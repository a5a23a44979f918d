import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { bakeryShop } from '../../fixtures/themes/bakery-shop.ts'
import { causeOf, codes, diagnosed, missingFor } from '../diagnosed.ts'

const code = 'aws-side'
const internal = aws.health.internalError

function broken(id?: string) {
  const shop = bakeryShop()
  aws.setHealth(shop.world, shop.targetGroup, internal, id)
  return shop
}

describe(code, () => {
  it('is likely when it is said of all targets, and every path is open', () => {
    const { world, targetGroup } = broken()
    const diagnosis = diagnosed(world, targetGroup)
    expect(codes(diagnosis)).toEqual([code])
    expect(causeOf(diagnosis, code)).toMatchObject({
      confidence: 'likely',
      title:
        'Elastic Load Balancing reports an internal error for 2 targets of bakery-web: every path is open and the configuration is right',
    })
  })

  it('is possible for one of several', () => {
    const { world, targetGroup, tasks } = bakeryShop()
    aws.setHealth(world, targetGroup, internal, aws.taskAddress(world, tasks[0] ?? ''))
    expect(causeOf(diagnosed(world, targetGroup), code).confidence).toBe('possible')
  })

  it('is not: a path that is closed', () => {
    const { world, targetGroup, albGroup } = broken()
    aws.setEgress(world, albGroup)
    expect(codes(diagnosed(world, targetGroup))).not.toContain(code)
  })

  it('is unknown without the network ACLs', () => {
    const { world, targetGroup } = broken()
    const diagnosis = diagnosed(aws.withError(aws.jsonOf(world), 'ec2:DescribeNetworkAcls'), targetGroup)
    expect(codes(diagnosis)).toEqual([])
    expect(missingFor(diagnosis, code)).toEqual(['ec2:DescribeNetworkAcls'])
  })
})
