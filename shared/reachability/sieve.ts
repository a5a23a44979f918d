/** Of the layers of a walk those that do not let everything through: no other makes a blocker, or a doubt. */
import { meets } from '../network/intervals.ts'
import { segmentsFor } from '../network/network-acls.ts'
import { YES } from './admission.ts'
import { aclSide } from './filters.ts'
import { groupRulesOf, groupsAnswer } from './group-answers.ts'
import type { Visitor } from './layers.ts'
import { gatewayBits, routeBits } from './outcome-bits.ts'
import type { WalkRecord } from './record.ts'

/** @param hears of the layers that are left, and of every choice */
export function sieve({ network, flow: { protocol }, ports }: WalkRecord, hears: Visitor): Visitor {
  const rules = groupRulesOf(network, protocol)
  return {
    groups(direction, nic, peer, peerGroups, identity) {
      const passes = ports.destination.every(
        ({ from, to }) =>
          from === to && groupsAnswer(rules, direction, nic, peer, peerGroups, identity, from) === YES,
      )
      if (!passes) hears.groups(direction, nic, peer, peerGroups, identity)
    },
    acl(leg, direction, place, peer, kind) {
      const side = aclSide(network, place, direction)
      const passes =
        'entries' in side &&
        segmentsFor(side.entries, protocol, peer).every(
          (segment) => (segment.allow && !segment.unclear) || !meets(ports[kind], segment),
        )
      if (!passes) hears.acl(leg, direction, place, peer, kind)
    },
    route(leg, place, destination, outcome) {
      if (routeBits(leg, outcome) !== 0) hears.route(leg, place, destination, outcome)
    },
    gateway(leg, direction, component, outcome) {
      if (gatewayBits(leg, outcome, protocol) !== 0) hears.gateway(leg, direction, component, outcome)
    },
    choice: (ways) => hears.choice(ways),
  }
}
