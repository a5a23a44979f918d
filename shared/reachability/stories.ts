/** What each layer did, in one sentence a person understands. */
import { type Address, formatAddress } from '../network/address.ts'
import { size, subtract } from '../network/intervals.ts'
import type { AclSegment } from '../network/network-acls.ts'
import type { PortSet } from '../network/ports.ts'
import { protocolName } from '../network/protocol.ts'
import type { GroupRule } from '../network/security-groups.ts'
import { blockedPart, type Cover } from './filters.ts'
import { type Flow, portsText } from './flow.ts'
import type { GatewayOutcome, Place, RouteOutcome } from './layers.ts'
import type { Direction, HopVerdict } from './result.ts'

/** "tcp 8000 to 10.0.1.15" */
export const trafficText = (flow: Flow, ports: PortSet, direction: Direction, peer: Address): string =>
  `${protocolName(flow.protocol)} ${portsText(flow.protocol, ports)} ${direction === 'egress' ? 'to' : 'from'} ${formatAddress(peer)}`

export function groupStory(
  cover: Cover<GroupRule>,
  asked: PortSet,
  flow: Flow,
  traffic: string,
  names: string,
  direction: Direction,
): string {
  const side = direction === 'egress' ? 'outbound' : 'inbound'
  const blocked = blockedPart(cover, asked)
  if (blocked.length === 0 && cover.pass.length > 0 && subtract(asked, cover.pass).length === 0) {
    const rule = cover.rules[0]
    return rule
      ? `${side} rule of ${rule.securityGroupId} (${peerText(rule)}) allows ${traffic}`
      : `no security group filters ${traffic}`
  }
  if (blocked.length === 0) return `not known: ${cover.missing[0]?.because ?? 'a rule cannot be read'}`
  if (subtract(asked, blocked).length === 0) return `no ${side} rule of ${names} covers ${traffic}`
  return `${side} rules of ${names} leave out ${portsText(flow.protocol, blocked)} of ${traffic}`
}

const peerText = (rule: GroupRule) => {
  const ports = rule.protocol === 'all' ? 'all traffic' : portsText(rule.protocol, [rule.ports])
  return `${ports}, ${rule.cidr ?? rule.referencedGroupId ?? rule.prefixListId}`
}

export function aclStory(
  cover: Cover<AclSegment> & { readonly aclId: string },
  asked: PortSet,
  flow: Flow,
  traffic: string,
  subnetId: string | undefined,
): string {
  const blocked = blockedPart(cover, asked)
  const where = `${cover.aclId} of ${subnetId}`
  if (blocked.length === 0) {
    if (cover.missing.length > 0) return `not known: ${cover.missing[0]?.because}`
    const rule = cover.rules.find(({ allow }) => allow)?.entry?.RuleNumber
    return `rule ${rule} of ${where} allows ${traffic}`
  }
  const deny = cover.rules.find(({ allow, unclear }) => !allow && !unclear)?.entry?.RuleNumber
  const rule = deny === undefined ? 'the final deny (*)' : `rule ${deny}`
  if (subtract(asked, blocked).length === 0) return `${rule} of ${where} denies ${traffic}`
  const share = Math.round((100 * size(blocked)) / size(asked))
  return `${rule} of ${where} denies ports ${portsText(flow.protocol, blocked)} of ${traffic}: ${share} % of them`
}

interface Story {
  readonly verdict: HopVerdict
  readonly code: string
  readonly explanation: string
}

export function routeStory(outcome: RouteOutcome, table: string, place: Place, destination: Address): Story {
  const to = formatAddress(destination)
  const where = `${table} of ${place.subnetId}`
  switch (outcome.kind) {
    case 'local':
      return pass(`${where} delivers ${to} locally`)
    case 'peering':
      return pass(`${where} sends ${to} to ${outcome.id}`)
    case 'gateway':
      return pass(
        `${where} sends ${to} to ${outcome.route.target.kind === 'local' ? 'local' : outcome.route.target.id}`,
      )
    case 'no-route':
      return block('NO_ROUTE_TO_DESTINATION', `${where} has no route for ${to}`)
    case 'blackhole':
      return block('BAD_STATE_ROUTE', `the route of ${where} for ${to} is a blackhole: its target is gone`)
    case 'astray':
      if (outcome.peering) return pass(`${where} sends ${to} to ${outcome.peering}`)
      return block(outcome.code, `${where}: ${outcome.because()}`)
    case 'unknown':
      return { verdict: 'unknown', code: '', explanation: `not known: ${outcome.missing.because}` }
  }
}

const pass = (explanation: string): Story => ({ verdict: 'pass', code: '', explanation })
const block = (code: string, explanation: string): Story => ({ verdict: 'block', code, explanation })

export function gatewayStory(outcome: GatewayOutcome, protocol: number): Story {
  switch (outcome.verdict) {
    case 'pass':
      return pass(outcome.explanation())
    case 'block':
      return block(outcome.code, outcome.explanation())
    case 'only':
      return outcome.protocols.includes(protocol)
        ? pass(outcome.explanation())
        : block(
            outcome.code,
            `${protocolName(protocol)} is not carried: ${outcome.explanation()}, and nothing else`,
          )
    case 'unknown':
      return { verdict: 'unknown', code: '', explanation: `not known: ${outcome.missing.because}` }
  }
}
