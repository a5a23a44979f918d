/** Whether a patched network ends a cause: the same incident, diagnosed again, comes out clean. */
import type { Network } from '../network/network.ts'
import { type CauseClass, type CauseCode, causeClasses, causes } from './causes.ts'
import { diagnose } from './diagnose.ts'
import { incidentOfSubject } from './facts/index.ts'
import type { Incident } from './incident.ts'
import { isSymptom } from './ranking.ts'

/** What configuration decides. Stopped tasks and answers are past, and stay in the snapshot after any change. */
const configuration: readonly CauseClass[] = ['registration', 'path', 'port', 'protocol', 'start', 'upstream']

export function isCured(incident: Incident, root: CauseCode, patched: Network): boolean {
  const again = incidentOfSubject(patched, incident.subject)
  if (!again) return false
  const { causes: found, unknown } = diagnose(again, concerning(root))
  const remaining = found.filter(
    ({ code, class: causeClass, confidence }) =>
      code === root ||
      (confidence !== 'possible' && configuration.includes(causeClass) && !follows(code, root)),
  )
  return remaining.length === 0 && !unknown.some(({ code }) => hides(root, classOf(code as CauseCode)))
}

/** That nothing else is left to blame shows causes beyond configuration; for the others what cannot count is not asked. */
const concerning = (root: CauseCode): readonly CauseClass[] =>
  classOf(root) === 'runtime' ? causeClasses : [...configuration, 'undetermined', classOf(root)]

/** Targets are registered once tasks start, which is after the cure; registration itself is no such cure. */
const follows = (code: CauseCode, root: CauseCode): boolean =>
  isSymptom(code) && classOf(root) !== 'registration'

/** What is not known leaves a cure unproven where it hides the path or what the root cause was about. */
const hides = (root: CauseCode, unknown: CauseClass): boolean =>
  ['undetermined', 'path', classOf(root)].includes(unknown)

const classOf = (code: CauseCode): CauseClass => causes[code].class
