/** A diagnosis as the finding that people read (contract, `hca audit --output json`). */
import { causes } from '../diagnosis/causes.ts'
import { type Conclusion, failingTargets } from '../diagnosis/conclusion.ts'
import type { Diagnosis } from '../diagnosis/diagnose.ts'
import type { Gap } from '../diagnosis/facts/gaps.ts'
import type { Incident, TargetFacts } from '../diagnosis/incident.ts'
import type { Explanation } from '../reachability/result.ts'
import { causeOf, rootOf, undeterminedCause } from './cause-of.ts'
import type { Finding, FindingTarget, Remediation, Severity, UnknownCause } from './finding.ts'
import { findingId } from './identity.ts'

export type Reportable = Exclude<Conclusion, { readonly kind: 'clean' }>

export function findingOf(
  incident: Incident,
  diagnosis: Diagnosis,
  conclusion: Reportable,
  remediation: readonly Remediation[],
): Finding {
  const { subject } = incident
  const root =
    conclusion.kind === 'caused'
      ? rootOf(conclusion.root, subject, diagnosis)
      : undeterminedCause(subject, diagnosis)
  const affected = affectedTargets(incident, conclusion)
  return {
    id: findingId(subject, root.code, root.component),
    subject,
    targets: affected.map(targetOf),
    severity: severityOf(incident, conclusion),
    rootCause: root,
    otherCauses: conclusion.others.map(causeOf),
    ruledOut: diagnosis.ruledOut,
    unknown: unknownCauses(diagnosis),
    paths: distinctPaths(affected),
    remediation,
  }
}

/** One line for each operation that a code misses, whichever of its rules asked. */
const unknownCauses = ({ unknown }: Diagnosis): readonly UnknownCause[] => [
  ...new Map(
    unknown.map(({ code, missing, because }) => [`${code} ${missing}`, { code, missing, because }] as const),
  ).values(),
]

/** Whether it fails is itself not known: AWS did not list it. */
export function findingOfGap({ subject, missing: { missing, because } }: Gap): Finding {
  const unknown = [{ code: 'undetermined', missing, because }]
  const root = {
    ...undeterminedCause(subject, { unknown, unexplained: [] }),
    title: `Whether anything is wrong with ${subject.name} cannot be told: ${missing} not known`,
  }
  return {
    id: findingId(subject, root.code, root.component),
    subject,
    targets: [],
    severity: 'info',
    rootCause: root,
    otherCauses: [],
    ruledOut: [],
    unknown,
    paths: [],
    remediation: [],
  }
}

function affectedTargets({ group }: Incident, conclusion: Reportable): readonly TargetFacts[] {
  const failing = failingTargets(group)
  const explained = conclusion.kind === 'caused' ? conclusion.root.targets : []
  return [...new Set([...failing, ...explained])]
}

const targetOf = ({
  id,
  port,
  availabilityZone,
  state,
  reason,
  description,
}: TargetFacts): FindingTarget => ({
  id,
  ...(port !== undefined && { port }),
  ...(availabilityZone !== undefined && { availabilityZone }),
  state,
  ...(reason !== undefined && { reason }),
  ...(description !== undefined && { description }),
})

/** A whole outage is critical; what only threatens or concerns a part is less than the cause's own severity. */
function severityOf({ group }: Incident, conclusion: Reportable): Severity {
  if (conclusion.kind === 'undetermined') return conclusion.failing ? 'medium' : 'info'
  const { code, targets, class: causeClass } = conclusion.root
  // Whatever its code weighs where it fails something.
  if (causeClass === 'blind-spot') return 'low'
  const { severity } = causes[code]
  const failing = failingTargets(group).length
  const all = group?.targets.known ? group.targets.value.length : 0
  if (severity !== 'high') return severity
  if (failing > 0 && failing === all) return 'critical'
  return failing === 0 && targets.length > 0 ? 'medium' : severity
}

const SHOWN = 12

/** One path for each way in which it ends; the broken ones first. */
function distinctPaths(targets: readonly TargetFacts[]): readonly Explanation[] {
  const all = targets.flatMap(({ probes }) =>
    probes.known ? probes.value.map(({ explanation }) => explanation) : [],
  )
  const byEnding = new Map<string, Explanation>()
  for (const path of all) {
    const places = path.blockers.map(({ leg, direction, component, blocked }) => ({
      leg,
      direction,
      component,
      blocked,
    }))
    const key = JSON.stringify([path.verdict, places, path.unknown])
    if (!byEnding.has(key)) byEnding.set(key, path)
  }
  const endings = [...byEnding.values()]
  return endings.sort((a, b) => rank(a) - rank(b)).slice(0, SHOWN)
}

const rank = ({ verdict }: Explanation) => ['blocked', 'partial', 'unknown', 'reachable'].indexOf(verdict)
