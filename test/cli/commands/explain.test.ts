import { expect, test } from 'vitest'
import { tallyExitCode } from '../../../cli/commands/explain.ts'
import type { Verdict } from '../../../shared/reachability/result.ts'

const cases: readonly { verdicts: readonly Verdict[]; bad: number; code: number }[] = [
  { verdicts: [], bad: 0, code: 0 },
  { verdicts: ['reachable'], bad: 0, code: 0 },
  { verdicts: ['reachable', 'partial'], bad: 0, code: 1 },
  { verdicts: ['blocked', 'reachable'], bad: 0, code: 1 },
  { verdicts: ['blocked', 'unknown'], bad: 0, code: 3 },
  { verdicts: ['reachable', 'unknown'], bad: 1, code: 2 },
]

test.each(cases)('$verdicts with $bad bad lines ends with $code', ({ verdicts, bad, code }) => {
  expect(tallyExitCode({ total: 9, bad, firstBad: 1, verdicts: new Set(verdicts) })).toBe(code)
})
