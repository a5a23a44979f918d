/** From ranked causes to one conclusion: the root cause, "cannot be told", or nothing wrong. */
import type { CauseClass } from './causes.ts'
import type { Diagnosis } from './diagnose.ts'
import { mayBeTasks } from './ecs/involved.ts'
import type { Incident, TargetFacts } from './incident.ts'
import { isSymptom, type RankedCause } from './ranking.ts'
import { isFailing } from './reasons.ts'

export type Conclusion =
  | { readonly kind: 'clean' }
  | { readonly kind: 'caused'; readonly root: RankedCause; readonly others: readonly RankedCause[] }
  /** Something fails, and what is missing could change what is to blame. */
  | { readonly kind: 'undetermined'; readonly failing: boolean; readonly others: readonly RankedCause[] }

/** The root cause first, where there is one to name. */
export function namedIn(conclusion: Conclusion): readonly RankedCause[] {
  if (conclusion.kind === 'clean') return []
  return conclusion.kind === 'caused' ? [conclusion.root, ...conclusion.others] : conclusion.others
}

export function conclude(incident: Incident, diagnosis: Diagnosis): Conclusion {
  const [root, ...others] = diagnosis.causes
  const failing = isSubjectFailing(incident) && !isAtRest(incident, diagnosis)
  if (root && !isDoubtful(root, incident, diagnosis, failing)) return { kind: 'caused', root, others }
  if (failing || hidesHealth(diagnosis) || diagnosis.unexplained.length > 0)
    return { kind: 'undetermined', failing, others: diagnosis.causes }
  return { kind: 'clean' }
}

/** The idle colour of a blue-green deployment: its targets are not in use, and nothing is wrong with that. */
function isAtRest({ group }: Incident, { ruledOut }: Diagnosis): boolean {
  const unused = failingTargets(group).every(({ reason }) => reason === 'Target.NotInUse')
  return group !== undefined && unused && ruledOut.some(({ code }) => code === 'tg.unused-no-listener')
}

const aside: readonly CauseClass[] = ['blind-spot', 'upstream']
const decisive: readonly CauseClass[] = ['path', 'port', 'protocol', 'registration', 'undetermined']

/** A cause that is not proven may not be named while what is missing could show another one. */
function isDoubtful(
  root: RankedCause,
  incident: Incident,
  { unknown, unexplained }: Diagnosis,
  failing: boolean,
): boolean {
  if (aside.includes(root.class)) return failing
  // It may be why tasks fail, if nothing else can be.
  if (failing && root.class === 'calls') return unknown.length + unexplained.length > 0
  // That nothing is registered is seen, whatever keeps tasks from it.
  if (root.confidence === 'proven' || isSymptom(root.code)) return false
  if (root.seen && !failing) return false
  const rivals = unknown
    .filter(({ missing }) => !missing.startsWith('ecs:') || mayBeTasks(incident))
    .map((item) => item.class)
    .filter((item) => !aside.includes(item))
  return root.confidence === 'possible' ? rivals.length > 0 : rivals.some((item) => decisive.includes(item))
}

/** Whether targets are unhealthy is itself not known. */
const hidesHealth = ({ unknown }: Diagnosis): boolean => unknown.some(({ code }) => code === 'undetermined')

function isSubjectFailing({ group, services, subject }: Incident): boolean {
  if (subject.kind === 'target-group') return failingTargets(group).length > 0
  const list = services.known ? services.value : []
  return list.some(({ service }) => (service.runningCount ?? 0) < (service.desiredCount ?? 0))
}

export const failingTargets = (group: Incident['group']): readonly TargetFacts[] =>
  (group?.targets.known ? group.targets.value : []).filter(isFailing)
