import { expect, test } from 'vitest'
import { auditExitCode } from '../../../cli/commands/audit.ts'
import { closedDoorFinding, coldOvenFinding, undecidedFinding } from '../../fixtures/answers/bakery.ts'

const info = { ...coldOvenFinding, severity: 'info' } as const

test.each([
  { what: 'nothing', findings: [], code: 0 },
  { what: 'only low and info', findings: [coldOvenFinding, info], code: 0 },
  { what: 'a cause of severity high', findings: [coldOvenFinding, closedDoorFinding], code: 1 },
  { what: 'one that could not be decided', findings: [coldOvenFinding, undecidedFinding], code: 3 },
  { what: 'one decided and one not', findings: [undecidedFinding, closedDoorFinding], code: 1 },
  {
    what: 'one not decided, of low severity',
    findings: [{ ...undecidedFinding, severity: 'low' as const }],
    code: 3,
  },
  {
    what: 'a start that failed once and that nothing explains',
    findings: [{ ...undecidedFinding, severity: 'info' as const, unknown: [] }],
    code: 0,
  },
])('an audit that finds $what ends with $code', ({ findings, code }) => {
  expect(auditExitCode({ findings, audited: [] })).toBe(code)
})
