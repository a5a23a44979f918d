/** An answer from live AWS about one path: only what the two ends can touch is asked for, where that is enough. */
import type { Query } from '../shared/explain.ts'
import type { Explanation } from '../shared/reachability/result.ts'
import { explainAwsError } from './aws-errors.ts'
import { type LiveOptions, liveClients } from './live-options.ts'
import { startProgress } from './progress.ts'

/** @throws InputError when AWS cannot be asked, or the question names something that is not there or not allowed */
export async function liveExplanation(options: LiveOptions, query: Query): Promise<Explanation> {
  const progress = startProgress(options)
  try {
    const { explainLive } = await import('../shared/explain-live.ts')
    return await explainLive(await liveClients(options), query, progress.collectOptions)
  } catch (error) {
    throw explainAwsError(error, options.endpointUrl)
  } finally {
    progress.stop()
  }
}
