/** The proof: a visitor that writes down every layer of the walk, what decided there, and every blocker. */
import { type Address, formatAddress } from '../network/address.ts'
import type { GroupSet } from '../network/group-sets.ts'
import type { Interface } from '../network/interfaces.ts'
import type { Network } from '../network/network.ts'
import { protocolName } from '../network/protocol.ts'
import type { GroupRule } from '../network/security-groups.ts'
import { aclCover, blockedPart, type Cover, groupsCover, refersInVain } from './filters.ts'
import { type Flow, portsText } from './flow.ts'
import { type End, type Identity, showsGroups, type Visitor } from './layers.ts'
import { verdictOf } from './margins.ts'
import {
  addFilter,
  addGate,
  addHop,
  addMissing,
  choiceBetween,
  newRecord,
  type WalkRecord,
} from './record.ts'
import type { Component, Direction, Explanation, Leg } from './result.ts'
import { aclRule, groupRule, routeRule } from './rules.ts'
import { aclStory, gatewayStory, groupStory, routeStory, trafficText } from './stories.ts'
import { walk } from './walk.ts'

/** Can `from` reach `to`: verdict, the path there and back, all blockers, and what is not known. */
export const explain = (network: Network, from: End, to: End, flow: Flow): Explanation =>
  explainAlong(network, from, to, flow, (visitor) => walk(network, from, to, visitor))

/** The same for another way than the one that packets take by themselves. @param along says what lies on it */
export function explainAlong(
  network: Network,
  from: End,
  to: End,
  flow: Flow,
  along: (visitor: Visitor) => void,
): Explanation {
  const record = newRecord(network, flow)
  endHop(record, 'forward', from, 'packets leave')
  endHop(record, 'return', to, 'replies leave')
  along(recorder(record))
  endHop(record, 'forward', to, 'packets arrive at')
  endHop(record, 'return', from, 'replies arrive at')
  const { protocol, sourcePorts, destinationPorts } = flow
  return {
    schemaVersion: '1',
    verdict: verdictOf(record.margins, record.ports),
    flow: {
      protocol: protocolName(protocol),
      source: from.label ?? formatAddress(from.address),
      sourcePorts: portsText(protocol, sourcePorts),
      destination: to.label ?? formatAddress(to.address),
      destinationPorts: portsText(protocol, destinationPorts),
    },
    forward: record.hops.forward,
    return: record.hops.return,
    blockers: record.blockers,
    unknown: record.unknown,
  }
}

function endHop(record: WalkRecord, leg: Leg, end: End, verb: string): void {
  const { nic, address, label } = end
  const text = formatAddress(address)
  const where = nic ? `${nic.id} (${text})` : label ? `${labelText(label)}, such as ${text}` : text
  addHop(record, leg, { component: endComponent(end), verdict: 'pass', explanation: `${verb} ${where}` })
}

const labelText = (label: string): string => (label === 'internet' ? 'the internet' : label)

function endComponent({ nic, address, label }: End): Component {
  if (nic) return { type: 'network-interface', id: nic.id }
  if (label === undefined) return { type: 'ip-address', id: formatAddress(address) }
  return label === 'internet' ? { type: 'internet', id: 'internet' } : { type: 'aws-service', id: label }
}

