/**
 * What each security group lets through in one direction and protocol, flattened for speed: the rules of all
 * groups lie in one array of 32-bit words, and a question reads two or three stretches of it. Exact.
 *
 * A group's words: how many stretches of ports (n), then of each, ascending (2n): its first and last port as
 * `from << 16 | to`, and how far from the group's begin its peers lie. Peers of a stretch: how many address ranges (a)
 * and groups (g) as `a << 16 | g`, the ranges as from, to (2a) in ascending order, the groups' indexes (g).
 */
import type { GroupSets } from '../network/group-sets.ts'
import { segment } from '../network/interval-map.ts'
import { type Interval, type IntervalSet, intersect, intervalSet } from '../network/intervals.ts'
import type { Network } from '../network/network.ts'
import { ALL_PORTS } from '../network/protocol.ts'
import { type ProtocolRules, rulesFor } from '../network/security-groups.ts'
import type { Direction } from './result.ts'
import { append, lastUpTo, newWords, type Words } from './words.ts'

export interface Admissions {
  readonly network: Network
  readonly direction: Direction
  readonly protocol: number
  /** By index of the group: where its words begin, NOT_MADE until it is asked for, UNCLEAR. */
  readonly begins: Int32Array
  readonly words: Words
  /** Where short lists begin, by their words: many groups have the same. */
  readonly same: Map<string, number>
}

const NOT_MADE = -1
/** Not collected, or with a rule that is not fully known. */
const UNCLEAR = -2

export const newAdmissions = (network: Network, direction: Direction, protocol: number): Admissions => ({
  network,
  direction,
  protocol,
  begins: new Int32Array(network.groups.length).fill(NOT_MADE),
  words: newWords(),
  same: new Map(),
})

export const NO = 0
export const YES = 1
export const MAYBE = 2
export type Answer = typeof NO | typeof YES | typeof MAYBE

/**
 * Whether a port is admitted from or to an IPv4 address whose holder carries the set of groups `peers`.
 * @param own place of the set that filters; the rules of its groups are united
 * @returns MAYBE where this form cannot tell
 */
export function admits(
  admissions: Admissions,
  own: number,
  peer: number,
  peers: number,
  port: number,
): Answer {
  const sets = admissions.network.groupSets
  const end = own + (sets[own] as number)
  let answer: Answer = own === end ? MAYBE : NO
  for (let at = own + 1; at <= end; at++) {
    const group = sets[at] as number
    let begin = admissions.begins[group] as number
    if (begin === NOT_MADE) begin = flatten(admissions, group)
    if (begin === UNCLEAR) answer = MAYBE
    else if (groupAdmits(admissions.words.list, begin, peer, sets, peers, port)) return YES
  }
  return answer
}

function groupAdmits(
  words: Uint32Array,
  begin: number,
  peer: number,
  sets: GroupSets,
  peers: number,
  port: number,
): boolean {
  const end = begin + 2 * (words[begin] as number)
  // Few and side by side: faster than a binary search.
  for (let at = begin + 1; at < end; at += 2) {
    const stretch = words[at] as number
    if (port > (stretch & 0xffff)) continue
    return port >= stretch >>> 16 && holdsPeer(words, begin + (words[at + 1] as number), peer, sets, peers)
  }
  return false
}

function holdsPeer(words: Uint32Array, begin: number, peer: number, sets: GroupSets, peers: number): boolean {
  const counts = words[begin] as number
  const ranges = counts >>> 16
  if (ranges > 0 && inRanges(words, begin + 1, ranges, peer)) return true
  const groups = begin + 1 + 2 * ranges
  const end = groups + (counts & 0xffff)
  if (groups === end) return false
  const last = peers + (sets[peers] as number)
  for (let i = peers + 1; i <= last; i++) {
    for (let at = groups; at < end; at++) if (words[at] === sets[i]) return true
  }
  return false
}

function inRanges(words: Uint32Array, begin: number, ranges: number, peer: number): boolean {
  const found = lastUpTo(words, begin, ranges, 2, peer)
  return found >= 0 && peer <= (words[begin + 2 * found + 1] as number)
}

function flatten(admissions: Admissions, group: number): number {
  const { network, direction, protocol } = admissions
  const side = network.groups[group]?.[direction]
  const rules = side && rulesFor(side, protocol)
  const clear = rules && rules.unclear.length === 0
  const begin = clear ? keep(admissions, wordsOf(network, rules)) : UNCLEAR
  admissions.begins[group] = begin
  return begin
}

const SHORT = 16

function keep({ words, same }: Admissions, list: readonly number[]): number {
  if (list.length > SHORT) return append(words, list)
  const key = list.join()
  const begin = same.get(key) ?? append(words, list)
  same.set(key, begin)
  return begin
}

/** Who may be the other end of a stretch of ports: one of a rule's address ranges, or a group. */
type Peer = Interval<number> | number

function wordsOf(network: Network, rules: ProtocolRules): readonly number[] {
  const { starts, ends, values } = segment(peersByPorts(network, rules), (peers): readonly Peer[] => peers)
  const stretches: number[] = []
  const peers: number[] = []
  values.forEach((list, i) => {
    stretches.push((((starts[i] as number) << 16) | (ends[i] as number)) >>> 0)
    stretches.push(1 + 2 * starts.length + peers.length)
    peers.push(...peerWords(list))
  })
  return [starts.length, ...stretches, ...peers]
}

function peersByPorts(network: Network, { v4, byGroup }: ProtocolRules) {
  const items: { from: number; to: number; item: Peer }[] = []
  const add = (ports: Interval<number>, item: Peer) => {
    const [within] = intersect([ports], [ALL_PORTS])
    if (within) items.push({ ...within, item })
  }
  v4.values.forEach((list, i) => {
    const range = { from: v4.starts[i] as number, to: v4.ends[i] as number }
    for (const { ports } of list) add(ports, range)
  })
  for (const [id, list] of byGroup) {
    const index = network.groupIndex.get(id)
    if (index !== undefined) for (const { ports } of list) add(ports, index)
  }
  return items
}

function peerWords(peers: readonly Peer[]): readonly number[] {
  const ranges: IntervalSet<number> = intervalSet(peers.filter((peer) => typeof peer !== 'number'))
  const groups = [...new Set(peers.filter((peer) => typeof peer === 'number'))]
  const counts = ((ranges.length << 16) | groups.length) >>> 0
  return [counts, ...ranges.flatMap(({ from, to }) => [from, to]), ...groups]
}
