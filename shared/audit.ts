/** snapshot -> network -> diagnosis -> remediation -> findings: the product's table of contents. */
import { type Conclusion, conclude, namedIn } from './diagnosis/conclusion.ts'
import { isCured } from './diagnosis/cured.ts'
import { type Diagnosis, diagnose } from './diagnosis/diagnose.ts'
import { apartWhereIdsCollide } from './diagnosis/facts/apart.ts'
import { gapsOf } from './diagnosis/facts/gaps.ts'
import { incidentsOf } from './diagnosis/facts/index.ts'
import type { Incident } from './diagnosis/incident.ts'
import { pathObjectsIn } from './diagnosis/path-objects.ts'
import type { RankedCause } from './diagnosis/ranking.ts'
import type { AuditedSubject, AuditResult, Finding, Subject } from './findings/finding.ts'
import { findingOf, findingOfGap } from './findings/from-diagnosis.ts'
import { toldTwice } from './findings/told-twice.ts'
import { compileNetwork } from './network/network.ts'
import { remediate } from './remediation/remedy.ts'
import { everything, type Selection } from './selection.ts'
import type { Snapshot } from './snapshot/types.ts'

/**
 * Pure: no clock, no SDK.
 * @throws InputError when the selection names something that certainly is not there
 */
export function audit(snapshot: Snapshot, selection: Selection): AuditResult {
  const network = compileNetwork(snapshot)
  const audits = apartWhereIdsCollide(snapshot, incidentsOf(network, selection)).map(auditIncident)
  const findings = audits.filter((one) => !toldTwice(one, audits)).flatMap(({ finding }) => finding ?? [])
  const gaps = gapsOf(network, selection)
  return {
    findings: [...findings, ...gaps.map(findingOfGap)],
    audited: [
      ...audits.map(({ audited }) => audited),
      ...gaps.map(({ subject }) => ({ subject, decided: false })),
    ],
  }
}

interface IncidentAudit {
  readonly incident: Incident
  readonly audited: AuditedSubject
  readonly finding: Finding | undefined
  readonly causes: readonly RankedCause[]
}

function auditIncident(incident: Incident): IncidentAudit {
  const diagnosis = diagnose(incident)
  const conclusion = conclude(incident, diagnosis)
  const audited = {
    subject: incident.subject,
    decided: conclusion.kind !== 'undetermined',
    ...notRuledOut(diagnosis, conclusion),
  }
  if (conclusion.kind === 'clean') return { incident, audited, finding: undefined, causes: [] }
  const remediation =
    conclusion.kind === 'caused'
      ? remediate(incident, diagnosis, (patched) => isCured(incident, conclusion.root, patched))
      : []
  return {
    incident,
    audited,
    finding: findingOf(incident, diagnosis, conclusion, remediation),
    causes: namedIn(conclusion),
  }
}

/** What is not known; and what was seen, but not named while what is missing could show something else. */
function notRuledOut(
  { unknown, causes }: Diagnosis,
  { kind }: Conclusion,
): Pick<AuditedSubject, 'notRuledOut'> {
  const codes = [...unknown, ...(kind === 'clean' ? causes : [])].map(({ code }) => code)
  return codes.length === 0 ? {} : { notRuledOut: [...new Set(codes)] }
}

/** What the selected subjects, and what is audited with them, rest on: see `diagnosis/path-objects.ts`. */
export function objectsOf(snapshot: Snapshot, selection: Selection): readonly string[] {
  const network = compileNetwork(snapshot)
  return united(incidentsOf(network, selection).map(pathObjectsIn(network)))
}

export interface RestingSubject {
  readonly subject: Subject
  readonly objects: readonly string[]
}

/** What each target group (with its load balancers) and each service of a whole Region rests on. */
export function objectsOfAll(snapshot: Snapshot): readonly RestingSubject[] {
  const network = compileNetwork(snapshot)
  const tell = pathObjectsIn(network)
  const told = incidentsOf(network, everything).map((incident) => ({ incident, objects: tell(incident) }))
  const byArn = new Map(told.map(({ incident, objects }) => [incident.subject.arn, objects]))
  return told
    .filter(({ incident: { subject } }) => ['target-group', 'ecs-service'].includes(subject.kind))
    .map(({ incident: { subject, group }, objects }) => {
      const balancers = group?.loadBalancers.known ? group.loadBalancers.value : []
      const behind = balancers.map(({ LoadBalancerArn }) => byArn.get(LoadBalancerArn) ?? [])
      return { subject, objects: united([objects, ...behind]) }
    })
}

const united = (lists: readonly (readonly string[])[]): readonly string[] => [...new Set(lists.flat())].sort()
