/**
 * The verdict alone, as fast as possible: the same walk as the explanation's, with a visitor that sets bits. What the
 * walk says of the way between two interfaces is kept for all that stand where they do.
 */
import type { Address } from '../network/address.ts'
import type { GroupSet } from '../network/group-sets.ts'
import type { Interface } from '../network/interfaces.ts'
import type { Network } from '../network/network.ts'
import { hasPorts, TCP } from '../network/protocol.ts'
import { remembered } from '../network/remembered.ts'
import { MAYBE, NO, YES } from './admission.ts'
import { flatAnswer, type GroupRules, groupRulesOf, groupsAnswer } from './group-answers.ts'
import type { Choice, End, Identity, Inside, PortsOf, Visitor } from './layers.ts'
import { gatewayBits, routeBits } from './outcome-bits.ts'
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
import type { Direction, Leg } from './result.ts'
import { goalAt, newSpots, spotOf } from './spots.ts'
import { aclBit, layerBits, leavesDoubt, NOTHING_LEFT, PARTIAL, UNKNOWN, verdictOf } from './verdict-bits.ts'
import { walk } from './walk.ts'
import { findWay, newWays, type Way, type Ways } from './ways.ts'

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
  const spots = newSpots(network)
  let rules = rulesOf(network, TCP)
  const all = new Map([[TCP, rules]])

  const visitor: Visitor = {
    groups: askGroups,
    acl(leg, direction, place, peer, kind) {
      askAcl(leg, direction, place.subnet ? place.subnet.acl : -1, peer, kind)
    },
    route(leg, _place, _destination, outcome) {
      state.bits |= routeBits(leg, outcome)
    },
    gateway(leg, _direction, _component, outcome) {
      state.bits |= gatewayBits(leg, outcome, rules.protocol)
    },
    choice: choiceBetween,
  }

  function choiceBetween(ways: readonly ((visitor: Visitor) => void)[]): Choice {
    const { bits } = state
    const kept = kinds.map((kind) => narrow[kind].lists.splice(0, narrow[kind].count))
    const trials = ways.map((way) => {
      begin()
      way(visitor)
      const lists = kinds.map((kind) => narrow[kind].lists.slice(0, narrow[kind].count))
      return { bits: state.bits, comesTo: JSON.stringify([state.bits, lists]) }
    })
    state.bits = bits
    kinds.forEach((kind, i) => {
      const lists = kept[i] as number[]
      narrow[kind].lists.splice(0, narrow[kind].lists.length, ...lists)
      narrow[kind].count = lists.length
    })
    return chosen(trials)
  }

  /** Nothing met yet. */
  function begin(): void {
    state.bits = 0
    for (const kind of kinds) narrow[kind].count = 0
  }

  function askGroups(
    direction: Direction,
    nic: Interface,
    peer: Address,
    peerGroups: GroupSet,
    identity: Identity,
  ): void {
    const answer = groupsAnswer(rules.groups, direction, nic, peer, peerGroups, identity, state.port)
    if (answer === YES) return
    const bit = direction === 'egress' ? layerBits.egressGroups : layerBits.ingressGroups
    state.bits |= answer === NO ? bit : bit << UNKNOWN
  }

  function askAcl(leg: Leg, direction: Direction, acl: number, peer: Address, kind: PortsOf): void {
    const steps = stepsFor(rules.passages, acl, direction, peer)
    const found = decisions(rules.passages.words.list, steps, firstPort(kind), lastPort(kind))
    if (found === ALLOWED) return
    const bit = aclBit(leg, direction)
    if (found === DENIED) state.bits |= bit
    else addNarrow(bit, found, steps, kind)
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

  /** What `walk` does between two interfaces, by ways that are kept. @returns false where there are none to keep */
  function between(from: Inside, to: Inside): boolean {
    const near = spotOf(spots, from.nic)
    const far = spotOf(spots, to.nic)
    if (!near || !far || typeof from.address !== typeof to.address) return false
    if (near.subnet === far.subnet) {
      passGroups('egress', from, to, 1)
      passGroups('ingress', to, from, 1)
      return true
    }
    const there = findWay(rules.ways, 'forward', near.source, goalAt(spots, far, to.address), from, to)
    const back = findWay(rules.ways, 'return', far.source, goalAt(spots, near, from.address), to, from)
    if (there.arrival === 'nat' || there.forks || back.forks) return false
    passGroups('egress', from, to, there.identity)
    follow('forward', there, from, to, 'destination')
    if (there.arrival === 'out-of-sight') return true
    passGroups('ingress', to, from, there.seen)
    follow('return', back, to, from, 'source')
    return true
  }

  function passGroups(direction: Direction, own: Inside, other: Inside, identity: Identity): void {
    const answer = flatAnswer(
      rules.groups,
      direction,
      own.nic.set,
      other.address,
      other.nic.set,
      identity,
      state.port,
    )
    if (answer === NO) state.bits |= direction === 'egress' ? layerBits.egressGroups : layerBits.ingressGroups
    else if (answer === MAYBE) askGroups(direction, own.nic, other.address, other.nic.groups, identity)
  }

  /** Egress lists see where a packet goes, ingress lists where it comes from. */
  function follow(leg: Leg, way: Way, from: Inside, to: Inside, kind: PortsOf): void {
    state.bits |= way.bits
    askAcl(leg, 'egress', from.nic.subnet?.acl ?? -1, to.address, kind)
    for (const list of way.between) {
      if (list & 1) askAcl(leg, 'egress', list >> 1, to.address, kind)
      else askAcl(leg, 'ingress', list >> 1, from.address, kind)
    }
    if (way.enters) askAcl(leg, 'ingress', to.nic.subnet?.acl ?? -1, from.address, kind)
  }

  function use(protocol: number): void {
    rules = all.get(protocol) ?? rulesOf(network, protocol)
    all.set(protocol, rules)
  }

  return (from, to, protocol, destinationPort, sourceFrom, sourceTo) => {
    if (protocol !== rules.protocol) use(protocol)
    begin()
    state.port = destinationPort
    state.sourceFrom = sourceFrom
    state.sourceTo = sourceTo
    if (!isInside(from) || !isInside(to) || !between(from, to)) walk(network, from, to, visitor)
    return state.bits
  }
}

/** The judge of a network, for all who ask it now and then. */
export const judgeOf = remembered(createJudge)

const kinds = ['destination', 'source', 'translated'] as const satisfies readonly PortsOf[]

interface Trial {
  readonly bits: number
  readonly comesTo: string
}

function chosen(trials: readonly Trial[]): Choice {
  const known = trials.every(({ bits }) => !leavesDoubt(bits))
  if (known && trials.every(({ comesTo }) => comesTo === trials[0]?.comesTo)) return 'same'
  return trials.every(({ bits }) => verdictOf(bits) === 'blocked') ? 'blocked' : 'differ'
}

const isInside = (end: End): end is Inside => end.nic !== undefined

/** Groups and ACLs flattened for one protocol, and the ways of its packets. */
interface Rules {
  readonly protocol: number
  readonly groups: GroupRules
  readonly passages: Passages
  readonly ways: Ways
}

function rulesOf(network: Network, protocol: number): Rules {
  const passages = newPassages(network, protocol)
  return {
    protocol,
    groups: groupRulesOf(network, protocol),
    passages,
    ways: newWays(network, protocol, passages),
  }
}
