/** Generated incidents with an operation less: what is told may become less, never something else. HCA_SEED repeats a run. */
import { expect, it } from 'vitest'
import { faultCodes, faults } from './faults.ts'
import { untold } from './untold.ts'

const seed = Number(process.env.HCA_SEED ?? Date.now() % 2 ** 31)

it.each(faultCodes)(`%s, without what it rests on (HCA_SEED=${seed})`, { timeout: 600_000 }, (code) => {
  const fault = faults[code]
  if (!fault) throw new Error(`no fault ${code}`)
  const blind = [1, 2, 3, 4, 5].flatMap((n) => untold(code, fault, { system: seed, incident: seed + n }))
  expect(blind.length).toBeGreaterThan(0)
  expect(blind.filter(({ wrong }) => wrong.length > 0)).toEqual([])
})
