/** Can X reach Y: a question in a person's words, answered by the engine. */
import { type Party, resolveParty } from './ends.ts'
import { InputError } from './input-error.ts'
import { toLoadBalancer } from './load-balancing/destination.ts'
import { nodeEnds } from './load-balancing/nodes.ts'
import type { Address } from './network/address.ts'
import { withoutGatewayEndpoints } from './network/gateway-endpoints.ts'
import { compileNetwork, type Network } from './network/network.ts'
import { ANY_PORT, EPHEMERAL, onePort, parsePorts } from './network/ports.ts'
import { hasPorts, ICMP, ICMPV6, parseProtocol, protocolName } from './network/protocol.ts'
import { explainAnywhere } from './reachability/anywhere.ts'
import { combine } from './reachability/combine.ts'
import { type Flow, ping, portsText } from './reachability/flow.ts'
import type { End, Inside, Visitor } from './reachability/layers.ts'
import { internetAddresses } from './reachability/ranges.ts'
import type { Explanation, MissingKnowledge } from './reachability/result.ts'
import { walk } from './reachability/walk.ts'
import { reachService } from './services/reach.ts'
import { reachEndpoint } from './services/to-endpoint.ts'
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
  const from = resolveParty(network, query.from, 'from')
  const to = resolveParty(network, query.to, 'to')
  const flow = flowOf(query, isOfAws(to) ? HTTPS : undefined)
  if (from.kind === 'internet' && to.kind === 'internet')
    throw new InputError('--from and --to are both internet: one of them must be in a VPC')
  const missing = missingOf(from, to) ?? missingOf(to, from)
  if (missing) return undecided(query, flow, missing)
  if (isOfAws(to)) return toAws(network, query, from, to, flow)
  const asked = [from, to].some(({ kind }) => kind === 'internet')
    ? withoutGatewayEndpoints(network)
    : network
  const pairs = pairsOf(asked, from, to, flow)
  if (to.kind === 'load-balancer' && pairs.length > 0) return toLoadBalancer(asked, pairs, flow, to)
  const [first, ...rest] = pairs.map(([source, target]) => explainAnywhere(asked, source, target, flow))
  return first ? combine([first, ...rest]) : undecided(query, flow, NO_ADDRESS)
}

type OfAws = Party & { readonly kind: 'service' | 'endpoint' }

const isOfAws = (party: Party): party is OfAws => party.kind === 'service' || party.kind === 'endpoint'

/** Services and endpoints answer over HTTPS, if the question does not say otherwise. */
const HTTPS = 443

/** From each end inside: names resolve in its own VPC. */
function toAws(network: Network, query: Query, from: Party, to: OfAws, flow: Flow): Explanation {
  const ways = insideEnds(endsOf(from)).map((source) =>
    to.kind === 'service'
      ? (reachService(network, source, to.service, flow) ?? NO_ADDRESS)
      : reachEndpoint(network, source, to.endpoint, flow),
  )
  const missing = ways.find((way): way is MissingKnowledge => !('verdict' in way))
  const [first, ...rest] = ways.filter((way): way is Explanation => 'verdict' in way)
  if (missing || !first) return undecided(query, flow, missing ?? OUTSIDE)
  return combine([first, ...rest])
}

const OUTSIDE: MissingKnowledge = {
  missing: 'ec2:DescribeNetworkInterfaces',
  because: 'the sender is no interface that was collected, so how it reaches AWS’s services is not known',
}

/** What keeps the question from being asked. */
function missingOf(party: Party, other: Party): MissingKnowledge | undefined {
  if (party.kind === 'unknown') return party.missing
  if (party.kind === 'public-address') return isOutside(other) ? undefined : party.missing
  if (party.kind !== 'load-balancer' || !isOutside(other)) return undefined
  const node = party.nodes.find(({ addressKnown }) => !addressKnown)
  return node && { missing: 'ec2:DescribeNetworkInterfaces', because: `${node.nic.id} was not collected` }
}

const isOutside = (party: Party): boolean =>
  party.kind === 'internet' || (party.kind === 'ends' && party.ends.every(({ nic }) => nic === undefined))

const NO_ADDRESS: MissingKnowledge = {
  missing: 'ec2:DescribeNetworkInterfaces',
  because: 'the ends have no addresses of the same family that lie in a common network',
}

/**
 * @param usualPort where the question names none; else every port is asked for
 * @throws InputError when protocol or ports are not allowed
 */
export function flowOf({ protocol = 'tcp', port, sourcePort }: Query, usualPort?: number): Flow {
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
  const usual = usualPort === undefined || !hasPorts(number) ? ANY_PORT : onePort(usualPort)
  return { protocol: number, destinationPorts: ports.port ?? usual, sourcePorts }
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
function pairsOf(network: Network, from: Party, to: Party, { protocol }: Flow): readonly Pair[] {
  if (from.kind === 'internet')
    return insideEnds(arrivalEnds(to)).flatMap((end) =>
      internetOf(network, end, protocol, (other, visitor) => walk(network, other, end, visitor)).map(
        (other): Pair => [other, end],
      ),
    )
  if (to.kind === 'internet')
    return insideEnds(endsOf(from)).flatMap((end) =>
      internetOf(network, end, protocol, (other, visitor) => walk(network, end, other, visitor)).map(
        (other): Pair => [end, other],
      ),
    )
  const first = paired(endsOf(from), arrivalEnds(to))
  const pairs =
    first.length > 0
      ? first
      : paired([...endsOf(from), ...furtherOf(from)], [...arrivalEnds(to), ...furtherOf(to)])
  const near = pairs.filter(([source, target]) => source.nic && source.nic.vpcId === target.nic?.vpcId)
  return near.length > 0 && ambiguous(from, to) ? near : pairs
}

/** An address that several VPCs use means the one in the other end's VPC. */
const ambiguous = (from: Party, to: Party): boolean =>
  [from, to].some((party) => party.kind === 'ends' && party.ends.length > 1)

const paired = (sources: readonly End[], targets: readonly End[]): readonly Pair[] =>
  sources.flatMap((source) =>
    targets.flatMap((target): Pair[] => (fits(source, target) ? [[source, target]] : [])),
  )

const fits = (source: End, target: End): boolean => typeof source.address === typeof target.address

const furtherOf = (party: Party): readonly End[] => (party.kind === 'ends' ? (party.further ?? []) : [])

function endsOf(party: Party): readonly End[] {
  if (party.kind === 'ends') return party.ends
  if (party.kind === 'public-address') return [party.end]
  return party.kind === 'load-balancer' ? party.nodes.flatMap((node) => nodeEnds(node).slice(0, 1)) : []
}

/** A load balancer is reached at its IPv6 addresses as well. */
const arrivalEnds = (party: Party): readonly End[] =>
  party.kind === 'load-balancer' ? party.nodes.flatMap(nodeEnds) : endsOf(party)

const insideEnds = (ends: readonly End[]): readonly Inside[] =>
  ends.filter((end): end is Inside => end.nic !== undefined)

const internetEnd = (address: Address): End => ({ nic: undefined, address, label: 'internet' })

const internetOf = (
  network: Network,
  end: Inside,
  protocol: number,
  wayWith: (other: End, visitor: Visitor) => void,
): readonly End[] =>
  internetAddresses(network, end, protocol, (address, visitor) => wayWith(internetEnd(address), visitor)).map(
    internetEnd,
  )

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
