/** Who changed something: asked after the cause is known, for the components that are to blame. */
import type { Snapshot } from '../types.ts'
import type { Clients } from './clients.ts'
import { type CollectOptions, startSession } from './session.ts'

export interface Window {
  /** When it still worked, ISO 8601; CloudTrail remembers 90 days. */
  readonly since: string
  /** When it did no more. */
  readonly until: string
}

/**
 * The snapshot with CloudTrail's events about these resources (ids, names or ARNs, as CloudTrail records them) in the
 * first scope. One call after the other: AWS allows two a second in an account and Region. What it refuses is recorded.
 */
export async function collectEvents(
  clients: Clients,
  snapshot: Snapshot,
  resources: readonly string[],
  { since, until }: Window,
  options: CollectOptions = {},
): Promise<Snapshot> {
  const [scope, ...others] = snapshot.scopes
  if (!scope) return snapshot
  const session = startSession(clients, options)
  for (const AttributeValue of resources)
    await session.ask('cloudtrail:LookupEvents', {
      LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue }],
      StartTime: new Date(since),
      EndTime: new Date(until),
    })
  const asked = {
    ...scope,
    responses: { ...scope.responses, ...session.responses },
    errors: { ...scope.errors, ...session.errors },
  }
  return { ...snapshot, scopes: [asked, ...others] }
}
