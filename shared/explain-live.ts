/** Can X reach Y, as AWS is configured now. */
import { compileSnapshot, explainQuery, flowOf, type Query } from './explain.ts'
import { namedEnd } from './question-ends.ts'
import type { Explanation } from './reachability/result.ts'
import {
  type Clients,
  type CollectOptions,
  collectForQuestion,
  collectRegion,
} from './snapshot/collect/index.ts'
import { parseSnapshot } from './snapshot/parse.ts'
import type { Snapshot } from './snapshot/types.ts'

/**
 * Asks for what the two ends can touch: ten calls or some more. For the whole Region, which takes dozens, only where an
 * end is not to be found by its name (an AWS service, an endpoint, a public address), or where that leaves something open:
 * then the answer may lie elsewhere in the Region.
 * @throws InputError when the question names something that is not there or not allowed
 */
export async function explainLive(
  clients: Clients,
  query: Query,
  options: CollectOptions = {},
): Promise<Explanation> {
  // What is not allowed is refused before anybody is asked.
  flowOf(query)
  const [from, to] = [namedEnd(query.from), namedEnd(query.to)]
  const scoped = from && to && (await collectForQuestion(clients, [from, to], options))
  const explanation = scoped && explain(scoped, query)
  return explanation?.unknown.length === 0
    ? explanation
    : explain(await collectRegion(clients, options), query)
}

const explain = (collected: Snapshot, query: Query): Explanation =>
  explainQuery(compileSnapshot(parseSnapshot(collected, 'live AWS')), query)
