/**
 * What each security group lets through in one direction and protocol, flattened for speed: the rules of all
 * groups lie in one array of 32-bit words, and a question reads two or three stretches of it. Exact.
 *
 * A group's words: how many stretches of ports (n), their last ports and first ports as `from << 16 | to` in
 * ascending order (n), where the peers of each begin (n). Peers of a stretch: how many address ranges (a) and
 * groups (g) as `a << 16 | g`, the ranges as from, to (2a) in ascending order, the groups' indexes (g).
 */
import type { GroupSets } from '../network/group-sets.ts'
import { type Interval, type IntervalSet, intersect, intervalSet } from '../network/intervals.ts'
import { segment } from '../network/interval-map.ts'
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
})

export const NO = 0
export const YES = 1
export const MAYBE = 2
export type Answer = typeof NO | typeof YES | typeof MAYBE

/**
 * Whether a port is admitted from or to an IPv4 address whose holder carries the set of groups `peers`.
 * @param own number of the set that filters; the rules of its groups are united
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
  const end = sets.begins[own + 1] as number
  let at = sets.begins[own] as number
  let answer: Answer = at === end ? MAYBE : NO
  for (; at < end; at++) {
    const group = sets.groups[at] as number
    let begin = admissions.begins[group] ?? UNCLEAR
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
  const count = words[begin] as number
  const end = begin + count
  // Few and side by side: faster than a binary search.
  for (let at = begin + 1; at <= end; at++) {
    const stretch = words[at] as number
    if (port > (stretch & 0xffff)) continue
    return port >= stretch >>> 16 && holdsPeer(words, words[at + count] as number, peer, sets, peers)
  }
  return false
}

function holdsPeer(
  words: Uint32Array,
  begin: number,
  peer: number,
  { begins, groups: carried }: GroupSets,
  peers: number,
): boolean {
  const counts = words[begin] as number
  const ranges = counts >>> 16
  if (inRanges(words, begin + 1, ranges, peer)) return true
  const groups = begin + 1 + 2 * ranges
  const end = groups + (counts & 0xffff)
  const first = begins[peers] as number
  const last = begins[peers + 1] as number
  for (let at = groups; at < end; at++) {
    for (let i = first; i < last; i++) if (words[at] === carried[i]) return true
  }
  return false
}

function inRanges(words: Uint32Array, begin: number, ranges: number, peer: number): boolean {
  const found = lastUpTo(words, begin, ranges, 2, peer)
  return found >= 0 && peer <= (words[begin + 2 * found + 1] as number)
}

function flatten(admissions: Admissions, group: number): number {
  const { network, direction, protocol, words } = admissions
  const side = network.groups[group]?.[direction]
  const rules = side && rulesFor(side, protocol)
  const clear = rules && rules.unclear.length === 0
  const begin = clear ? append(words, wordsOf(network, rules, words.used)) : UNCLEAR
  admissions.begins[group] = begin
  return begin
}

/** Who may be the other end of a stretch of ports: one of a rule's address ranges, or a group. */
type Peer = Interval<number> | number

function wordsOf(network: Network, rules: ProtocolRules, begin: number): readonly number[] {
  const stretches = segment(peersByPorts(network, rules), (peers): readonly Peer[] => peers)
  const count = stretches.starts.length
  const packed = stretches.starts.map((from, i) => ((from << 16) | (stretches.ends[i] as number)) >>> 0)
  const pointers: number[] = []
  const peers: number[] = []
  for (const list of stretches.values) {
    pointers.push(begin + 1 + 2 * count + peers.length)
    peers.push(...peerWords(list))
  }
  return [count, ...packed, ...pointers, ...peers]
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
