/** The verdict alone, as fast as possible: the same walk as the explanation, with a visitor that sets bits. */
import type { Address } from '../network/address.ts'
import { EMPTY_SET } from '../network/group-sets.ts'
import type { GroupSet, Interface } from '../network/interfaces.ts'
import type { Network } from '../network/network.ts'
import { hasPorts } from '../network/protocol.ts'
import { type Admissions, type Answer, admits, MAYBE, newAdmissions, NO, YES } from './admission.ts'
import { groupsCover } from './filters.ts'
import type { End, Identity, PortsOf, Visitor } from './layers.ts'
import {
  ALLOWED,
  DENIED,
  DOUBTFUL,
  decisions,
  leftBy,
  newPassages,
  newStepLists,
  type Passages,
  stepsFor,
} from './passages.ts'
import type { Direction } from './result.ts'
import { aclBit, layerBits, NOTHING_LEFT, PARTIAL, UNKNOWN } from './verdict-bits.ts'
import { walk } from './walk.ts'

/** https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html */
const NAT_PORTS = { from: 1024, to: 65535 } as const

/**
 * All blockers of one protocol and destination port, from a range of source ports, there and back.
 * @returns bits, see `verdict-bits.ts`
 */
export type Judge = (
  from: End,
  to: End,
  protocol: number,
  destinationPort: number,
  sourceFrom: number,
  sourceTo: number,
) => number

/** One judge per network: it reuses its state, so that a verdict allocates next to nothing. */
export function createJudge(network: Network): Judge {
  const state = { bits: 0, port: 0, sourceFrom: 0, sourceTo: 0 }
  /** The steps of the ACLs that pass some of the asked ports, which together may pass none. */
  const narrow = { destination: newStepLists(), source: newStepLists(), translated: newStepLists() }
  const all = new Map<number, Rules>()
  let rules = rulesOf(network, 0)

  const visitor: Visitor = {
    groups(direction, nic, peer, peerGroups, identity) {
      const answer = groupsAnswer(network, rules, direction, nic, peer, peerGroups, identity, state.port)
      if (answer === YES) return
      const bit = direction === 'egress' ? layerBits.egressGroups : layerBits.ingressGroups
      state.bits |= answer === NO ? bit : bit << UNKNOWN
    },
    acl(leg, direction, place, peer, kind) {
      const steps = stepsFor(rules.passages, place.subnet ? place.subnet.acl : -1, direction, peer)
      const found = decisions(rules.passages.words.list, steps, firstPort(kind), lastPort(kind))
      if (found === ALLOWED) return
      const bit = aclBit(leg, direction)
      if (found === DENIED) state.bits |= bit
      else addNarrow(bit, found, steps, kind)
    },
    route(leg, _place, _destination, outcome) {
      const bit = leg === 'forward' ? layerBits.forwardRoute : layerBits.returnRoute
      if (outcome.kind === 'unknown') state.bits |= bit << UNKNOWN
      else if (outcome.kind === 'no-route' || outcome.kind === 'blackhole' || outcome.kind === 'astray')
        state.bits |= bit
    },
    gateway(leg, _direction, _component, outcome) {
      const bit = leg === 'forward' ? layerBits.gateway : layerBits.returnRoute
      if (outcome.verdict === 'unknown') state.bits |= bit << UNKNOWN
      else if (outcome.verdict === 'block') state.bits |= bit
      else if (outcome.verdict === 'only' && !outcome.protocols.includes(rules.protocol)) state.bits |= bit
    },
  }

  function addNarrow(bit: number, found: number, steps: number, kind: PortsOf): void {
    const several = narrow[kind]
    several.lists[several.count++] = steps
    const left =
      several.count === 1
        ? found
        : leftBy(rules.passages.words.list, several, firstPort(kind), lastPort(kind))
    if (found & DENIED) state.bits |= bit << PARTIAL
    if (left & DOUBTFUL) state.bits |= bit << UNKNOWN
    if (!(left & (ALLOWED | DOUBTFUL))) state.bits |= NOTHING_LEFT
  }

  const translates = (kind: PortsOf) => kind === 'translated' && hasPorts(rules.protocol)
  const firstPort = (kind: PortsOf) =>
    kind === 'destination' ? state.port : translates(kind) ? NAT_PORTS.from : state.sourceFrom
  const lastPort = (kind: PortsOf) =>
    kind === 'destination' ? state.port : translates(kind) ? NAT_PORTS.to : state.sourceTo

  function use(protocol: number): void {
    rules = all.get(protocol) ?? rulesOf(network, protocol)
    all.set(protocol, rules)
  }

  return (from, to, protocol, destinationPort, sourceFrom, sourceTo) => {
    if (protocol !== rules.protocol) use(protocol)
    state.bits = 0
    state.port = destinationPort
    state.sourceFrom = sourceFrom
    state.sourceTo = sourceTo
    narrow.destination.count = 0
    narrow.source.count = 0
    narrow.translated.count = 0
    walk(network, from, to, visitor)
    return state.bits
  }
}

/** Groups and ACLs flattened for one protocol. */
interface Rules {
  readonly protocol: number
  readonly egress: Admissions
  readonly ingress: Admissions
  readonly passages: Passages
}

const rulesOf = (network: Network, protocol: number): Rules => ({
  protocol,
  egress: newAdmissions(network, 'egress', protocol),
  ingress: newAdmissions(network, 'ingress', protocol),
  passages: newPassages(network, protocol),
})

function groupsAnswer(
  network: Network,
  rules: Rules,
  direction: Direction,
  nic: Interface,
  peer: Address,
  peerGroups: GroupSet,
  identity: Identity,
  port: number,
): Answer {
  if (typeof peer === 'number' && nic.groups.number >= 0 && peerGroups.number >= 0 && peerGroups.collected) {
    const admissions = direction === 'egress' ? rules.egress : rules.ingress
    const answer = flatAnswer(admissions, nic.groups.number, peer, peerGroups.number, identity, port)
    if (answer !== MAYBE) return answer
  }
  if (nic.groups.known && nic.groups.indexes.length === 0) return YES
  // Any set of groups, any address: what the explanation uses, for one port.
  const asked = [{ from: port, to: port }]
  const { protocol } = rules
  const { pass, maybe } = groupsCover(network, nic, direction, protocol, peer, peerGroups, identity, asked)
  return pass.length > 0 ? YES : maybe.length > 0 ? MAYBE : NO
}

/** Where it is not known whether the peer's groups count, only what admits its address is certain. */
function flatAnswer(
  admissions: Admissions,
  own: number,
  peer: number,
  peers: number,
  identity: Identity,
  port: number,
): Answer {
  const answer = admits(admissions, own, peer, peers, port)
  if (answer !== YES || identity !== 2) return answer
  return admits(admissions, own, peer, EMPTY_SET, port) || MAYBE
}
