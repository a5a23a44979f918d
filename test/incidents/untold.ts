/** The same incidents, with what AWS refused to tell. */
import type { CauseCode } from '../../shared/diagnosis/causes.ts'
import { keyedOperations, type Operation, unkeyedOperations } from '../../shared/snapshot/operations.ts'
import { parseSnapshot } from '../../shared/snapshot/parse.ts'
import * as aws from '../fixtures/index.ts'
import type { Fault } from './faults/fault.ts'
import { alike } from './faults.ts'
import { type Seeds, struckSystem } from './incident.ts'
import { judged, told } from './told.ts'

export interface Untold {
  /** Root causes that are told in the place of the fault. */
  readonly wrong: readonly string[]
  readonly name: string
}

const known = { ...unkeyedOperations, ...keyedOperations }
const isOperation = (text: string): text is Operation => Object.hasOwn(known, text)

/** Takes away, one at a time, each operation on which the cause rests. */
export function untold(code: CauseCode, fault: Fault, seeds: Seeds): readonly Untold[] {
  const { world, struck, name } = struckSystem(fault, seeds)
  const json = aws.jsonOf(world)
  const causes = judged(parseSnapshot(json))
    .filter(({ incident }) => struck.includes(incident.subject.arn))
    .flatMap(({ diagnosis }) => diagnosis.causes)
  const evidence = causes.filter((cause) => cause.code === code).flatMap((cause) => cause.evidence)
  // What was told beside it stays true.
  const beside = causes.filter(({ confidence }) => confidence !== 'possible').map((cause) => cause.code)
  const operations = [...new Set(evidence.map(({ operation }) => operation))].filter(isOperation)
  const right: readonly string[] = [...beside, code, ...fallbacks, ...(alike[code] ?? [])]
  return operations.map((operation) => {
    const findings = told(parseSnapshot(aws.withError(json, operation)))
    const own = findings.filter(({ subject }) => struck.includes(subject.arn))
    return {
      wrong: own.map(({ rootCause }) => rootCause.code).filter((root) => !right.includes(root)),
      name: `${code} without ${operation} (${seeds.incident}): ${name}`,
    }
  })
}

/** That nothing is registered stays true, whatever keeps the tasks from starting. */
const fallbacks: readonly CauseCode[] = ['undetermined', 'tg.no-targets']
