import { describe, expect, it } from 'vitest'
import { openArchipelago } from './archipelago.ts'
import { archipelagoSnapshot } from './archipelago-snapshot.ts'
import { readAws } from './aws.ts'
import { type Case, http, internet, networkAcls, routing, securityGroups } from './cases.ts'
import type { Evaluate } from './enumerate.ts'
import { judge } from './evaluator.ts'
import { openHarbour, snapshotOf } from './harbour.ts'
import type { IslandCase } from './island-case.ts'
import { islandCases } from './island-cases.ts'
import { mutants } from './mutants.ts'

type Answer = readonly string[] | 'not documented'

function inHarbour(evaluate: Evaluate, { change, packet }: Case): Answer {
  const harbour = openHarbour()
  change?.(harbour)
  return answerOf(evaluate(readAws(snapshotOf(harbour)), { ...http, ...packet }))
}

function onIslands(evaluate: Evaluate, { change, packet }: IslandCase): Answer {
  const world = openArchipelago()
  change?.(world)
  return answerOf(evaluate(readAws(archipelagoSnapshot(world)), { ...http, ...packet }))
}

const answerOf = ({ silent, blocking }: ReturnType<Evaluate>): Answer =>
  silent ? 'not documented' : [...blocking].sort()

const expected = ({ blockedBy }: Case | IslandCase): Answer =>
  blockedBy === 'not documented' ? blockedBy : [...blockedBy].sort()

const harbourCases = {
  'security groups': securityGroups,
  'network ACLs': networkAcls,
  routes: routing,
  'the internet': internet,
}

describe.each(Object.entries(harbourCases))('the naive evaluator: %s', (_, cases) => {
  it.each(cases)('$says', (one) => {
    expect(inHarbour(judge, one)).toEqual(expected(one))
  })
})

describe.each(Object.entries(islandCases))('the naive evaluator: %s', (_, cases) => {
  it.each(cases)('$says', (one) => {
    expect(onIslands(judge, one)).toEqual(expected(one))
  })
})

describe('an evaluator is found out by these cases that', () => {
  it.each([...mutants])('%s', (_, { evaluate: wrong }) => {
    const harbour = Object.values(harbourCases).flat()
    const islands = Object.values(islandCases).flat()
    const misjudged = [
      ...harbour.filter((one) => String(inHarbour(wrong, one)) !== String(expected(one))),
      ...islands.filter((one) => String(onIslands(wrong, one)) !== String(expected(one))),
    ]
    expect(misjudged.map(({ says }) => says)).not.toEqual([])
  })
})
