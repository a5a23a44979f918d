/** Whether security groups let one port through: flattened where possible, else as the explanation asks. */
import type { Address } from '../network/address.ts'
import { EMPTY_SET, type GroupSet } from '../network/group-sets.ts'
import type { Interface } from '../network/interfaces.ts'
import type { Network } from '../network/network.ts'
import { rememberedFor } from '../network/remembered.ts'
import { type Admissions, type Answer, admits, MAYBE, NO, newAdmissions, YES } from './admission.ts'
import { groupsCover } from './filters.ts'
import { type Identity, showsGroups } from './layers.ts'
import type { Direction } from './result.ts'

export interface GroupRules {
  readonly network: Network
  readonly protocol: number
  readonly egress: Admissions
  readonly ingress: Admissions
}

/** Flattened group by group, as they are asked about. */
export const groupRulesOf = rememberedFor(
  (network: Network, protocol: number): GroupRules => ({
    network,
    protocol,
    egress: newAdmissions(network, 'egress', protocol),
    ingress: newAdmissions(network, 'ingress', protocol),
  }),
)

export function groupsAnswer(
  rules: GroupRules,
  direction: Direction,
  nic: Interface,
  peer: Address,
  peerGroups: GroupSet,
  identity: Identity,
  port: number,
): Answer {
  const answer = flatAnswer(rules, direction, nic.set, peer, peerGroups.place, identity, port)
  if (answer !== MAYBE) return answer
  if (nic.groups.known && nic.groups.indexes.length === 0) return YES
  // Any set of groups, any address: what the explanation uses, for one port.
  const asked = [{ from: port, to: port }]
  const { network, protocol } = rules
  const { pass, maybe } = groupsCover(network, nic, direction, protocol, peer, peerGroups, identity, asked)
  return pass.length > 0 ? YES : maybe.length > 0 ? MAYBE : NO
}

/**
 * @param own place of the set that filters
 * @param peers place of the other end's set
 * @returns MAYBE where the flattened rules cannot tell
 */
export function flatAnswer(
  rules: GroupRules,
  direction: Direction,
  own: number,
  peer: Address,
  peers: number,
  identity: Identity,
  port: number,
): Answer {
  if (typeof peer !== 'number' || own < 0) return MAYBE
  const admissions = direction === 'egress' ? rules.egress : rules.ingress
  if (!showsGroups(identity)) return admits(admissions, own, peer, EMPTY_SET, port)
  if (peers < 0) return MAYBE
  const answer = admits(admissions, own, peer, peers, port)
  if (answer !== YES || identity !== 2) return answer
  // Where it is not known whether the peer's groups count, only what admits its address is certain.
  return admits(admissions, own, peer, EMPTY_SET, port) || MAYBE
}
