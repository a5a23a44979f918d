/** Can X reach Y, as AWS is configured now. */
import { compileSnapshot, explainQuery, flowOf, type Query } from './explain.ts'
import type { Explanation } from './reachability/result.ts'
import { createClients } from './snapshot/collect/clients.ts'
import { collectRegion } from './snapshot/collect/region.ts'
import { parseSnapshot } from './snapshot/parse.ts'

/**
 * Asks for the whole Region, as the ends may lie anywhere in it: dozens of calls.
 * @throws InputError when the question names something that is not there or not allowed
 */
export async function explainLive(query: Query): Promise<Explanation> {
  // What is not allowed is refused before anybody is asked.
  flowOf(query)
  const snapshot = parseSnapshot(await collectRegion(createClients()), 'live AWS')
  return explainQuery(compileSnapshot(snapshot), query)
}
