import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { warehouseEc2 } from '../../fixtures/themes/warehouse-ec2.ts'
import { bakeryShop, diagnosisOf, withoutSetting } from '../bakery-checks.ts'
import { causeOf, codes, diagnosed, missingFor, observed, reasonAgainst } from '../diagnosed.ts'
import { findingOf } from '../findings.ts'

const code = 'tg.target-type-mismatch'

/** A group for instances, in which Fargate tasks can never be registered. */
function mismatched() {
  const shop = bakeryShop({ desired: 0, healthCheck: { TargetType: 'instance' } })
  const { world, service } = shop
  Object.assign(aws.serviceOf(world, service), { desiredCount: 2 })
  aws.serviceEvent(world, service, 3, '(service web) failed to register targets in (target-group bakery-web)')
  return shop
}

describe(code, () => {
  it('is proven for awsvpc tasks and target type instance, before the group’s emptiness', () => {
    const shop = mismatched()
    const finding = findingOf(shop.world)
    expect(finding.otherCauses[0]?.code).toBe('tg.no-targets')
    expect(finding.rootCause).toMatchObject({
      code,
      confidence: 'proven',
      title:
        'Target group bakery-web takes targets of type instance, but tasks of service web use network mode awsvpc, which needs ip',
      component: { type: 'target-group', id: shop.targetGroup },
    })
    const cause = causeOf(diagnosisOf(shop), code)
    expect(observed(cause, 'TargetType')).toBe('instance')
    expect(observed(cause, 'networkMode')).toBe('awsvpc')
    expect(observed(cause, 'events')).toContain('failed to register targets')
    expect(cause.fixes[0]?.manual?.cli[0]).toContain(
      'create-target-group --name bakery-web-ip --target-type ip',
    )
  })

  it('is proven for bridge mode and target type ip, and without a network mode, which is bridge', () => {
    const { world, targetGroup, taskDefinition } = warehouseEc2()
    Object.assign(aws.targetGroupOf(world, targetGroup), { TargetType: 'ip' })
    expect(causeOf(diagnosed(world, targetGroup), code).title).toContain(
      'network mode bridge, which needs instance',
    )
    Object.assign(aws.taskDefinitionOf(world, taskDefinition), { networkMode: undefined })
    expect(observed(causeOf(diagnosed(world, targetGroup), code), 'networkMode')).toBe(
      'not set: ECS takes bridge on Linux',
    )
  })

  it('is not: types that fit', () => {
    expect(reasonAgainst(diagnosisOf(bakeryShop()), code)).toContain(
      'needs target type ip, which the group has',
    )
    const { world, targetGroup } = warehouseEc2()
    expect(codes(diagnosed(world, targetGroup))).toEqual([])
  })

  it('is not: EC2 instances that are registered by address', () => {
    const { world, vpc, targetGroup: byInstance, instances, listener } = warehouseEc2()
    const byAddress = aws.targetGroup(world, { name: 'warehouse-legacy', vpc, port: 80, targetType: 'ip' })
    aws.rule(world, { listener, priority: 5, targetGroup: byAddress })
    const [id = ''] = instances
    aws.registerTarget(world, byAddress, { id: aws.instanceAddress(world, id), port: 32768 })
    expect(codes(diagnosed(world, byAddress))).not.toContain(code)
    expect(byInstance).not.toBe(byAddress)
  })

  it('is unknown without the target type, the task definition or the services', () => {
    const shop = mismatched()
    const missing = (json: aws.SnapshotJson) => {
      const diagnosis = diagnosed(json, shop.targetGroup)
      expect(codes(diagnosis)).not.toContain(code)
      return missingFor(diagnosis, code)
    }
    expect(missing(withoutSetting(shop, 'TargetType'))).toEqual(['elasticloadbalancing:DescribeTargetGroups'])
    const json = aws.jsonOf(shop.world)
    expect(missing(aws.withError(json, 'ecs:DescribeTaskDefinition'))).toEqual(['ecs:DescribeTaskDefinition'])
    expect(missing(aws.withError(json, 'ecs:DescribeServices'))).toEqual(['ecs:DescribeServices'])
  })
})
