/**
 * The verdict alone, as fast as possible: the same walk as the explanation, with a visitor that sets bits.
 * Bits 0-8: layers that block all asked headers; 9-17: layers that block some; 18-26: layers not known;
 * bit 27: what the layers leave over does not overlap, so nothing passes.
 */
import type { Address } from '../network/address.ts'
import type { GroupSet, Interface } from '../network/interfaces.ts'
import { intersect, subtract } from '../network/intervals.ts'
import { type AclSegments, segmentsFor } from '../network/network-acls.ts'
import type { Network } from '../network/network.ts'
import type { PortSet } from '../network/ports.ts'
import { hasPorts } from '../network/protocol.ts'
import { type Admissions, type Answer, admits, MAYBE, newAdmissions, NO, YES } from './admission.ts'
import { aclCover, groupsCover } from './filters.ts'
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

  const byProtocol = new Map<number, Readonly<Record<Direction, Admissions>>>()
  let admissions = admissionsOf(network, state.protocol)

  const visitor: Visitor = {
    groups(direction, nic, peer, peerGroups, identity) {
      const plain = identity !== 2 && typeof peer === 'number' && peerGroups.collected
      let answer: Answer = plain
        ? admits(admissions[direction], nic.groups.indexes, peer, peerGroups.indexes, state.port)
        : MAYBE
      if (answer === MAYBE)
        answer = admittedSlowly(
          network,
          nic,
          direction,
          state.protocol,
          peer,
          peerGroups,
          identity,
          state.port,
        )
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

  function use(protocol: number): void {
    admissions = byProtocol.get(protocol) ?? admissionsOf(network, protocol)
    byProtocol.set(protocol, admissions)
    state.protocol = protocol
  }

  const translates = (kind: PortsOf) => kind === 'translated' && hasPorts(state.protocol)
  const firstPort = (kind: PortsOf) =>
    kind === 'destination' ? state.port : translates(kind) ? NAT_PORTS.from : state.sourceFrom
  const lastPort = (kind: PortsOf) =>
    kind === 'destination' ? state.port : translates(kind) ? NAT_PORTS.to : state.sourceTo

  return (from, to, protocol, destinationPort, sourceFrom, sourceTo) => {
    state.bits = 0
    if (protocol !== state.protocol) use(protocol)
    state.port = destinationPort
    state.sourceFrom = sourceFrom
    state.sourceTo = sourceTo
    state.rest = undefined
    walk(network, from, to, visitor)
    return state.bits
  }
}

type Rest = { readonly [P in PortsOf]?: { readonly pass: PortSet; readonly maybe: PortSet } }

/** Any set of groups, any address: what the explanation uses, for one port. */
function admittedSlowly(
  network: Network,
  nic: Interface,
  direction: Direction,
  protocol: number,
  peer: Address,
  peerGroups: GroupSet,
  identity: Identity,
  port: number,
): Answer {
  const asked = [{ from: port, to: port }]
  const { pass, maybe } = groupsCover(network, nic, direction, protocol, peer, peerGroups, identity, asked)
  return pass.length > 0 ? YES : maybe.length > 0 ? MAYBE : NO
}

const admissionsOf = (network: Network, protocol: number): Readonly<Record<Direction, Admissions>> => ({
  egress: newAdmissions(network, 'egress', protocol),
  ingress: newAdmissions(network, 'ingress', protocol),
})

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
