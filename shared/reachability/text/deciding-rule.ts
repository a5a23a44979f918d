/** Which rule of an interface's security groups lets traffic pass, where it is as simple as that. */
import type { Address } from '../../network/address.ts'
import type { GroupSet } from '../../network/group-sets.ts'
import type { Interface } from '../../network/interfaces.ts'
import { meets } from '../../network/intervals.ts'
import type { Network } from '../../network/network.ts'
import type { PortSet } from '../../network/ports.ts'
import {
  type GroupRule,
  type ProtocolRules,
  rulesByAddress,
  rulesFor,
} from '../../network/security-groups.ts'
import { type Identity, showsGroups } from '../layers.ts'
import type { Direction } from '../result.ts'

/** What the walk says of security groups on the way. */
export interface GroupsLayer {
  readonly direction: Direction
  readonly nic: Interface
  readonly peer: Address
  readonly peerGroups: GroupSet
  readonly identity: Identity
}

/** No rule lets any of it pass. */
export const NO_RULE = 'no rule'

/**
 * The first rule that lets some of it pass, where all of it passes by one rule.
 * @returns undefined where it is not as simple: rules share the ports, or something is not known
 */
export function decidingRule(
  network: Network,
  protocol: number,
  asked: PortSet,
  layer: GroupsLayer,
): GroupRule | typeof NO_RULE | undefined {
  const search: Search = { asked, first: undefined, all: false }
  const { indexes, known } = layer.nic.groups
  if (!known || indexes.length === 0) return undefined
  for (const index of indexes) {
    const side = network.groups[index]?.[layer.direction]
    if (!side || !searchGroup(search, rulesFor(side, protocol), layer)) return undefined
    if (search.all) return search.first
  }
  return search.first ? undefined : NO_RULE
}

interface Search {
  readonly asked: PortSet
  /** The first rule that lets some of it pass. */
  first: GroupRule | undefined
  /** Whether a rule lets all of it pass. */
  all: boolean
}

/** @returns whether it is simple so far */
function searchGroup(
  search: Search,
  rules: ProtocolRules,
  { peer, peerGroups, identity }: GroupsLayer,
): boolean {
  searchRules(search, rulesByAddress(rules, peer))
  if (search.all || (rules.byGroup.size === 0 && rules.unclear.length === 0)) return true
  if (rules.unclear.length > 0 || (!peerGroups.known && showsGroups(identity))) return false
  for (const id of peerGroups.ids) {
    const referring = rules.byGroup.get(id)
    if (referring && identity !== 1) return false
    if (referring) searchRules(search, referring)
  }
  return true
}

function searchRules(search: Search, rules: readonly GroupRule[]): void {
  const lowest = search.asked[0]?.from ?? 0
  const highest = search.asked.at(-1)?.to ?? 0
  for (const rule of rules) {
    const { from, to } = rule.ports
    if (from > highest || to < lowest || !meets(search.asked, rule.ports)) continue
    search.first ??= rule
    if (from <= lowest && to >= highest) search.all = true
    if (search.all) return
  }
}
