import { describe, expect, it } from 'vitest'
import { audit } from '../../shared/audit.ts'
import { everything, type Selection } from '../../shared/selection.ts'
import * as aws from '../fixtures/index.ts'
import { bakeryShop } from '../fixtures/themes/bakery-shop.ts'

const rootsOf = (world: aws.World, selection: Partial<Selection>) =>
  audit(aws.snapshotOf(world), { ...everything, ...selection }).findings.map(({ subject, rootCause }) => [
    subject.kind,
    rootCause.code,
  ])

/** All tasks run, and no health check reaches them. */
function closedBakery() {
  const shop = bakeryShop()
  aws.setEgress(shop.world, shop.albGroup)
  aws.setHealth(shop.world, shop.targetGroup, aws.health.timeout)
  return shop
}

describe('what is selected', () => {
  it('a service: what is unhealthy in its target groups is found, though all its tasks run', () => {
    const { world } = closedBakery()
    expect(rootsOf(world, { services: ['bakery/web'] })).toEqual([['target-group', 'net.lb-sg-egress']])
  })

  it('a task: the target group in which its service registers it is looked at', () => {
    const { world, tasks } = closedBakery()
    expect(rootsOf(world, { tasks: tasks.slice(0, 1) })).toEqual([['target-group', 'net.lb-sg-egress']])
  })

  it('a service without a fault: nothing', () => {
    const { world, service, tasks } = bakeryShop()
    expect(rootsOf(world, { services: [service], tasks })).toEqual([])
  })
})
