/** Recorded incidents in the place of live AWS, for questions about paths. */
import { compileSnapshot, explainQuery, type Query } from '../../shared/explain.ts'
import { InputError } from '../../shared/input-error.ts'
import type { Explanation } from '../../shared/reachability/result.ts'
import type { Place, Snapshot } from '../../shared/snapshot/types.ts'

const isAt = (own: Place, { accountId, region }: Partial<Place>): boolean =>
  own.accountId === (accountId ?? own.accountId) && own.region === (region ?? own.region)

/**
 * The newest incident that can tell answers: each of them knows its own network only.
 * @param snapshots newest first
 * @param place of the incident @default any
 * @throws InputError what the last one says, when the question makes sense to none
 */
export function explainRecorded(
  snapshots: readonly Snapshot[],
  query: Query,
  place: Partial<Place> = {},
): Explanation {
  let undecided: Explanation | undefined
  const there = snapshots.filter(({ scopes }) => scopes.every((scope) => isAt(scope, place)))
  let refusal = new InputError(
    snapshots.length > 0
      ? 'no incident was recorded in that account and Region'
      : 'no incident was replayed yet',
  )
  for (const snapshot of there)
    try {
      const explanation = explainQuery(compileSnapshot(snapshot), query)
      if (explanation.verdict !== 'unknown') return explanation
      undecided ??= explanation
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      refusal = error
    }
  if (undecided) return undecided
  throw refusal
}
