/**
 * Asking about an end whose exact address is not known: one address is tried for every stretch of the range on
 * which no rule of the other end makes a difference, so the answers together are exact for the whole range.
 */
import { type Address, isPublic, parseAddress, parseCidr } from '../network/address.ts'
import type { IntervalMap } from '../network/interval-map.ts'
import { type Interval, next } from '../network/intervals.ts'
import type { Network } from '../network/network.ts'
import { rulesFor } from '../network/security-groups.ts'
import { aclSide } from './filters.ts'
import type { Inside } from './layers.ts'

/** Addresses of `range` that between them meet every rule which `other` has for peers in it. */
export function representatives(
  network: Network,
  range: Interval<number>,
  other: Inside,
  protocol: number,
): readonly number[] {
  const cuts = new Set<number>([range.from])
  for (const map of mapsOf(network, other, protocol)) {
    for (const cut of [...map.starts, ...map.ends.map(next)]) {
      if (cut > range.from && cut <= range.to) cuts.add(cut)
    }
  }
  return [...cuts].sort((a, b) => a - b)
}

function mapsOf(
  network: Network,
  { nic }: Inside,
  protocol: number,
): readonly IntervalMap<number, unknown>[] {
  const maps: IntervalMap<number, unknown>[] = []
  for (const direction of ['ingress', 'egress'] as const) {
    for (const index of nic.groups.indexes) {
      const side = network.groups[index]?.[direction]
      if (side) maps.push(rulesFor(side, protocol).v4)
    }
    const acl = aclSide(network, nic, direction)
    if ('entries' in acl) maps.push(entryRanges(acl.entries.entries))
  }
  const table = network.routeTables[nic.subnet?.routeTable ?? -1]
  return table ? [...maps, table.v4] : maps
}

const entryRanges = (
  entries: readonly { readonly CidrBlock?: string | undefined }[],
): IntervalMap<number, unknown> => {
  const ranges = entries.flatMap(({ CidrBlock }) =>
    CidrBlock ? [parseCidr(CidrBlock)?.range as Interval<number>] : [],
  )
  return { starts: ranges.map(({ from }) => from), ends: ranges.map(({ to }) => to), values: [] }
}

const PUBLIC_IPV4: Interval<number> = { from: 0x01_00_00_00, to: 0xdf_ff_ff_ff }

/** "internet": any public IPv4 address that some rule treats on its own. */
export const internetAddresses = (network: Network, other: Inside, protocol: number): readonly Address[] =>
  [...representatives(network, PUBLIC_IPV4, other, protocol), ...AFTER_PRIVATE].filter(isPublic)

/** Where public space begins again: a rule's stretch may start in private space and end in public. */
const AFTER_PRIVATE = [
  '11.0.0.0',
  '100.128.0.0',
  '128.0.0.0',
  '169.255.0.0',
  '172.32.0.0',
  '192.169.0.0',
].map((text) => parseAddress(text) as Address)
