/** What is called verified for a generated incident is a cure, and breaks nothing else. HCA_SEED repeats a run. */
import { afterAll, expect, it } from 'vitest'
import { type Cure, curesOf } from './cures.ts'
import { faultCodes, faults } from './faults.ts'
import { table } from './matrix.ts'

const seed = Number(process.env.HCA_SEED ?? Date.now() % 2 ** 31)
const all = new Map<string, readonly Cure[]>()

it.each(faultCodes)(`%s (HCA_SEED=${seed})`, { timeout: 600_000 }, (code) => {
  const fault = faults[code]
  if (!fault) throw new Error(`no fault ${code}`)
  const cures = [1, 2, 3].flatMap((n) => curesOf(fault, { system: seed, incident: seed + n }))
  all.set(code, cures)
  expect(cures.filter(({ verified, remaining }) => verified && remaining.length > 0)).toEqual([])
})

it('most causes that configuration decides have a verified cure', () => {
  const cured = [...all].filter(([, cures]) => cures.some(({ verified }) => verified))
  expect(cured.length).toBeGreaterThan(25)
})

afterAll(() => {
  const rows = [...all].map(([code, cures]) => [
    code,
    String(cures.length),
    String(cures.filter(({ verified }) => verified).length),
  ])
  console.log(`cures by cause:\n${table([['cause', 'proposed', 'verified'], ...rows])}`)
})
