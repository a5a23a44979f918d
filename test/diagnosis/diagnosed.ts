/** Diagnoses one subject of a world, so that a test sees ruled-out and unknown causes without a finding, too. */
import { type Diagnosis, diagnose } from '../../shared/diagnosis/diagnose.ts'
import { incidentsOf } from '../../shared/diagnosis/facts/index.ts'
import type { RankedCause } from '../../shared/diagnosis/ranking.ts'
import { compileNetwork } from '../../shared/network/network.ts'
import { everything, type Selection } from '../../shared/selection.ts'
import { parseSnapshot } from '../../shared/snapshot/parse.ts'
import { jsonOf, type SnapshotJson, theOne, type World } from '../fixtures/index.ts'

/** @param subject ARN of a target group, load balancer, service or task */
export function diagnosed(of: World | SnapshotJson, subject: string): Diagnosis {
  const json = 'scopes' in of ? of : jsonOf(of)
  const network = compileNetwork(parseSnapshot(json))
  const incidents = incidentsOf(
    network,
    subject.includes(':loadbalancer/') ? everything : selectionOf(subject),
  )
  return diagnose(theOne(incidents, (incident) => incident.subject.arn === subject, `incident of ${subject}`))
}

function selectionOf(subject: string): Selection {
  if (subject.includes(':task/')) return { ...everything, tasks: [subject] }
  if (subject.includes(':service/')) return { ...everything, services: [subject] }
  return { ...everything, targetGroups: [subject] }
}

export const codes = ({ causes }: Diagnosis): readonly string[] => causes.map(({ code }) => code)

export const causeOf = (diagnosis: Diagnosis, code: string): RankedCause =>
  theOne(
    diagnosis.causes,
    (cause) => cause.code === code,
    `${code} among ${codes(diagnosis).join() || 'none'}`,
  )

/** Why a cause was ruled out. */
export const reasonAgainst = ({ ruledOut }: Diagnosis, code: string): string =>
  theOne(ruledOut, (item) => item.code === code, `${code} ruled out`).because

/** Operations without which a cause could not be decided. */
export const missingFor = ({ unknown }: Diagnosis, code: string): readonly string[] =>
  unknown.filter((item) => item.code === code).map(({ missing }) => missing)

export const observed = ({ evidence }: RankedCause, field: string): unknown =>
  theOne(evidence, (item) => item.field === field, `evidence of ${field}`).observed
