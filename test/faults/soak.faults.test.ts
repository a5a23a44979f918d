/** `npm run test:faults`: docs/testing.md. */
import { beforeAll, describe, expect, it } from 'vitest'
import { SURELY } from './dice.ts'
import { figuresOf } from './figures.ts'
import { wrongDeadLetters, wrongIncidents, wrongObjects, wrongStates, wrongTellings } from './laws.ts'
import { type Life, livesOf } from './lives.ts'
import { captureReasons } from './logs.ts'
import { type Outcome, soak } from './soak.ts'
import { DEDUPLICATION } from './told.ts'

const events = Number(process.env.HCA_FAULT_EVENTS ?? 10_000)
const seed = Number(process.env.HCA_SEED ?? Date.now() % 2 ** 31)

const reasons = captureReasons()
let outcome: Outcome
let lives: readonly Life[]

beforeAll(async () => {
  outcome = await soak(events, seed)
  lives = await livesOf(outcome)
  process.stdout.write(`\nHCA_SEED=${seed} HCA_FAULT_EVENTS=${events}\n${figuresOf(outcome, lives)}\n`)
}, 600_000)

describe('the event side, while everything goes wrong', () => {
  it('never resolves what is not over, nor opens what is not there', () => {
    expect(outcome.witness.wrong).toEqual([])
  })

  it('is done in the end: nothing waits any more', () => {
    expect(outcome.isQuiet).toBe(true)
  })

  it('has a finding for every incident, and none for what never was', () => {
    expect(wrongIncidents(outcome, lives)).toEqual([])
  })

  it('has open what is the matter now, and everything else resolved', () => {
    expect(wrongStates(outcome, lives)).toEqual([])
  })

  it('has every open finding whole, and keeps no object that nobody needs', () => {
    expect(wrongObjects(outcome, lives)).toEqual([])
    expect(lives.filter(({ record }) => record.whole).length).toBeGreaterThan(0)
  })

  it('told each opening and each end once per channel', () => {
    expect(wrongTellings(outcome, lives)).toEqual([])
  })

  it('told again only where a run died, or heard no answer, between publishing and settling', () => {
    const others = outcome.audience.repeated.filter(
      ({ gap }) => gap !== 'died before settling' && gap !== 'answer lost',
    )
    expect(others).toEqual([])
  })

  it('told nothing twice to a channel that refuses duplicates, for as long as it does', () => {
    const early = outcome.audience.repeated.filter(({ after }) => after < DEDUPLICATION)
    expect(early.filter(({ told }) => told.channel === 'sns')).toEqual([])
  })

  it('has in the dead-letter queues what was poison, each with its reason, and nothing else', () => {
    expect(wrongDeadLetters(outcome, reasons)).toEqual([])
  })

  it('was put to the test: processes died before and after every step', () => {
    const { tally, taken } = outcome.dice
    const steps = [...taken].flatMap(([step, count]) => (count >= SURELY ? [step] : []))
    const spared = steps.filter(
      (step) => !tally.get(step)?.has('dies before') || !tally.get(step)?.has('dies after'),
    )
    expect(steps.length).toBeGreaterThan(20)
    expect(spared).toEqual([])
    expect(outcome.deaths).toBeGreaterThan(events / 40)
  })
})
