/** The faults, by the cause that must be told. */
import { type CauseCode, causes } from '../../shared/diagnosis/causes.ts'
import { answers } from './faults/answers.ts'
import { beyond } from './faults/beyond.ts'
import { calls } from './faults/calls.ts'
import { edges } from './faults/edges.ts'
import type { Fault } from './faults/fault.ts'
import { needs } from './faults/needs.ts'
import { path } from './faults/path.ts'
import { registration } from './faults/registration.ts'
import { room } from './faults/room.ts'
import { routes } from './faults/routes.ts'
import { runtime } from './faults/runtime.ts'
import { starts } from './faults/starts.ts'

export const faults: Readonly<Partial<Record<CauseCode, Fault>>> = {
  ...path,
  ...routes,
  ...registration,
  ...answers,
  ...starts,
  ...room,
  ...needs,
  ...edges,
  ...runtime,
  ...calls,
  ...beyond,
}

/** Codes that no fault stands for. */
export const withoutFault: Readonly<Partial<Record<CauseCode, string>>> = {
  undetermined: 'is no fault of a system: what AWS did not tell makes it',
}

export const faultCodes = (Object.keys(causes) as readonly CauseCode[]).filter((code) => faults[code])

/** Faults that configuration does not tell from another. */
export const alike: Readonly<Partial<Record<CauseCode, readonly CauseCode[]>>> = {
  // An application that never answers and one that answers after the grace period are stopped at the same age.
  'app.not-answering': ['ecs.grace-period'],
}
