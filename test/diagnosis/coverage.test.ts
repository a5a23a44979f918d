/** Every cause has a test that yields it, one for what looks alike and is not, and one without the data it needs. */
import { afterAll, describe, expect, it } from 'vitest'
import { catalogue } from '../../shared/diagnosis/catalogue/index.ts'
import type { CauseCode } from '../../shared/diagnosis/causes.ts'
import { table } from '../incidents/matrix.ts'
import { type Kind, ruleTests } from './titles.ts'

const tests = ruleTests()
const count = (code: CauseCode, kind: Kind) =>
  tests.filter((test) => test.code === code && test.kind === kind).length

/** What no rule decides. */
const withoutRule: readonly CauseCode[] = ['undetermined']

const judged = catalogue.filter(({ code }) => !withoutRule.includes(code))

describe('the tests of the rules', () => {
  it.each(judged)('$code is shown where it is the cause', ({ code }) => {
    expect(count(code, 'root')).toBeGreaterThan(0)
  })

  it.each(judged)('$code is shown where it is not, once for each trap that the catalogue tells', (cause) => {
    expect(cause.traps.length).toBeGreaterThan(0)
    expect(count(cause.code, 'trap')).toBeGreaterThanOrEqual(cause.traps.length)
  })

  it.each(judged)('$code is shown where data is missing', ({ code }) => {
    expect(count(code, 'unknown')).toBeGreaterThan(0)
  })
})

afterAll(() => {
  const kinds = ['root', 'trap', 'unknown'] as const
  const rows = judged.map(({ code, traps }) => [
    code,
    ...kinds.map((kind) => String(count(code, kind))),
    String(traps.length),
  ])
  const header = ['cause', 'is', 'is not', 'unknown', 'traps told']
  console.log(`tests by cause:\n${table([header, ...rows])}`)
})
