/** What the audit finds, without the cures, whose trial takes longer than the diagnosis. */
import { conclude, namedIn } from '../../shared/diagnosis/conclusion.ts'
import { diagnose } from '../../shared/diagnosis/diagnose.ts'
import { incidentsOf } from '../../shared/diagnosis/facts/index.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import { findingOf } from '../../shared/findings/from-diagnosis.ts'
import { toldTwice } from '../../shared/findings/told-twice.ts'
import { compileNetwork } from '../../shared/network/network.ts'
import { everything } from '../../shared/selection.ts'
import type { Snapshot } from '../../shared/snapshot/types.ts'

/** Every diagnosis, also where nothing is found. */
export const judged = (snapshot: Snapshot) =>
  incidentsOf(compileNetwork(snapshot), everything).map((incident) => {
    const diagnosis = diagnose(incident)
    const conclusion = conclude(incident, diagnosis)
    const finding = conclusion.kind === 'clean' ? undefined : findingOf(incident, diagnosis, conclusion, [])
    return { incident, diagnosis, finding, causes: namedIn(conclusion) }
  })

export function told(snapshot: Snapshot): readonly Finding[] {
  const audits = judged(snapshot)
  return audits.filter((one) => !toldTwice(one, audits)).flatMap(({ finding }) => finding ?? [])
}
