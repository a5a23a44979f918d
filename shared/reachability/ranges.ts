/**
 * Asking about an end whose exact address is not known: one address is tried for every stretch of the range on
 * which no rule of the other end makes a difference, so the answers together are exact for the whole range.
 */
import { type Address, inRange, isPublic, parseAddress, parseCidr } from '../network/address.ts'
import type { IntervalMap } from '../network/interval-map.ts'
import { type Interval, next } from '../network/intervals.ts'
import type { Network } from '../network/network.ts'
import { rulesFor } from '../network/security-groups.ts'
import type { AclSide } from '../network/network-acls.ts'
import { aclSide } from './filters.ts'
import type { Inside } from './layers.ts'

type Ranges = IntervalMap<number, unknown> | IntervalMap<bigint, unknown>
type Family = 'v4' | 'v6'

/** Addresses of `range` that between them meet every rule which `other` has for peers in it. */
export function representatives<A extends Address>(
  network: Network,
  range: Interval<A>,
  other: Inside,
  protocol: number,
): readonly A[] {
  const cuts = new Set<A>([range.from])
  for (const map of mapsOf(network, other, protocol, typeof range.from === 'number' ? 'v4' : 'v6')) {
    for (const cut of [...map.starts, ...map.ends.map(next)] as unknown as readonly A[]) {
      if (cut > range.from && cut <= range.to) cuts.add(cut)
    }
  }
  return [...cuts].sort((a, b) => (a < b ? -1 : 1))
}

function mapsOf(network: Network, { nic }: Inside, protocol: number, family: Family): readonly Ranges[] {
  const maps: Ranges[] = []
  for (const direction of ['ingress', 'egress'] as const) {
    for (const index of nic.groups.indexes) {
      const side = network.groups[index]?.[direction]
      if (side) maps.push(rulesFor(side, protocol)[family])
    }
    const acl = aclSide(network, nic, direction)
    if ('entries' in acl) maps.push(entryRanges(acl.entries.entries, family))
  }
  const table = network.routeTables[nic.subnet?.routeTable ?? -1]
  return table ? [...maps, table[family]] : maps
}

function entryRanges(entries: AclSide['entries'], family: Family): Ranges {
  const ranges = entries.flatMap(({ CidrBlock, Ipv6CidrBlock }) => {
    const cidr = family === 'v4' ? CidrBlock : Ipv6CidrBlock
    return (cidr && parseCidr(cidr)?.range) || []
  })
  return {
    starts: ranges.map(({ from }) => from),
    ends: ranges.map(({ to }) => to),
    values: [],
  } as unknown as Ranges
}

const PUBLIC_IPV4: Interval<number> = { from: 0x01_00_00_00, to: 0xdf_ff_ff_ff }
const PUBLIC_IPV6: Interval<bigint> = { from: 1n << 125n, to: (1n << 126n) - 1n }

/** "internet": any public address, of the family of the other end, that some rule treats on its own. */
export const internetAddresses = (network: Network, other: Inside, protocol: number): readonly Address[] =>
  typeof other.address === 'bigint'
    ? representatives(network, PUBLIC_IPV6, other, protocol).filter((address) => !inVpc(network, address))
    : [...representatives(network, PUBLIC_IPV4, other, protocol), ...AFTER_PRIVATE].filter(isPublic)

/** The IPv6 addresses of VPCs are public ones, but nobody on the internet has them. */
const inVpc = (network: Network, address: bigint): boolean =>
  [...network.vpcs.values()].some(({ Ipv6CidrBlockAssociationSet: blocks }) =>
    blocks?.some(({ Ipv6CidrBlock }) => {
      const range = Ipv6CidrBlock === undefined ? undefined : parseCidr(Ipv6CidrBlock)?.range
      return range !== undefined && inRange(address, range)
    }),
  )

/** Where public space begins again: a rule's stretch may start in private space and end in public. */
const AFTER_PRIVATE = [
  '11.0.0.0',
  '100.128.0.0',
  '128.0.0.0',
  '169.255.0.0',
  '172.32.0.0',
  '192.169.0.0',
].map((text) => parseAddress(text) as Address)
