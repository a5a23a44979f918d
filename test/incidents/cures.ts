/** Cures that are called verified, held against a second audit: of all of the patched snapshot, compiled anew. */
import type { CauseClass } from '../../shared/diagnosis/causes.ts'
import { isCured } from '../../shared/diagnosis/cured.ts'
import { isSymptom } from '../../shared/diagnosis/ranking.ts'
import type { Network } from '../../shared/network/network.ts'
import { remediate } from '../../shared/remediation/remedy.ts'
import type { Snapshot } from '../../shared/snapshot/types.ts'
import * as aws from '../fixtures/index.ts'
import type { Fault } from './faults/fault.ts'
import { type Seeds, struckSystem } from './incident.ts'
import { judged } from './told.ts'

export interface Cure {
  readonly title: string
  readonly verified: boolean
  /** Of a verified one: what is still told of the same subject, and what is told since of anybody. */
  readonly remaining: readonly string[]
}

/** What no change of configuration takes back: stopped tasks, answers and states of targets stay in a snapshot. */
const PAST: readonly CauseClass[] = ['response', 'lifecycle', 'application', 'runtime', 'undetermined']

/** The root causes that configuration decides, by their subjects. */
const roots = (snapshot: Snapshot): ReadonlySet<string> =>
  new Set(
    judged(snapshot).flatMap(({ incident, diagnosis: { causes }, finding }) => {
      const [root] = causes
      const isPast = !root || PAST.includes(root.class) || isSymptom(root.code)
      return finding && !isPast ? [`${root.code} of ${incident.subject.name}`] : []
    }),
  )

export function curesOf(fault: Fault, seeds: Seeds): readonly Cure[] {
  const { world, struck, name } = struckSystem(fault, seeds)
  const snapshot = aws.snapshotOf(world)
  const before = roots(snapshot)
  return judged(snapshot)
    .filter(({ incident, finding }) => finding && struck.includes(incident.subject.arn))
    .flatMap(({ incident, diagnosis }) => {
      const [root] = diagnosis.causes
      if (!root) return []
      const patched: Network[] = []
      const cures = remediate(incident, diagnosis, (network) => {
        const cured = isCured(incident, root, network)
        if (cured) patched.push(network)
        return cured
      })
      const own = `${root.code} of ${incident.subject.name}`
      const remaining = patched.flatMap((network) =>
        [...roots(network.snapshot)].filter((told) => told === own || !before.has(told)),
      )
      return cures.map(({ title, verified }) => ({ title: `${name}: ${title}`, verified, remaining }))
    })
}
