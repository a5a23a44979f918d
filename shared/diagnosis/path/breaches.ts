/** Blockers of all health-check paths, those of one component and layer told once. */
import { remembered } from '../../network/remembered.ts'
import type { Blocker, MissingKnowledge } from '../../reachability/result.ts'
import type { Probe, TargetFacts } from '../incident.ts'

export interface BrokenPath {
  readonly target: TargetFacts
  readonly probe: Probe
  readonly blocker: Blocker
}

/** One broken place, and every path that meets it. */
export interface Breach {
  readonly blocker: Blocker
  readonly paths: readonly [BrokenPath, ...BrokenPath[]]
}

/** In the order in which a packet meets them, so that the first breach is the first thing to mend. */
export const breachesOf = remembered((suspects: readonly TargetFacts[]): readonly Breach[] => {
  const groups = new Map<string, [BrokenPath, ...BrokenPath[]]>()
  for (const target of suspects) {
    for (const probe of concerning(target)) {
      for (const blocker of probe.explanation.blockers) {
        const { leg, direction, component, awsExplanationCode } = blocker
        const key = [leg, direction, component.type, component.id, awsExplanationCode].join()
        const paths = groups.get(key)
        if (paths) paths.push({ target, probe, blocker })
        else groups.set(key, [{ target, probe, blocker }])
      }
    }
  }
  return [...groups.values()].map((paths) => ({ blocker: paths[0].blocker, paths }))
})

/** That a node which sends a healthy target nothing could not reach it is nobody's trouble. */
const concerning = ({ probes, state }: TargetFacts): readonly Probe[] =>
  probes.known ? probes.value.filter(({ serving }) => mayServe(serving) || state !== 'healthy') : []

const mayServe = (serving: Probe['serving']): boolean => !serving.known || serving.value

/** Why it is not known whether the nodes of a breach send their targets anything; nothing where one does. */
export function servingUnknown({ paths }: Breach): readonly MissingKnowledge[] {
  const all = paths.map(({ probe }) => probe.serving)
  if (all.some((serving) => serving.known && serving.value)) return []
  return all.flatMap((serving) => (serving.known ? [] : [serving.missing])).slice(0, 1)
}

/** What the paths of the suspects depend on and AWS has not told. */
export const missingOnPaths = remembered((suspects: readonly TargetFacts[]): readonly MissingKnowledge[] => {
  const missing = suspects.flatMap(({ probes }) =>
    probes.known ? probes.value.flatMap(({ explanation }) => explanation.unknown) : [probes.missing],
  )
  return [...new Map(missing.map((item) => [`${item.missing} ${item.because}`, item])).values()]
})

export const targetsOf = ({ paths }: Breach): readonly TargetFacts[] => [
  ...new Set(paths.map(({ target }) => target)),
]

/** Some headers pass, or some zones or targets do. */
export function isPartial(breach: Breach, suspects: readonly TargetFacts[]): boolean {
  const all = suspects.flatMap(({ probes }) => (probes.known ? probes.value : []))
  return (
    breach.paths.length < all.length ||
    breach.paths.every(({ probe }) => probe.explanation.verdict === 'partial')
  )
}
