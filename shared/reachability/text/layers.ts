/** Layers of the walk as text: what was said of one before is said again, else the recorder is asked. */
import { admits, NO } from '../admission.ts'
import type { Identity, Place, PortsOf, Visitor } from '../layers.ts'
import { stepsFor } from '../passages.ts'
import type { Direction, Leg } from '../result.ts'
import { decidingRule, type GroupsLayer, isOpen, NO_RULE } from './deciding-rule.ts'
import { type FilterText, filterText, recordLayer } from './layer-text.ts'
import type { Asked } from './memory.ts'
import { addBlocker, filled, type Telling, type ToldEnd, tellFilter } from './telling.ts'
import type { AclOnWay, WayText } from './way-text.ts'

/** @returns false where only the recorder can tell; the same below */
export function tellGroups(
  telling: Telling,
  direction: Direction,
  own: ToldEnd,
  other: ToldEnd,
  identity: Identity,
  sequence: number,
): boolean {
  const text = groupsText(telling.asked, direction, own, other, identity)
  if (text) tellFilter(telling, 'forward', 'destination', text, sequence, other.text)
  return text !== undefined
}

function groupsText(
  asked: Asked,
  direction: Direction,
  { nic }: ToldEnd,
  { address: peer, text, nic: { groups: peerGroups } }: ToldEnd,
  identity: Identity,
): FilterText | undefined {
  const { network, flow, ports, open, byRule, byNoRule } = asked
  const key = 2 * nic.set + (direction === 'egress' ? 1 : 0)
  const opening = typeof peer === 'number' ? open.get(key) : undefined
  if (opening) return opening
  const say = (recorder: Visitor) => recorder.groups(direction, nic, peer, peerGroups, identity)
  const layer = { direction, nic, peer, peerGroups, identity }
  const nothing = isClosed(asked, layer)
  const rule = nothing ? NO_RULE : decidingRule(network, flow.protocol, ports.destination, layer)
  if (rule === undefined) return undefined
  if (rule === NO_RULE) return said(asked, byNoRule, key, 'destination', text, say)
  const told = said(asked, byRule, rule, 'destination', text, say)
  if (told && isOpen(network, flow.protocol, ports.destination, rule, layer)) open.set(key, told)
  return told
}

/** At a glance, for one port: no rule lets it pass, whether the peer's groups are seen or not. */
function isClosed({ admissions, ports }: Asked, { direction, nic, peer, peerGroups }: GroupsLayer): boolean {
  const first = ports.destination[0]
  if (!first || first.from !== first.to || ports.destination.length > 1) return false
  if (typeof peer !== 'number' || nic.set < 0 || peerGroups.place < 0) return false
  return admits(admissions[direction], nic.set, peer, peerGroups.place, first.from) === NO
}

export function tellWay(telling: Telling, leg: Leg, way: WayText, from: ToldEnd, to: ToldEnd): boolean {
  const fillings = [from.subnetId, to.text, telling.asked.blocked[leg]]
  for (const { hops, stops, acl } of way.stretches) {
    telling.hops[leg] += filled(hops, fillings)
    for (const { text, key } of stops) {
      telling.blocked = true
      addBlocker(telling, filled(text, fillings), key)
    }
    if (acl && !tellAcl(telling, leg, acl, from, to)) return false
  }
  return true
}

/** Egress lists see where a packet goes, ingress lists where it comes from. */
function tellAcl(telling: Telling, leg: Leg, acl: AclOnWay, from: ToldEnd, to: ToldEnd): boolean {
  const { direction, ports, sequence } = acl
  const place = placeOf(acl, from, to)
  const peer = direction === 'egress' ? to : from
  const { subnet } = place
  if (!subnet || subnet.number < 0) return false
  const { asked } = telling
  const steps = stepsFor(asked.passages, subnet.acl, direction, peer.address)
  const side = 2 * subnet.number + (direction === 'egress' ? 1 : 0)
  const bySteps = asked.acls[ports][side] ?? new Map<number, FilterText>()
  asked.acls[ports][side] = bySteps
  const text = said(asked, bySteps, steps, ports, peer.text, (recorder) =>
    recorder.acl(leg, direction, place, peer.address, ports),
  )
  if (text) tellFilter(telling, leg, ports, text, sequence, peer.text)
  return text !== undefined
}

function placeOf({ place }: AclOnWay, from: ToldEnd, to: ToldEnd): Place {
  if (place === 'sender') return from.nic
  return place === 'receiver' ? to.nic : place
}

/** What a filter said before where the same decided, else what it says now. */
function said<K>(
  { network, flow }: Asked,
  texts: Map<K, FilterText>,
  key: K,
  kind: PortsOf,
  peer: string,
  visit: (recorder: Visitor) => void,
): FilterText | undefined {
  const found = texts.get(key)
  if (found) return found
  const layer = recordLayer(network, flow, visit)
  const made = layer && filterText(layer, kind, peer)
  if (made) texts.set(key, made)
  return made
}
