/**
 * What a set of groups lets through in one direction and protocol, flattened for speed: the rules of all groups
 * united, the ports of each stretch of addresses as one canonical list. Exact; sets with unknown parts have none.
 */
import type { GroupSet } from '../network/interfaces.ts'
import { intervalSet } from '../network/intervals.ts'
import { type IntervalMap, segment } from '../network/interval-map.ts'
import type { Network } from '../network/network.ts'
import { type GroupRule, type ProtocolRules, rulesFor } from '../network/security-groups.ts'
import type { Direction } from './result.ts'

/** from, to, from, to, ... in ascending order. */
type Ports = readonly number[]

export interface Admission {
  readonly starts: readonly number[]
  readonly ends: readonly number[]
  readonly ports: readonly Ports[]
  /** By index of the group that the other end carries. */
  readonly byGroup: ReadonlyMap<number, Ports> | undefined
}

/** @returns undefined where a group was not collected or a rule is not fully known */
export function admissionOf(
  network: Network,
  set: GroupSet,
  direction: Direction,
  protocol: number,
): Admission | undefined {
  if (!set.known || set.indexes.length === 0) return undefined
  const all: ProtocolRules[] = []
  for (const index of set.indexes) {
    const side = network.groups[index]?.[direction]
    const rules = side && rulesFor(side, protocol)
    if (!rules || rules.unclear.length > 0) return undefined
    all.push(rules)
  }
  const map = united(all)
  return { starts: map.starts, ends: map.ends, ports: map.values, byGroup: byGroupOf(network, all) }
}

function united(all: readonly ProtocolRules[]): IntervalMap<number, Ports> {
  const [only] = all
  if (only && all.length === 1) return { ...only.v4, values: only.v4.values.map(portsOf) }
  const items = all.flatMap(({ v4 }) =>
    v4.values.map((item, i) => ({ from: v4.starts[i] as number, to: v4.ends[i] as number, item })),
  )
  return segment(items, (lists) => portsOf(lists.flat()))
}

function byGroupOf(network: Network, all: readonly ProtocolRules[]): ReadonlyMap<number, Ports> | undefined {
  const rules = new Map<number, GroupRule[]>()
  for (const [id, list] of all.flatMap(({ byGroup }) => [...byGroup])) {
    const index = network.groupIndex.get(id)
    if (index !== undefined) rules.set(index, [...(rules.get(index) ?? []), ...list])
  }
  return rules.size === 0 ? undefined : new Map([...rules].map(([index, list]) => [index, portsOf(list)]))
}

const portsOf = (rules: readonly GroupRule[]): Ports =>
  intervalSet(rules.map(({ ports }) => ports)).flatMap(({ from, to }) => [from, to])

/** Whether a port is admitted from or to an IPv4 address that carries `peers`. */
export function admits(admission: Admission, peer: number, peers: readonly number[], port: number): boolean {
  const { starts, ends, ports, byGroup } = admission
  let low = 0
  let high = starts.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    if ((starts[middle] as number) <= peer) low = middle + 1
    else high = middle - 1
  }
  if (high >= 0 && peer <= (ends[high] as number) && holds(ports[high] as Ports, port)) return true
  if (byGroup === undefined) return false
  for (let i = 0; i < peers.length; i++) {
    const own = byGroup.get(peers[i] as number)
    if (own !== undefined && holds(own, port)) return true
  }
  return false
}

function holds(ports: Ports, port: number): boolean {
  for (let i = 0; i < ports.length; i += 2) {
    if (port < (ports[i] as number)) return false
    if (port <= (ports[i + 1] as number)) return true
  }
  return false
}
