/** Many answers as JSON text, for who asks by the hundred thousand: to the letter what JSON.stringify would give. */
import { explainQuery, flowOf, type Network, type Query } from './explain.ts'
import { parseAddress } from './network/address.ts'
import type { Flow } from './reachability/flow.ts'
import type { Verdict } from './reachability/result.ts'
import type { Named } from './reachability/text/end-texts.ts'
import { createTeller } from './reachability/text/explanation-text.ts'
import { createFinder, type Finder } from './reachability/text/finder.ts'
import { type Desk, type Page, putText } from './reachability/text/page.ts'

/** Writes the answer to a page. @throws what `explainQuery` throws, and then nothing is written */
export type JsonAnswers = (query: Query, page: Page) => Verdict

/** @param desk of which the pages are @param behind what follows each answer */
export function createJsonAnswers(network: Network, desk: Desk, behind = ''): JsonAnswers {
  const tell = createTeller(network, desk)
  const find = createFinder(network.interfaceById)
  const flowFor = rememberedFlows()
  return (query, page) => {
    const from = endOf(network, find, query.from)
    const to = from && endOf(network, find, query.to)
    const told = from && to && tell(page, from, to, flowFor(query))
    const verdict = told ?? ordinary(network, query, page)
    putText(page, behind)
    return verdict
  }
}

function ordinary(network: Network, query: Query, page: Page): Verdict {
  const explanation = explainQuery(network, query)
  putText(page, JSON.stringify(explanation))
  return explanation.verdict
}

/** What bulk questions mostly name: an interface, or an address that a single one holds. `resolveParty` knows all. */
function endOf(network: Network, find: Finder, given: string): Named | undefined {
  const text = given.trim()
  if (text.startsWith('eni-')) {
    const found = find(text)
    if (found) return found
    const nic = network.interfaceById.get(text)
    return nic && insideAt(nic, nic.addresses[0])
  }
  const address = parseAddress(text)
  const [nic, ...more] = (address !== undefined && network.interfacesByAddress.get(address)) || []
  return nic && more.length === 0 ? insideAt(nic, address) : undefined
}

const insideAt = (nic: Named['nic'], address: Named['address'] | undefined): Named | undefined =>
  address === undefined ? undefined : { nic, address, id: nic.id }

/** As many as there are ports: who asks about more different flows is not helped by remembering them. */
const MOST_FLOWS = 65_536

/** Equal questions give the same flow, which can then be told at a glance. */
function rememberedFlows(): (query: Query) => Flow {
  const flows = new Map<string, Flow>()
  let last: Pick<Query, 'protocol' | 'port' | 'sourcePort'> & { readonly flow?: Flow } = {}
  return (query) => {
    const { protocol, port, sourcePort } = query
    if (last.flow && last.protocol === protocol && last.port === port && last.sourcePort === sourcePort)
      return last.flow
    const key = JSON.stringify([protocol, port, sourcePort])
    const flow = flows.get(key) ?? flowOf(query)
    if (flows.size >= MOST_FLOWS) flows.clear()
    flows.set(key, flow)
    last = { protocol, port, sourcePort, flow }
    return flow
  }
}
