/** Rules of blind spots whose code is a cause's as well: what fails nothing yet, and will fail as that cause does. */
import type { CauseCode } from './causes.ts'
import type { Incident } from './incident.ts'
import type { CauseRule, Judgement } from './judgement.ts'
import { isFailing } from './reasons.ts'

/**
 * Nothing is ruled out: that would speak of the cause. While something fails, neither is it said what is missing: the
 * cause's own rule answers for the code then.
 */
export const blindSpotOf = (
  code: CauseCode,
  judge: (incident: Incident) => readonly Judgement[],
): CauseRule => ({
  code,
  class: 'blind-spot',
  judge: (incident) => {
    const found = judge(incident)
    const quiet = fails(incident)
    return found.filter(({ kind }) => kind === 'present' || (kind === 'unknown' && !quiet))
  },
})

const fails = ({ group }: Incident): boolean =>
  group?.targets.known === true && group.targets.value.some(isFailing)
