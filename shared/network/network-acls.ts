/**
 * Network ACLs, compiled: stateless, ascending rule numbers, the first match decides, otherwise deny.
 * IPv4 and IPv6 entries are independent. https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
 */
import type { NetworkAcl, NetworkAclEntry } from '../snapshot/types.ts'
import { type Address, parseCidr } from './address.ts'
import { find, type IntervalMap, segment } from './interval-map.ts'
import { type Interval, type IntervalSet, intersect, subtract } from './intervals.ts'
import { ALL_PORTS, isIcmp, parseProtocol, ruleRange } from './protocol.ts'

/** Ports on which one entry decides. Without an entry it is the implicit deny at the end of every list. */
export interface AclSegment {
  readonly from: number
  readonly to: number
  readonly allow: boolean
  /** The entry is not readable (its protocol or ports are missing), so neither is what it decides. */
  readonly unclear: boolean
  readonly entry: NetworkAclEntry | undefined
}

export type AclSegments = readonly AclSegment[]

export interface AclSide {
  readonly entries: readonly NetworkAclEntry[]
  readonly compiled: Map<
    number,
    { v4: IntervalMap<number, AclSegments>; v6: IntervalMap<bigint, AclSegments> }
  >
}

export interface CompiledAcl {
  readonly id: string
  readonly vpcId: string | undefined
  /** Absent when the response did not tell the entries. */
  readonly ingress: AclSide | undefined
  readonly egress: AclSide | undefined
}

/** The final "*" entry has number 32767 (32768 for IPv6) in the API. */
const LAST_RULE_NUMBER = 32766

export function compileAcl(acl: NetworkAcl): CompiledAcl {
  const side = (egress: boolean): AclSide | undefined =>
    acl.Entries && {
      entries: acl.Entries.filter(
        (entry) => entry.Egress === egress && entry.RuleNumber <= LAST_RULE_NUMBER,
      ).sort((a, b) => a.RuleNumber - b.RuleNumber),
      compiled: new Map(),
    }
  return { id: acl.NetworkAclId, vpcId: acl.VpcId, ingress: side(false), egress: side(true) }
}

/** The "*" at the end of every list. */
export const IMPLICIT_DENY: AclSegments = [{ ...ALL_PORTS, allow: false, unclear: false, entry: undefined }]

/** What the list decides for one peer address: segments that together cover all ports. */
export function segmentsFor(side: AclSide, protocol: number, peer: Address): AclSegments {
  const { v4, v6 } = segmentsByAddress(side, protocol)
  return (typeof peer === 'number' ? find(v4, peer) : find(v6, peer)) ?? IMPLICIT_DENY
}

/** Segments by stretches of addresses; elsewhere only the implicit deny is left. */
export function segmentsByAddress(side: AclSide, protocol: number) {
  const found = side.compiled.get(protocol)
  if (found) return found
  const made = compileSide(side.entries, protocol)
  side.compiled.set(protocol, made)
  return made
}

function compileSide(entries: readonly NetworkAclEntry[], protocol: number) {
  const v4: (Interval<number> & { item: AclSegment })[] = []
  const v6: (Interval<bigint> & { item: AclSegment })[] = []
  for (const entry of entries) {
    const item = entryFor(entry, protocol)
    if (!item) continue
    for (const range of rangesOf(entry)) {
      if (typeof range.from === 'number') v4.push({ ...(range as Interval<number>), item })
      else v6.push({ ...(range as Interval<bigint>), item })
    }
  }
  return { v4: segment(v4, firstMatch), v6: segment(v6, firstMatch) }
}

const EVERYWHERE = ['0.0.0.0/0', '::/0']

/** An entry without an address was cut: it may apply anywhere, and `unclear` makes it decide nothing. */
const rangesOf = (entry: NetworkAclEntry) => {
  const cidr = entry.CidrBlock ?? entry.Ipv6CidrBlock
  return (cidr ? [cidr] : EVERYWHERE).flatMap((text) => parseCidr(text)?.range ?? [])
}

function entryFor(entry: NetworkAclEntry, protocol: number): AclSegment | undefined {
  const entryProtocol = parseProtocol(entry.Protocol)
  if (entryProtocol !== undefined && entryProtocol !== 'all' && entryProtocol !== protocol) return undefined
  const action = entry.RuleAction.toLowerCase()
  const ports = entryProtocol === undefined ? undefined : portsOf(entry, entryProtocol)
  const unclear =
    !ports || !(entry.CidrBlock || entry.Ipv6CidrBlock) || (action !== 'allow' && action !== 'deny')
  return { ...(ports ?? ALL_PORTS), allow: action === 'allow', unclear, entry }
}

function portsOf(entry: NetworkAclEntry, protocol: number | 'all'): Interval<number> | undefined {
  if (protocol === 'all') return ALL_PORTS
  if (isIcmp(protocol)) {
    const { Type, Code } = entry.IcmpTypeCode ?? {}
    return Type === undefined ? undefined : ruleRange(protocol, Type, Code)
  }
  const portless = protocol !== 6 && protocol !== 17
  if (portless) return ALL_PORTS
  const { From, To } = entry.PortRange ?? {}
  return From === undefined || To === undefined ? undefined : { from: From, to: To }
}

/** Entries in ascending order; each port goes to the first that covers it. */
function firstMatch(entries: readonly AclSegment[]): AclSegments {
  let open: IntervalSet<number> = [ALL_PORTS]
  const decided: AclSegment[] = []
  for (const entry of entries) {
    const ports = [{ from: entry.from, to: entry.to }]
    decided.push(...intersect(open, ports).map((part) => ({ ...entry, ...part })))
    open = subtract(open, ports)
  }
  decided.push(...open.map((part) => ({ ...part, allow: false, unclear: false, entry: undefined })))
  return decided.sort((a, b) => a.from - b.from)
}
