/** Can X reach Y: a question in a person's words, answered by the engine. */
import { type Party, resolveParty } from './ends.ts'
import { InputError } from './input-error.ts'
import { compileNetwork, type Network } from './network/network.ts'
import { ANY_PORT, EPHEMERAL, parsePorts } from './network/ports.ts'
import { ICMP, ICMPV6, hasPorts, parseProtocol, protocolName } from './network/protocol.ts'
import { combine } from './reachability/combine.ts'
import { explain } from './reachability/explanation.ts'
import { type Flow, ping, portsText } from './reachability/flow.ts'
import type { End, Inside } from './reachability/layers.ts'
import { internetAddresses } from './reachability/ranges.ts'
import type { Explanation, MissingKnowledge } from './reachability/result.ts'
import type { Snapshot } from './snapshot/types.ts'

export type { Network }

/** One line of `hca explain --queries`. Ports are numbers or text such as "1024-65535" or "80,443". */
export interface Query {
  readonly from: string
  readonly to: string
  /** Name or number; default tcp. */
  readonly protocol?: string | number | undefined
  /** Default: every port. */
  readonly port?: string | number | undefined
  /** Default 1024-65535, since the client's own range is not known. */
  readonly sourcePort?: string | number | undefined
}

export const compileSnapshot = (snapshot: Snapshot): Network => compileNetwork(snapshot)

/** @throws InputError when the query names something that is not there or not allowed */
export function explainQuery(network: Network, query: Query): Explanation {
  const flow = flowOf(query)
  const from = resolveParty(network, query.from, 'from')
  const to = resolveParty(network, query.to, 'to')
  if (from.kind === 'unknown') return undecided(query, flow, from.missing)
  if (to.kind === 'unknown') return undecided(query, flow, to.missing)
  const pairs = pairsOf(network, from, to, flow)
  const [first, ...rest] = pairs.map(([source, target]) => explain(network, source, target, flow))
  return first ? combine([first, ...rest]) : undecided(query, flow, NO_ADDRESS)
}

const NO_ADDRESS: MissingKnowledge = {
  missing: 'ec2:DescribeNetworkInterfaces',
  because: 'the ends have no addresses of the same family that lie in a common network',
}

function flowOf({ protocol = 'tcp', port, sourcePort }: Query): Flow {
  const number = parseProtocol(String(protocol))
  if (number === undefined || number === 'all') {
    throw new InputError(
      `protocol ${JSON.stringify(protocol)}: allowed are tcp, udp, icmp, icmpv6 or a number 0-255`,
    )
  }
  const ports = { port: portSet('port', port), sourcePort: portSet('sourcePort', sourcePort) }
  if (!hasPorts(number) && (ports.port || ports.sourcePort)) {
    throw new InputError(`protocol ${protocolName(number)} has no ports: leave port and sourcePort out`)
  }
  if (number === ICMP || number === ICMPV6) return ping(number)
  const sourcePorts = ports.sourcePort ?? (hasPorts(number) ? EPHEMERAL : ANY_PORT)
  return { protocol: number, destinationPorts: ports.port ?? ANY_PORT, sourcePorts }
}

function portSet(name: string, value: string | number | undefined) {
  if (value === undefined) return undefined
  const ports = parsePorts(String(value))
  if (!ports)
    throw new InputError(
      `${name} ${JSON.stringify(value)}: allowed are ports 0-65535, ranges and lists, such as 443 or 1024-65535`,
    )
  return ports
}

type Pair = readonly [End, End]

/** Every pair of ends that the question means; addresses of different families or far VPCs never pair. */
function pairsOf(network: Network, from: Known, to: Known, { protocol }: Flow): readonly Pair[] {
  if (from.kind === 'internet')
    return insideEnds(to).flatMap((end) =>
      internetOf(network, end, protocol).map((other): Pair => [other, end]),
    )
  if (to.kind === 'internet')
    return insideEnds(from).flatMap((end) =>
      internetOf(network, end, protocol).map((other): Pair => [end, other]),
    )
  const pairs = endsOf(from).flatMap((source) =>
    endsOf(to).flatMap((target): Pair[] => (fits(source, target) ? [[source, target]] : [])),
  )
  const near = pairs.filter(([source, target]) => source.nic && source.nic.vpcId === target.nic?.vpcId)
  return near.length > 0 && ambiguous(from, to) ? near : pairs
}

type Known = Exclude<Party, { readonly kind: 'unknown' }>

/** An address that several VPCs use means the one in the other end's VPC. */
const ambiguous = (from: Known, to: Known): boolean =>
  [from, to].some((party) => party.kind === 'ends' && party.ends.length > 1)

const fits = (source: End, target: End): boolean => typeof source.address === typeof target.address

function endsOf(party: Known): readonly End[] {
  if (party.kind === 'ends') return party.ends
  if (party.kind === 'internet') return []
  return party.nodes.flatMap(({ nic }) =>
    nic.addresses[0] === undefined ? [] : [{ nic, address: nic.addresses[0] }],
  )
}

const insideEnds = (party: Known): readonly Inside[] =>
  endsOf(party).filter((end): end is Inside => end.nic !== undefined)

const internetOf = (network: Network, end: Inside, protocol: number): readonly End[] =>
  internetAddresses(network, end, protocol).map((address) => ({ nic: undefined, address, label: 'internet' }))

function undecided(query: Query, flow: Flow, missing: MissingKnowledge): Explanation {
  return {
    schemaVersion: '1',
    verdict: 'unknown',
    flow: {
      protocol: protocolName(flow.protocol),
      source: query.from,
      sourcePorts: portsText(flow.protocol, flow.sourcePorts),
      destination: query.to,
      destinationPorts: portsText(flow.protocol, flow.destinationPorts),
    },
    forward: [],
    return: [],
    blockers: [],
    unknown: [missing],
  }
}
