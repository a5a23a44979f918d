/**
 * Asking about an end whose exact address is not known: one address is tried for every stretch of the range on
 * which no rule of the other end makes a difference, so the answers together are exact for the whole range.
 */
import { type Address, inRange, isPublic, parseAddress, parseCidr } from '../network/address.ts'
import type { IntervalMap } from '../network/interval-map.ts'
import { type Interval, next } from '../network/intervals.ts'
import type { Network } from '../network/network.ts'
import type { AclSide } from '../network/network-acls.ts'
import { rulesFor } from '../network/security-groups.ts'
import { aclSide } from './filters.ts'
import type { Inside, Place, Visitor } from './layers.ts'
import type { Direction } from './result.ts'

type Ranges = IntervalMap<number, unknown> | IntervalMap<bigint, unknown>
type Family = 'v4' | 'v6'

/** Sends a visitor along the way of a packet whose one end has this address. */
export type WayTo<A extends Address> = (address: A, visitor: Visitor) => void

/**
 * Addresses of `range` that between them meet every rule which `other`, and every gateway on the way, has for peers
 * in it. Which gateways those are depends on the address: found by going there until nothing new turns up.
 */
export function representatives<A extends Address>(
  network: Network,
  range: Interval<A>,
  other: Inside,
  protocol: number,
  wayTo: WayTo<A>,
): readonly A[] {
  const family = typeof range.from === 'number' ? 'v4' : 'v6'
  const cuts = new Set<A>()
  const met = new Map<string, readonly Ranges[]>([['other', mapsOf(network, other, protocol, family)]])
  const collector = collecting(network, family, met)
  const cutAt = (maps: Iterable<readonly Ranges[]>) => {
    for (const map of [...maps].flat())
      for (const cut of [...map.starts, ...map.ends.map(next)] as unknown as readonly A[])
        if (cut > range.from && cut <= range.to) cuts.add(cut)
  }
  cuts.add(range.from)
  cutAt(met.values())
  // A set goes on over what is added while it is read.
  for (const address of cuts) {
    const before = met.size
    wayTo(address, collector)
    if (met.size > before) cutAt([...met.values()].slice(before))
  }
  return [...cuts].sort((a, b) => (a < b ? -1 : 1))
}

/** Keeps what the layers of a walk have for address ranges, each place once. */
function collecting(network: Network, family: Family, met: Map<string, readonly Ranges[]>): Visitor {
  const meet = (key: string, maps: () => readonly Ranges[]) => {
    if (!met.has(key)) met.set(key, maps())
  }
  const collector: Visitor = {
    groups: () => {},
    acl: (_leg, direction, place) =>
      meet(`${direction} ${place.subnetId}`, () => aclMaps(network, place, direction, family)),
    route: (_leg, place) => meet(`table of ${place.subnetId}`, () => tableMaps(network, place, family)),
    gateway: (_leg, _direction, { type, id }) => {
      const table = type === 'transit-gateway-route-table' ? network.transit.tableOf(id) : undefined
      if (table && !('missing' in table)) meet(id, () => [table[family]])
    },
    choice(ways) {
      for (const way of ways) way(collector)
      return 'same'
    },
  }
  return collector
}

function aclMaps(network: Network, place: Place, direction: Direction, family: Family): readonly Ranges[] {
  const acl = aclSide(network, place, direction)
  return 'entries' in acl ? [entryRanges(acl.entries.entries, family)] : []
}

function tableMaps(network: Network, place: Place, family: Family): readonly Ranges[] {
  const table = network.routeTables[place.subnet?.routeTable ?? -1]
  return table ? [table[family]] : []
}

function mapsOf(network: Network, { nic }: Inside, protocol: number, family: Family): readonly Ranges[] {
  const maps = [...tableMaps(network, nic, family)]
  for (const direction of ['ingress', 'egress'] as const) {
    for (const index of nic.groups.indexes) {
      const side = network.groups[index]?.[direction]
      if (side) maps.push(rulesFor(side, protocol)[family])
    }
    maps.push(...aclMaps(network, nic, direction, family))
  }
  return maps
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
export function internetAddresses(
  network: Network,
  other: Inside,
  protocol: number,
  wayTo: WayTo<Address>,
): readonly Address[] {
  if (typeof other.address === 'bigint') {
    const all = representatives(network, PUBLIC_IPV6, other, protocol, wayTo as WayTo<bigint>)
    return all.filter((address) => !inVpc(network, address))
  }
  const found = representatives(network, PUBLIC_IPV4, other, protocol, wayTo)
  return [...found, ...AFTER_PRIVATE].filter(isPublic)
}

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
