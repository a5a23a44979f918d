/**
 * The verdict alone, as fast as possible: the same walk as the explanation, with a visitor that sets bits.
 * Bits 0-8: layers that block all asked headers; 9-17: layers that block some; 18-26: layers not known;
 * bit 27: what the layers leave over does not overlap, so nothing passes.
 */
import type { Address } from '../network/address.ts'
import type { Interface } from '../network/interfaces.ts'
import { intersect, subtract } from '../network/intervals.ts'
import { type AclSegments, segmentsFor } from '../network/network-acls.ts'
import type { Network } from '../network/network.ts'
import type { PortSet } from '../network/ports.ts'
import { hasPorts } from '../network/protocol.ts'
import { type GroupRule, type ProtocolRules, rulesByAddress, rulesFor } from '../network/security-groups.ts'
import { aclCover, carriesNoGroups } from './filters.ts'
import type { End, Identity, Place, PortsOf, Visitor } from './layers.ts'
import type { Direction, Leg, Verdict } from './result.ts'
import { walk } from './walk.ts'

/** The layers of a walk between two interfaces, by bit. */
export const layerBits = {
  egressGroups: 1 << 0,
  forwardEgressAcl: 1 << 1,
  forwardRoute: 1 << 2,
  forwardIngressAcl: 1 << 3,
  ingressGroups: 1 << 4,
  returnEgressAcl: 1 << 5,
  returnRoute: 1 << 6,
  returnIngressAcl: 1 << 7,
  gateway: 1 << 8,
} as const

/** https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html */
const NAT_PORTS = { from: 1024, to: 65535 } as const

const LAYERS = 0x1ff
const PARTIAL = 9
const UNKNOWN = 18
const NOTHING_LEFT = 1 << 27

/** Blocked is certain whatever is unknown; what is unknown could change any other answer. */
export function verdictOf(bits: number): Verdict {
  if (bits & (LAYERS | NOTHING_LEFT)) return 'blocked'
  if (bits & (LAYERS << UNKNOWN)) return 'unknown'
  return bits & (LAYERS << PARTIAL) ? 'partial' : 'reachable'
}

/** Layers that stop some or all of the asked headers. */
export const blockingLayers = (bits: number): number => (bits & LAYERS) | ((bits >> PARTIAL) & LAYERS)

/**
 * All blockers of one protocol and destination port, from a range of source ports, there and back.
 * @returns bits, see `verdictOf` and `blockingLayers`
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
  const state = {
    bits: 0,
    protocol: 0,
    port: 0,
    sourceFrom: 0,
    sourceTo: 0,
    rest: undefined as Rest | undefined,
  }

  const visitor: Visitor = {
    groups(direction, nic, peer, peerGroups, identity) {
      const answer = admitted(network, nic, direction, state.protocol, peer, peerGroups, identity, state.port)
      const bit = direction === 'egress' ? layerBits.egressGroups : layerBits.ingressGroups
      if (answer !== YES) state.bits |= answer === NO ? bit : bit << UNKNOWN
    },
    acl(leg, direction, place, peer, kind) {
      const segments = aclSegments(network, place, direction, state.protocol, peer)
      const answer = segments ? passage(segments, firstPort(kind), lastPort(kind)) : SOME
      if (answer === ALL) return
      const bit = aclBit(leg, direction)
      if (answer === NOTHING) state.bits |= bit
      else narrow(bit, direction, place, peer, kind)
    },
    route(leg, _place, _destination, outcome) {
      const bit = leg === 'forward' ? layerBits.forwardRoute : layerBits.returnRoute
      if (outcome.kind === 'unknown') state.bits |= bit << UNKNOWN
      else if (outcome.kind === 'no-route' || outcome.kind === 'blackhole' || outcome.kind === 'astray')
        state.bits |= bit
    },
    gateway(_leg, _direction, _component, outcome) {
      if (outcome.verdict === 'unknown') state.bits |= layerBits.gateway << UNKNOWN
      else if (outcome.verdict === 'block') state.bits |= layerBits.gateway
    },
  }

  /** The rare case in which sets of ports are needed: an ACL that is partial or not fully known. */
  function narrow(bit: number, direction: Direction, place: Place, peer: Address, kind: PortsOf): void {
    const asked: PortSet = [{ from: firstPort(kind), to: lastPort(kind) }]
    const cover = aclCover(network, place, direction, state.protocol, peer, asked)
    const rest = state.rest?.[kind] ?? { pass: asked, maybe: asked }
    const left = { pass: intersect(rest.pass, cover.pass), maybe: intersect(rest.maybe, cover.maybe) }
    state.rest = { ...state.rest, [kind]: left }
    if (subtract(asked, cover.maybe).length > 0) state.bits |= bit << PARTIAL
    if (subtract(left.maybe, left.pass).length > 0) state.bits |= bit << UNKNOWN
    if (left.maybe.length === 0) state.bits |= NOTHING_LEFT
  }

  const translates = (kind: PortsOf) => kind === 'translated' && hasPorts(state.protocol)
  const firstPort = (kind: PortsOf) =>
    kind === 'destination' ? state.port : translates(kind) ? NAT_PORTS.from : state.sourceFrom
  const lastPort = (kind: PortsOf) =>
    kind === 'destination' ? state.port : translates(kind) ? NAT_PORTS.to : state.sourceTo

  return (from, to, protocol, destinationPort, sourceFrom, sourceTo) => {
    state.bits = 0
    state.protocol = protocol
    state.port = destinationPort
    state.sourceFrom = sourceFrom
    state.sourceTo = sourceTo
    state.rest = undefined
    walk(network, from, to, visitor)
    return state.bits
  }
}

