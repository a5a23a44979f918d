/**
 * Each fault in systems of many kinds: what is told must be the fault, of nobody but whom it strikes, and nothing at
 * all before. HCA_SEED repeats a run, HCA_INCIDENTS makes it longer or shorter.
 */
import { afterAll, describe, expect, it } from 'vitest'
import { type CauseCode, causes } from '../../shared/diagnosis/causes.ts'
import { alike, faultCodes, faults, withoutFault } from './faults.ts'
import { foundInHealthy, incident, isRight, type Outcome, type Plan } from './incident.ts'
import { matrixOf } from './matrix.ts'

const seed = Number(process.env.HCA_SEED ?? Date.now() % 2 ** 31)
const INCIDENTS = Number(process.env.HCA_INCIDENTS ?? 1000)
const each = Math.ceil(INCIDENTS / faultCodes.length)
const options = { timeout: 600_000 } as const

const outcomes: Outcome[] = []

it('there is a fault for every cause, or a reason why there is none', () => {
  const codes = Object.keys(causes) as readonly CauseCode[]
  expect(codes.filter((code) => !faults[code] && !withoutFault[code])).toEqual([])
  expect(faultCodes.filter((code) => withoutFault[code])).toEqual([])
})

describe(`${each} times (HCA_SEED=${seed})`, () => {
  it.each(faultCodes)('%s is what is told', options, (code) => {
    const fault = faults[code]
    if (!fault) throw new Error(`no fault ${code}`)
    const struck = Array.from({ length: each }, (_, n) =>
      incident(code, fault, { system: seed, incident: seed + faultCodes.indexOf(code) * each + n }),
    )
    outcomes.push(...struck)
    const wrong = struck.filter((outcome) => !isRight(outcome))
    expect(wrong.map(({ name, told, bystanders }) => ({ name, told, bystanders }))).toEqual([])
  })

  it('the same systems without a fault have no finding', options, () => {
    const plans = new Map(outcomes.map(({ plan }): [string, Plan] => [JSON.stringify(plan), plan]))
    expect(plans.size).toBeGreaterThan(100)
    expect([...plans.values()].flatMap((plan) => foundInHealthy(plan, seed))).toEqual([])
  })

  it.each(Object.keys(alike) as readonly CauseCode[])('%s is told by its own name, too', (code) => {
    const own = outcomes.filter(({ injected }) => injected === code)
    expect(own.filter(({ told }) => told.includes(code))).not.toEqual([])
  })
})

afterAll(() => {
  console.log(`${outcomes.length} incidents, by what was injected and what was told:\n${matrixOf(outcomes)}`)
})
