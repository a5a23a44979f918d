/** Layers of the walk as text: what was said of one before is said again, else the recorder is asked. */
import { type Address, formatAddress } from '../../network/address.ts'
import { addGroups, recorder } from '../explanation.ts'
import type { Identity, Place, PortsOf } from '../layers.ts'
import { stepsFor } from '../passages.ts'
import type { WalkRecord } from '../record.ts'
import type { Direction, Leg } from '../result.ts'
import { closedText } from './closed-text.ts'
import { deciderOf, NONE, UNCLEAR } from './deciders.ts'
import { decidingRule, NO_RULE } from './deciding-rule.ts'
import { putGapped } from './gapped.ts'
import { type FilterText, filterText, NO_RULE_COVERS, recordLayer } from './layer-text.ts'
import type { Asked } from './memory.ts'
import { addBlocker, putStart, type Telling, type ToldEnd, tellFilter } from './telling.ts'
import type { AclOnWay, WayText } from './way-text.ts'

/** The security groups of one end. @returns false where only the recorder can tell; the same below */
export function tellGroups(
  telling: Telling,
  direction: Direction,
  own: ToldEnd,
  peer: ToldEnd,
  identity: Identity,
  sequence: number,
): boolean {
  const text = groupsText(telling.asked, direction, own, peer, identity)
  if (!text) return false
  putStart(telling.page, sequence)
  tellFilter(telling, 'destination', text, peer.fillings)
  return true
}

function groupsText(
  asked: Asked,
  direction: Direction,
  { nic }: ToldEnd,
  { address: peer, nic: { groups: peerGroups, set: peerSet } }: ToldEnd,
  identity: Identity,
): FilterText | undefined {
  const { network, flow, ports } = asked
  const { deciders, byNumber, byRule, byNoRule } = asked.groups[direction]
  const known = deciders && typeof peer === 'number'
  const number = known ? deciderOf(deciders, nic.set, peer, peerSet, identity) : UNCLEAR
  const found = number === NONE ? byNoRule.get(nic.set) : byNumber[number]
  if (found) return found
  const layer = { direction, nic, peer, peerGroups, identity }
  const rule =
    number === NONE
      ? NO_RULE
      : (deciders?.rules[number] ?? decidingRule(network, flow.protocol, ports.destination, layer))
  if (rule === undefined) return undefined
  if (rule === NO_RULE) return byNoRule.get(nic.set) ?? closedText(asked, direction, nic, peer)
  const cover = { pass: ports.destination, maybe: ports.destination, rules: [rule], missing: [] }
  const text = said(asked, byRule, rule, 'destination', peer, (record) =>
    addGroups(record, direction, nic, peer, cover, NO_RULE_COVERS),
  )
  if (number >= 0) byNumber[number] = text
  return text
}

export function tellWay(telling: Telling, leg: Leg, way: WayText): boolean {
  const { fillings } = leg === 'forward' ? telling.to : telling.from
  for (const { hops, stops, acl } of way.stretches) {
    putGapped(telling.page, hops, fillings)
    for (const stop of stops) {
      telling.blocked = true
      addBlocker(telling, stop, fillings, undefined)
    }
    if (acl && !tellAcl(telling, leg, acl)) return false
  }
  return true
}

/** Egress lists see where a packet goes, ingress lists where it comes from. */
function tellAcl(telling: Telling, leg: Leg, acl: AclOnWay): boolean {
  const { direction, ports } = acl
  const place = placeOf(telling, leg, acl)
  const { address, fillings } = (leg === 'forward') === (direction === 'egress') ? telling.to : telling.from
  const { subnet } = place
  if (!subnet || subnet.number < 0) return false
  const { asked } = telling
  const steps = stepsFor(asked.passages, subnet.acl, direction, address)
  const side = 2 * subnet.number + (direction === 'egress' ? 1 : 0)
  const bySteps = asked.acls[ports][side] ?? new Map<number, FilterText>()
  asked.acls[ports][side] = bySteps
  const text = said(asked, bySteps, steps, ports, address, (record) =>
    recorder(record).acl(leg, direction, place, address, ports),
  )
  if (text) tellFilter(telling, ports, text, fillings)
  return text !== undefined
}

function placeOf({ from, to }: Telling, leg: Leg, { place }: AclOnWay): Place {
  if (typeof place !== 'string') return place
  return (leg === 'forward') === (place === 'sender') ? from.nic : to.nic
}

/** What a filter said before where the same decided, else what it says now. */
function said<K>(
  { network, flow, desk }: Asked,
  texts: Map<K, FilterText>,
  key: K,
  kind: PortsOf,
  peer: Address,
  add: (record: WalkRecord) => void,
): FilterText | undefined {
  const found = texts.get(key)
  if (found) return found
  const layer = recordLayer(network, flow, add)
  const made = layer && filterText(desk, layer, kind, formatAddress(peer))
  if (made) texts.set(key, made)
  return made
}
