/**
 * AWS's explanation codes (https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html): the smallest
 * network for each that the engine yields. docs/engine.md says why it yields the others under another code or not.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compileSnapshot, explainQuery } from '../../shared/explain.ts'
import { parseSnapshot } from '../../shared/snapshot/parse.ts'
import * as aws from '../fixtures/index.ts'
import { gatewayCases } from './codes/gateways.ts'
import { CODES } from './codes/list.ts'
import { subnetCases } from './codes/subnets.ts'
import { transitCases } from './codes/transit.ts'

const cases = [...subnetCases, ...gatewayCases, ...transitCases]

describe('an explanation code of AWS', () => {
  it.each(cases)('$code: $says', ({ code, ask }) => {
    const world = aws.newWorld()
    const query = ask(world)
    const { verdict, blockers } = explainQuery(compileSnapshot(parseSnapshot(aws.snapshotOf(world))), query)
    expect(blockers.map(({ awsExplanationCode }) => awsExplanationCode)).toContain(code)
    expect(verdict).toBe('blocked')
  })

  const documented = readFileSync(new URL('../../docs/engine.md', import.meta.url), 'utf8')
  const outOfScope = new Set([...documented.matchAll(/^\| `([A-Z0-9_]+)` \|/gm)].map(([, code]) => code))
  // Those of load balancers are tested beside the code that yields them.
  const folder = new URL('../load-balancing/', import.meta.url)
  const beside = readdirSync(folder).flatMap((name) => {
    const text = readFileSync(new URL(name, folder), 'utf8')
    return [...text.matchAll(/'(ELB[A-Z0-9_]+|TARGET_[A-Z_]+)'/g)].map(([, code]) => code)
  })
  const tested = new Set([...cases.map(({ code }) => code), ...beside])

  it.each(CODES)('%s is tested here, or docs/engine.md says why not', (code) => {
    expect([tested.has(code), outOfScope.has(code)].filter(Boolean)).toHaveLength(1)
  })

  it('docs/engine.md speaks of no code that AWS does not have', () => {
    expect([...outOfScope].filter((code) => !CODES.includes(code ?? ''))).toEqual([])
  })
})