type Rest = { readonly [P in PortsOf]?: { readonly pass: PortSet; readonly maybe: PortSet } }

const NO = 0
const YES = 1
const MAYBE = 2
type Admission = typeof NO | typeof YES | typeof MAYBE

function admitted(
  network: Network,
  nic: Interface,
  direction: Direction,
  protocol: number,
  peer: Address,
  peerGroups: readonly string[],
  identity: Identity,
  port: number,
): Admission {
  const { indexes, known } = nic.groups
  if (indexes.length === 0) return carriesNoGroups(nic) ? YES : MAYBE
  let answer: Admission = known ? NO : MAYBE
  for (let i = 0; i < indexes.length; i++) {
    const side = network.groups[indexes[i] as number]?.[direction]
    const own = side ? admittedBy(rulesFor(side, protocol), peer, peerGroups, identity, port) : MAYBE
    if (own === YES) return YES
    if (own === MAYBE) answer = MAYBE
  }
  return answer
}

function admittedBy(
  rules: ProtocolRules,
  peer: Address,
  peerGroups: readonly string[],
  identity: Identity,
  port: number,
): Admission {
  if (coverPort(rulesByAddress(rules, peer), port)) return YES
  if (identity !== 0 && rules.byGroup.size > 0 && refersTo(rules.byGroup, peerGroups, port)) {
    return identity === 1 ? YES : MAYBE
  }
  return rules.unclear.length > 0 && rules.unclear.some(({ rule }) => covers(rule, port)) ? MAYBE : NO
}

const covers = ({ ports }: GroupRule, port: number) => ports.from <= port && port <= ports.to

function coverPort(rules: readonly GroupRule[], port: number): boolean {
  for (let i = 0; i < rules.length; i++) if (covers(rules[i] as GroupRule, port)) return true
  return false
}

function refersTo(
  byGroup: ReadonlyMap<string, readonly GroupRule[]>,
  peers: readonly string[],
  port: number,
): boolean {
  for (let i = 0; i < peers.length; i++) {
    const rules = byGroup.get(peers[i] as string)
    if (rules && coverPort(rules, port)) return true
  }
  return false
}

function aclSegments(network: Network, place: Place, direction: Direction, protocol: number, peer: Address) {
  const side = place.subnet && network.acls[place.subnet.acl]?.[direction]
  return side && segmentsFor(side, protocol, peer)
}

const NOTHING = 0
const ALL = 1
const SOME = 2

/** Segments cover all ports in order; `SOME` also stands for what is not known. */
function passage(segments: AclSegments, from: number, to: number): typeof NOTHING | typeof ALL | typeof SOME {
  let allowed = false
  let denied = false
  for (let i = 0; i < segments.length; i++) {
    const segment = segments[i] as AclSegments[number]
    if (segment.to < from) continue
    if (segment.from > to) break
    if (segment.unclear) return SOME
    if (segment.allow) allowed = true
    else denied = true
  }
  return allowed ? (denied ? SOME : ALL) : NOTHING
}

function aclBit(leg: Leg, direction: Direction): number {
  if (leg === 'forward')
    return direction === 'egress' ? layerBits.forwardEgressAcl : layerBits.forwardIngressAcl
  return direction === 'egress' ? layerBits.returnEgressAcl : layerBits.returnIngressAcl
}
