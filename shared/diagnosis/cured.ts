/** Whether a patched network ends a cause: the same incident, diagnosed again, comes out clean. */
import type { Network } from '../network/network.ts'
import { type CauseClass, type CauseCode, causeClasses } from './causes.ts'
import { diagnose } from './diagnose.ts'
import { groupIncidentsBehind } from './facts/incidents.ts'
import { incidentOfSubject } from './facts/index.ts'
import type { Incident } from './incident.ts'
import { isSymptom, type RankedCause } from './ranking.ts'

/** What configuration decides. Stopped tasks and answers are past, and stay in the snapshot after any change. */
const configuration: readonly CauseClass[] = ['registration', 'path', 'port', 'protocol', 'start', 'upstream']

/** A code may stand for a cause and for a blind spot: its class says which of them must be gone. */
type Root = Pick<RankedCause, 'code' | 'class'>

export function isCured(incident: Incident, root: Root, patched: Network): boolean {
  const again = incidentOfSubject(patched, incident.subject)
  if (!again) return false
  const { causes: found, unknown } = diagnose(again, concerning(root))
  const remaining = found.filter(
    ({ code, class: causeClass, confidence }) =>
      code === root.code ||
      (confidence !== 'possible' && configuration.includes(causeClass) && !follows(code, root)),
  )
  return remaining.length === 0 && !unknown.some((item) => hides(root, item.class)) && spares(again, root)
}

/** What ends a blind spot of a load balancer, such as one more node, must not shut the way to its targets. */
const spares = (again: Incident, root: Root): boolean =>
  root.class !== 'blind-spot' ||
  again.balancer === undefined ||
  groupIncidentsBehind(again.network, again.scope, again.balancer).every((one) => {
    const { causes: found, unknown } = diagnose(one, ['path'])
    return found.length + unknown.length === 0
  })

/** That nothing else is left to blame shows causes beyond configuration; for the others what cannot count is not asked. */
const concerning = (root: Root): readonly CauseClass[] =>
  root.class === 'runtime' ? causeClasses : [...configuration, 'undetermined', root.class]

/** Targets are registered once tasks start, which is after the cure; registration itself is no such cure. */
const follows = (code: CauseCode, root: Root): boolean => isSymptom(code) && root.class !== 'registration'

/** What is not known leaves a cure unproven where it hides the path or what the root cause was about. */
const hides = (root: Root, unknown: CauseClass): boolean =>
  ['undetermined', 'path', root.class].includes(unknown)
