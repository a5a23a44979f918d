/**
 * Bulk answers are to the letter what JSON.stringify makes of the ordinary explanation. HCA_SEED=n repeats a run;
 * fast-check prints the seed, and the smallest network and questions, when they differ.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileSnapshot, explainQuery, type Query } from '../shared/explain.ts'
import { createJsonAnswers, type JsonAnswers } from '../shared/json-answers.ts'
import { type Desk, newDesk, take } from '../shared/reachability/text/page.ts'
import { parseSnapshot } from '../shared/snapshot/parse.ts'
import { flowIn, flowPlan } from './naive/flows.ts'
import { network } from './naive/networks.ts'
import { buildSnapshot } from './naive/topology.ts'

const seed = Number(process.env.HCA_SEED ?? Date.now() % 2 ** 31)
const NETWORKS = 150
const TIMEOUT = 300_000

const ports = fc.constantFrom(undefined, 443, '443', '80,443', '1-1024', 'none', '')
const asked = fc.record({
  from: fc.nat(),
  to: fc.nat(),
  protocol: fc.constantFrom(undefined, 'tcp', 'udp', 'icmp', 6, 'all'),
  port: ports,
  sourcePort: ports,
})

/** Ends of all kinds: interfaces, addresses, services, gateways, and what is nothing. */
function endsIn(snapshot: string, compiled: ReturnType<typeof compileSnapshot>): readonly string[] {
  const ids = compiled.interfaces.map(({ id }) => id)
  const others = snapshot.match(/vpce-\w+|\d+\.\d+\.\d+\.\d+(?=")|[0-9a-f]{4}:[0-9a-f:]+(?=")/g) ?? []
  return [...ids, ...ids, ...ids, ...others, 'internet', 's3', 'ecr.api', '8.8.8.8', 'eni-atlantis', 'bread']
}

/** Of a page and of the store: plenty, and too little for much. */
const rooms = fc.constantFrom<[number, number]>([200_000, 1_000_000], [9000, 20_000], [4000, 3000], [50, 0])

const HOSTILE = 'eni-"\\\u2028Brötchen 🥐 10.0.0.1'

/** A name with quotes and more takes the place of an interface's. */
function renamed(text: string): string {
  const [id = HOSTILE] = text.match(/(?<="NetworkInterfaceId":")[^"]+/) ?? []
  return text.replaceAll(`"${id}"`, JSON.stringify(HOSTILE))
}

function written(answer: JsonAnswers, { pages: [page] }: Desk, query: Query): string {
  answer(query, page)
  return Buffer.from(take(page)).toString('utf8')
}

const outcome = (answer: () => string): string => {
  try {
    return answer()
  } catch (error) {
    return (error as Error).message
  }
}

test(
  'on random networks',
  () => {
    const plans = fc.array(flowPlan, { minLength: 6, maxLength: 10, size: 'max' })
    const questions = fc.array(asked, { minLength: 30, maxLength: 60, size: 'max' })
    fc.assert(
      fc.property(network, plans, questions, fc.boolean(), rooms, (plan, flows, more, rename, room) => {
        const text = JSON.stringify(buildSnapshot(plan))
        const compiled = compileSnapshot(parseSnapshot(JSON.parse(rename ? renamed(text) : text)))
        const ends = endsIn(text, compiled)
        const end = (place: number) => ends[place % ends.length] as string
        const queries: readonly Query[] = [
          ...flows
            .flatMap((flow) => flowIn(plan, flow) ?? [])
            .map(({ from, to, destinationPorts: { from: port } }) => ({ from, to, port })),
          ...more.map((query) => ({ ...query, from: end(query.from), to: end(query.to) })),
          ...ends.slice(0, 6).flatMap((from) => ends.slice(0, 6).map((to) => ({ from, to, port: 443 }))),
        ]
        const desk = newDesk(...room)
        const answer = createJsonAnswers(compiled, desk)
        // Twice: what was said before is said again.
        for (const query of [...queries, ...queries]) {
          const expected = outcome(() => JSON.stringify(explainQuery(compiled, query)))
          expect(outcome(() => written(answer, desk, query))).toBe(expected)
        }
      }),
      { seed, numRuns: NETWORKS },
    )
  },
  TIMEOUT,
)