/** Writes each layer that it hears of into a record. */
export function recorder(record: WalkRecord): Visitor {
  const { network, flow, ports } = record
  return {
    groups(direction, nic, peer, peerGroups, identity) {
      const asked = ports.destination
      const cover = groupsCover(network, nic, direction, flow.protocol, peer, peerGroups, identity, asked)
      addGroups(record, direction, nic, peer, cover, () =>
        groupCode(record, direction, nic, peerGroups, identity),
      )
    },
    acl(leg, direction, place, peer, kind) {
      const asked = ports[kind]
      const cover = aclCover(network, place, direction, flow.protocol, peer, asked)
      const blocks = blockedPart(cover, asked).length > 0
      const deciding = cover.rules.find(({ allow }) => allow !== blocks)
      const explanation = aclStory(
        cover,
        asked,
        flow,
        trafficText(flow, asked, direction, peer),
        place.subnetId,
      )
      const component: Component = { type: 'network-acl', id: cover.aclId }
      const layer = { leg, direction, component, rule: deciding && aclRule(deciding, direction), explanation }
      addFilter(record, layer, kind, cover, () => 'SUBNET_ACL_RESTRICTION')
    },
    route(leg, place, destination, outcome) {
      const table = network.routeTables[place.subnet?.routeTable ?? -1]?.id ?? 'unknown'
      const { verdict, code, explanation } = routeStory(outcome, table, place, destination)
      const rule = 'route' in outcome && outcome.route ? routeRule(outcome.route) : undefined
      const component: Component = { type: 'route-table', id: table }
      if (outcome.kind === 'unknown') addMissing(record, [outcome.missing])
      addGate(record, { leg, direction: 'egress', component, rule, explanation }, verdict, code)
      if (outcome.kind === 'astray' && outcome.peering) {
        const broken: Component = { type: 'vpc-peering-connection', id: outcome.peering }
        const layer = { leg, direction: 'egress', component: broken, explanation: outcome.because() } as const
        addGate(record, layer, 'block', outcome.code)
      }
      if (outcome.kind !== 'peering') return
      const peering: Component = { type: 'vpc-peering-connection', id: outcome.id }
      addHop(record, leg, { component: peering, verdict: 'pass', explanation: `${outcome.id} is active` })
    },
    gateway(leg, direction, component, outcome) {
      if (outcome.verdict === 'unknown') addMissing(record, [outcome.missing])
      const { verdict, code, explanation } = gatewayStory(outcome, flow.protocol)
      const rule = 'rule' in outcome ? outcome.rule : undefined
      addGate(record, { leg, direction, component, rule, explanation }, verdict, code)
    },
    choice(ways) {
      const trials = ways.map((way) => {
        const trial = newRecord(network, flow)
        way(recorder(trial))
        return trial
      })
      return choiceBetween(trials)
    },
  }
}

type Filtering = Pick<Interface, 'id' | 'groups'>

/** The groups of an interface, as a layer. @param cover what they let through @param code why not the rest */
export function addGroups(
  record: WalkRecord,
  direction: Direction,
  nic: Filtering,
  peer: Address,
  cover: Cover<GroupRule>,
  code: () => string,
): void {
  const { network, flow, ports } = record
  const asked = ports.destination
  const traffic = trafficText(flow, asked, direction, peer)
  const explanation = groupStory(cover, asked, flow, traffic, groupNames(network, nic), direction)
  const rule = cover.rules[0]
  const component = groupComponent(network, nic, rule?.securityGroupId)
  const layer = {
    leg: 'forward',
    direction,
    component,
    rule: rule && groupRule(rule),
    explanation,
  } as const
  addFilter(record, layer, 'destination', cover, code)
}

/** Rules that refer to the peer's groups are there, but packets do not show them. */
function groupCode(
  { network, flow, ports }: WalkRecord,
  direction: Direction,
  nic: Interface,
  peerGroups: GroupSet,
  identity: Identity,
): string {
  const asked = ports.destination
  if (showsGroups(identity) || !refersInVain(network, nic, direction, flow.protocol, peerGroups, asked))
    return 'ENI_SG_RULES_MISMATCH'
  return identity === 3 ? 'SG_REFERENCING_SUPPORT' : 'SG_REFERENCES_NOT_PRESERVED'
}

/** The group whose rule decided; where none did, the first group, since a rule is missing there. */
export function groupComponent(
  network: Network,
  { id, groups }: Filtering,
  decidedBy: string | undefined,
): Component {
  const place = decidedBy === undefined ? 0 : groups.ids.indexOf(decidedBy)
  const group = groups.ids[place]
  if (group === undefined) return { type: 'network-interface', id }
  const name = network.groups[groups.indexes[place] ?? -1]?.name
  return { type: 'security-group', id: group, ...(name !== undefined && { name }) }
}

export function groupNames(network: Network, { id, groups }: Filtering): string {
  const names = groups.ids.map((group, place) => {
    const name = network.groups[groups.indexes[place] ?? -1]?.name
    return name ? `${group} (${name})` : group
  })
  return names.join(', ') || id
}
