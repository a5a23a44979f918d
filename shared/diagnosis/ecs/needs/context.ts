import type { Finding } from './need.ts'
import type { Platform } from './platform.ts'
import type { StartedContainer, Starting } from './starting.ts'

export interface Context {
  readonly starting: Starting
  readonly platform: Platform
  /** Whose interface fetches what the task needs before it runs. */
  readonly from: 'task' | 'instance'
}

/** What one container needs of one kind. */
export type Part = (context: Context, container: StartedContainer) => readonly Finding[]

export const HTTPS = 443

export const containerField = ({ name }: StartedContainer, field: string): string =>
  `containerDefinitions[${name}].${field}`
