/** Can X reach Y, as AWS is configured now. */
import { compileSnapshot, explainQuery, flowOf, type Query } from './explain.ts'
import type { Explanation } from './reachability/result.ts'
import type { Snapshot } from './snapshot/types.ts'

/**
 * @param collect asks AWS for all that a path may touch: dozens of calls
 * @throws InputError when the question names something that is not there or not allowed
 */
export const liveExplain =
  (collect: () => Promise<Snapshot>) =>
  async (query: Query): Promise<Explanation> => {
    // What is not allowed is refused before anybody is asked.
    flowOf(query)
    return explainQuery(compileSnapshot(await collect()), query)
  }
