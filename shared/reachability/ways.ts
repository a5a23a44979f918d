/**
 * Ways of one packet, from an interface's subnet to another interface, kept for speed: what the walk said of the way
 * between two spots, once for all interfaces there. What depends on the interfaces themselves is left open: their
 * addresses, groups and network ACLs.
 */
import type { Network } from '../network/network.ts'
import { carry, routeFor } from './carry.ts'
import type { Identity, Inside, Visitor } from './layers.ts'
import { gatewayBits, routeBits } from './outcome-bits.ts'
import type { Arrival, Packet } from './packet.ts'
import { type Passages, passesAll } from './passages.ts'
import type { Direction, Leg } from './result.ts'
import { leavesDoubt } from './verdict-bits.ts'

export interface Way {
  /** What routes and gateways say, as bits of the verdict. */
  readonly bits: number
  /** Of the first route: whether the sender's outbound rules see the receiver's groups. */
  readonly identity: Identity
  readonly arrival: Arrival['kind']
  /** Whether the receiver's inbound rules see the sender's groups. */
  readonly seen: Identity
  /** Whether the packet meets the network ACL of the goal's subnet; that of its own subnet it always meets. */
  readonly enters: boolean
  /** Network ACLs between the two that do not let everything through, in order: twice the index, and one more for the egress list. */
  readonly between: readonly number[]
  /** Whether AWS has a choice that matters to some packets. */
  readonly forks: boolean
}

export interface Ways {
  readonly network: Network
  readonly protocol: number
  readonly passages: Passages
  /** By the number of the source, then by that of the goal. */
  readonly forward: (Way | undefined)[][]
  readonly return: (Way | undefined)[][]
  /** Most ways are alike. */
  readonly distinct: Map<string, Way>
  count: number
}

export const newWays = (network: Network, protocol: number, passages: Passages): Ways => ({
  network,
  protocol,
  passages,
  forward: [],
  return: [],
  distinct: new Map(),
  count: 0,
})

const waysOf = (ways: Ways, leg: Leg): Ways['forward'] => (leg === 'forward' ? ways.forward : ways.return)

/** Where every host has routes of its own there could be as many ways as pairs; then it begins anew. */
const MOST_WAYS = 250_000

export function findWay(ways: Ways, leg: Leg, source: number, goal: number, from: Inside, to: Inside): Way {
  return waysOf(ways, leg)[source]?.[goal] ?? addWay(ways, leg, source, goal, from, to)
}

function addWay(ways: Ways, leg: Leg, source: number, goal: number, from: Inside, to: Inside): Way {
  if (ways.count >= MOST_WAYS) {
    ways.forward.length = 0
    ways.return.length = 0
    ways.count = 0
  }
  const made = recordWay(ways, leg, from, to)
  const key = JSON.stringify(made)
  const way = ways.distinct.get(key) ?? made
  ways.distinct.set(key, way)
  const rows = waysOf(ways, leg)
  const row = rows[source] ?? []
  row[goal] = way
  rows[source] = row
  ways.count++
  return way
}

/** A way as far as it is known. */
interface Draft {
  bits: number
  enters: boolean
  forks: boolean
  readonly between: number[]
}

const newDraft = (): Draft => ({ bits: 0, enters: false, forks: false, between: [] })

function recordWay(ways: Ways, leg: Leg, from: Inside, to: Inside): Way {
  const { network } = ways
  const draft = newDraft()
  const packet: Packet = {
    leg,
    source: from.address,
    destination: to.address,
    ports: leg === 'forward' ? 'destination' : 'source',
    goal: to,
  }
  const route = routeFor(network, from.nic, packet)
  const sender = { place: from.nic, by: 'interface', filtered: true } as const
  const arrival = carry(network, sender, packet, route, recorder(ways, from, to, draft))
  const seen = arrival.kind === 'there' ? arrival.identity : 0
  return { ...draft, identity: route.identity, arrival: arrival.kind, seen }
}

function recorder(ways: Ways, from: Inside, to: Inside, draft: Draft): Visitor {
  const { protocol, passages } = ways
  function addList(acl: number, direction: Direction): void {
    if (passesAll(passages, acl, direction, to.address)) return
    draft.between.push(2 * acl + (direction === 'egress' ? 1 : 0))
  }
  return {
    groups() {
      // Asked for by the walk, not on the way.
    },
    acl(_leg, direction, place) {
      if (place === to.nic) draft.enters = true
      else if (place !== from.nic) addList(place.subnet?.acl ?? -1, direction)
    },
    route(leg, _place, _destination, outcome) {
      draft.bits |= routeBits(leg, outcome)
    },
    gateway(leg, _direction, _component, outcome) {
      draft.bits |= gatewayBits(leg, outcome, protocol)
    },
    /** Where ways are not alike for all packets, each packet is asked about on its own. */
    choice(choices) {
      const trials = choices.map((choice) => {
        const trial = newDraft()
        choice(recorder(ways, from, to, trial))
        return trial
      })
      const [first, ...others] = trials.map((trial) => JSON.stringify(trial))
      draft.forks ||= others.some((other) => other !== first) || trials.some(({ bits }) => leavesDoubt(bits))
      return 'same'
    },
  }
}
