/** What the engine says of a flow between sets of ports, taken apart into single packets that the kernel can send. */
import type { Blocker, Explanation } from '../../shared/reachability/result.ts'
import { ask, type Network } from '../naive/compare.ts'
import type { Flow, Ports } from '../naive/flows.ts'
import { judgedOtherwise } from '../naive/judged.ts'

export interface Question {
  /** One source port, one destination port. */
  readonly flow: Flow
  /** The port that a NAT gateway on the way takes. */
  readonly natPort: number
  readonly answer: Explanation
  /** Does the engine say that this packet is answered? Undefined: it says that it cannot know. */
  readonly expected: boolean | undefined
  /** The engine says of the whole flow that some of its packets pass. */
  readonly partial: boolean
  /** The engine contradicts itself: asked about the set, or for the fast verdict, it says something else. */
  readonly contradiction: string | undefined
}

const NAT_PORTS: Ports = { from: 1024, to: 65535 }

/** @param picks random numbers, one for each packet */
export function questionsOf(network: Network, flow: Flow, picks: readonly number[]): readonly Question[] {
  const whole = ask(network, flow)
  const edges = edgesOf(whole.blockers, 'sourcePorts')
  const destinations = edgesOf(whole.blockers, 'destinationPorts')
  return picks.map((pick) => {
    const sourcePort = portIn(flow.sourcePorts, edges, pick)
    const port = portIn(flow.destinationPorts, destinations, pick >>> 4)
    return questionOf(network, single(flow, sourcePort, port), whole, pick)
  })
}

function questionOf(network: Network, flow: Flow, whole: Explanation, pick: number): Question {
  const answer = ask(network, flow)
  const natPort = portIn(NAT_PORTS, edgesOf(answer.blockers, 'sourcePorts'), pick >>> 8)
  return {
    flow,
    natPort,
    answer,
    expected: passes(answer, natPort),
    partial: whole.verdict === 'partial',
    contradiction: againstWhole(whole, flow, answer) ?? judgedOtherwise(network, flow, answer),
  }
}

/** What the engine says of the set must hold for each packet in it. */
function againstWhole(whole: Explanation, flow: Flow, answer: Explanation): string | undefined {
  const inSet = passesOfSet(whole, flow)
  const decided = answer.verdict === 'reachable' || answer.verdict === 'blocked'
  if (inSet === undefined || !decided || inSet === (answer.verdict === 'reachable')) return undefined
  return `but ${whole.verdict} of ports ${whole.flow.sourcePorts} -> ${whole.flow.destinationPorts}: ${JSON.stringify(whole.blockers)}`
}

const single = (flow: Flow, sourcePort: number, port: number): Flow => ({
  ...flow,
  sourcePorts: { from: sourcePort, to: sourcePort },
  destinationPorts: { from: port, to: port },
})

/** Of single ports only what a NAT gateway puts in can be partly blocked. */
function passes({ verdict, blockers }: Explanation, natPort: number): boolean | undefined {
  if (verdict === 'unknown') return undefined
  if (verdict !== 'partial') return verdict === 'reachable'
  return !blockers.some(({ blocked }) => includes(blocked.sourcePorts, natPort))
}

/** Undefined where the set's answer does not tell: behind a NAT gateway blocked ports may be its own. */
function passesOfSet({ verdict, blockers, forward }: Explanation, flow: Flow): boolean | undefined {
  if (verdict === 'unknown') return undefined
  if (verdict !== 'partial') return verdict === 'reachable'
  if (forward.some(({ component }) => component.type === 'nat-gateway')) return undefined
  return !blockers.some(
    ({ blocked }) =>
      includes(blocked.sourcePorts, flow.sourcePorts.from) &&
      includes(blocked.destinationPorts, flow.destinationPorts.from),
  )
}

const rangesOf = (ports: string): readonly Ports[] =>
  ports.split(/, */).map((range) => {
    const [from = 0, to = from] = range.split('-').map(Number)
    return { from, to }
  })

/** Ports that a blocker does not name are all blocked. */
const includes = (ports: string | undefined, port: number): boolean =>
  ports === undefined || rangesOf(ports).some(({ from, to }) => from <= port && port <= to)

/** The last port on each side of each edge of what is blocked. */
function edgesOf(blockers: readonly Blocker[], ports: keyof Blocker['blocked']): readonly number[] {
  const ranges = blockers.flatMap(({ blocked }) => rangesOf(blocked[ports] ?? ''))
  return ranges.flatMap(({ from, to }) => [from - 1, from, to, to + 1])
}

/** An edge, an end of the range, or any port in it. */
function portIn({ from, to }: Ports, edges: readonly number[], pick: number): number {
  const inside = edges.filter((edge) => edge > from && edge < to)
  const candidates = [...inside, from, to, ...inside, from + (pick % (to - from + 1))]
  return candidates[pick % candidates.length] ?? from
}
