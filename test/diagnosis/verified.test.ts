import { describe, expect, it } from 'vitest'
import * as aws from '../fixtures/index.ts'
import { bakeryShop } from '../fixtures/themes/bakery-shop.ts'
import { findingsIn } from './findings.ts'

/** The bakery whose load balancer has no way out, as a snapshot without some operations. */
function closedBakery(...without: readonly string[]) {
  const { world, albGroup, targetGroup } = bakeryShop()
  aws.setEgress(world, albGroup)
  aws.setHealth(world, targetGroup, aws.health.timeout)
  const json = aws.jsonOf(world)
  for (const scope of json.scopes)
    for (const operation of Object.keys(scope.responses))
      if (without.some((prefix) => operation.startsWith(prefix))) delete scope.responses[operation]
  return findingsIn(json).find(({ subject }) => subject.arn === targetGroup)
}

describe('a cure is verified', () => {
  it('although it was not collected what ECS does behind the targets', () => {
    const finding = closedBakery('ecs:')
    expect(finding?.rootCause.code).toBe('net.lb-sg-egress')
    expect(finding?.unknown).not.toEqual([])
    expect(finding?.remediation[0]?.verified).toBe(true)
  })

  it.each(['ec2:DescribeNetworkAcls', 'ec2:DescribeRouteTables'])(
    'not while the path stays unknown for lack of %s',
    (operation) => {
      const finding = closedBakery(operation)
      expect(finding?.rootCause.code).toBe('net.lb-sg-egress')
      expect(finding?.remediation.map(({ verified }) => verified)).not.toContain(true)
    },
  )
})
