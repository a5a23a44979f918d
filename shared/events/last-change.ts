/** The last recorded change of an object before a moment, of those that can break something. */
import { roleNameOf } from '../snapshot/references.ts'
import type { Change } from './change.ts'
import { canBreak } from './configuration-calls.ts'
import { changeOf, objectsOf, parseRecord } from './configuration-change.ts'

/** An event as cloudtrail:LookupEvents gives it. */
interface LookedUp {
  readonly CloudTrailEvent?: string | undefined
}

/** @param before ISO 8601 with milliseconds, in UTC */
export function lastChange(events: readonly LookedUp[], object: string, before: string): Change | undefined {
  const changes = events.flatMap(({ CloudTrailEvent: text }) => {
    const record = text === undefined ? undefined : parseRecord(text)
    if (!record || !canBreak(record.eventName) || !objectsOf(record).includes(object)) return []
    const change = changeOf(record)
    return change.at <= before ? [change] : []
  })
  return changes.sort((a, b) => (a.at < b.at ? 1 : -1))[0]
}

/** A component as `changedObjects` names it: roles by name, everything else by id or ARN. */
export const objectNameOf = ({ id }: { readonly id: string }): string =>
  /^arn:[^:]+:iam::\d{12}:role\//.test(id) ? `role/${roleNameOf(id)}` : id
