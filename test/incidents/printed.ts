/** Every step that a cure is printed with: one change of every kind, and one incident for each generated fault. */
import { audit } from '../../shared/audit.ts'
import type { RemediationStep } from '../../shared/findings/finding.ts'
import { everything } from '../../shared/selection.ts'
import * as aws from '../fixtures/index.ts'
import { everyCase, stepFor } from '../remediation/cases.ts'
import { faultCodes, faults } from './faults.ts'
import { struckSystem } from './incident.ts'

/** By what they stem from. */
export function printedSteps(): ReadonlyMap<string, RemediationStep> {
  const steps = new Map<string, RemediationStep>(
    everyCase.map(([kind, example]) => [String(kind), stepFor(example)]),
  )
  for (const code of faultCodes) {
    const fault = faults[code]
    if (!fault) continue
    const { world } = struckSystem(fault, { system: 7, incident: 7 })
    audit(aws.snapshotOf(world), everything)
      .findings.flatMap(({ remediation }) => remediation.flatMap((cure) => cure.steps))
      .forEach((step, index) => {
        steps.set(`${code}-${index}`, step)
      })
  }
  return steps
}
