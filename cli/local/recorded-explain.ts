/** Recorded incidents in the place of live AWS, for questions about paths. */
import { compileSnapshot, explainQuery, type Query } from '../../shared/explain.ts'
import { InputError } from '../../shared/input-error.ts'
import type { Explanation } from '../../shared/reachability/result.ts'
import type { Snapshot } from '../../shared/snapshot/types.ts'

/**
 * The newest incident that can tell answers: each of them knows its own network only.
 * @param snapshots newest first
 * @throws InputError what the last one says, when the question makes sense to none
 */
export function explainRecorded(snapshots: readonly Snapshot[], query: Query): Explanation {
  let undecided: Explanation | undefined
  let refusal = new InputError('no incident was replayed yet')
  for (const snapshot of snapshots)
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
