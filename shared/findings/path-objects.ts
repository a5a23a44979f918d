/** The port of who rests on what: a changed security group or route table leads to the subjects behind it. */
import type { Subject } from './finding.ts'

export interface PathObjects {
  /** @param objects everything that the subject rests on now, see `diagnosis/path-objects.ts` */
  readonly keep: (subject: Subject, objects: readonly string[]) => Promise<void>
  /** @param accountId where the objects were changed */
  readonly subjectsOn: (accountId: string, objects: readonly string[]) => Promise<readonly Subject[]>
}
