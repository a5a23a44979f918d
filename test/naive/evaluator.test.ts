import { describe, expect, it } from 'vitest'
import { readAws } from './aws.ts'
import { type Case, http, internet, networkAcls, routing, securityGroups } from './cases.ts'
import { blockingLayers } from './evaluator.ts'
import { openHarbour, snapshotOf } from './harbour.ts'

function check({ change, packet, blockedBy }: Case) {
  const harbour = openHarbour()
  change?.(harbour)
  const layers = blockingLayers(readAws(snapshotOf(harbour)), { ...http, ...packet })
  expect([...layers].sort()).toEqual([...blockedBy].sort())
}

describe('the naive evaluator: security groups', () => {
  it.each(securityGroups)('$says', check)
})
describe('the naive evaluator: network ACLs', () => {
  it.each(networkAcls)('$says', check)
})
describe('the naive evaluator: routes', () => {
  it.each(routing)('$says', check)
})
describe('the naive evaluator: the internet', () => {
  it.each(internet)('$says', check)
})
