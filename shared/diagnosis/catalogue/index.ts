/** The catalogue of root causes, for people. The compiler holds it complete. */
import { type CauseClass, type CauseCode, causes } from '../causes.ts'
import type { About } from './about.ts'
import { beyond } from './beyond.ts'
import { calls } from './calls.ts'
import { ecs } from './ecs.ts'
import { edge } from './edge.ts'
import { healthCheck } from './health-check.ts'
import { network } from './network.ts'
import { startPaths } from './start-paths.ts'
import { starts } from './starts.ts'
import { targets } from './targets.ts'

const abouts: Readonly<Record<CauseCode, About>> = {
  ...network,
  ...healthCheck,
  ...targets,
  ...ecs,
  ...edge,
  ...startPaths,
  ...starts,
  ...calls,
  ...beyond,
}

export interface CatalogueEntry extends About {
  readonly code: CauseCode
  readonly title: string
  readonly severity: (typeof causes)[CauseCode]['severity']
  readonly class: CauseClass
}

const entryOf = (code: CauseCode): CatalogueEntry => ({ code, ...causes[code], ...abouts[code] })

/** In the order of the contract: by group, then by code. */
export const catalogue: readonly CatalogueEntry[] = Object.keys(causes)
  .map((code) => entryOf(code as CauseCode))
  .sort((one, other) => one.code.localeCompare(other.code))
