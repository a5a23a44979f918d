/**
 * Which rule of a security group lets one port pass, for IPv4: flattened for speed, as `admission.ts` is. The rules of
 * all groups lie in one array of 32-bit words, and a question reads a stretch or two of it. Exact, and what
 * `deciding-rule.ts` says of one port.
 *
 * A group's words: whether it has a rule that is not fully known, how many ranges of addresses (a) and rules that refer
 * to groups (g); where the ranges begin, ascending (a), where they end (a), the first rule's number in each (a); of the
 * rules that refer, in their order, the other group's index and the rule's number (2g).
 */
import { parseCidr } from '../../network/address.ts'
import type { GroupSets } from '../../network/group-sets.ts'
import { segment } from '../../network/interval-map.ts'
import type { Interval } from '../../network/intervals.ts'
import type { Network } from '../../network/network.ts'
import { applies, cidrsOf, type DirectionRules, type GroupRule } from '../../network/security-groups.ts'
import type { Identity } from '../layers.ts'
import type { Direction } from '../result.ts'
import { append, lastUpTo, newWords, type Words } from '../words.ts'

export interface Deciders {
  readonly network: Network
  readonly direction: Direction
  readonly protocol: number
  readonly port: number
  /** By index of the group: where its words begin, NOT_MADE until it is asked for, NOT_TOLD without its rules. */
  readonly begins: Int32Array
  readonly words: Words
  /** By number. */
  readonly rules: GroupRule[]
}

const NOT_MADE = -1
const NOT_TOLD = -2

export const newDeciders = (
  network: Network,
  direction: Direction,
  protocol: number,
  port: number,
): Deciders => ({
  network,
  direction,
  protocol,
  port,
  begins: new Int32Array(network.groups.length).fill(NOT_MADE),
  words: newWords(),
  rules: [],
})

/** No rule lets it pass. */
export const NONE = -1
/** This form cannot tell. */
export const UNCLEAR = -2

/**
 * The number of the first rule that lets the port pass from or to an IPv4 address whose holder carries the set of groups
 * `peers`, NONE or UNCLEAR.
 * @param own place of the set that filters; its groups are looked through in order
 */
export function deciderOf(
  deciders: Deciders,
  own: number,
  peer: number,
  peers: number,
  identity: Identity,
): number {
  if (own < 0 || peers < 0) return UNCLEAR
  const sets = deciders.network.groupSets
  const end = own + (sets[own] as number)
  // Who carries no group is not filtered.
  if (own === end) return UNCLEAR
  for (let at = own + 1; at <= end; at++) {
    const group = sets[at] as number
    let begin = deciders.begins[group] as number
    if (begin === NOT_MADE) begin = flatten(deciders, group)
    if (begin === NOT_TOLD) return UNCLEAR
    const found = deciderIn(deciders.words.list, begin, peer, sets, peers, identity)
    if (found !== NONE) return found
  }
  return NONE
}

function deciderIn(
  words: Uint32Array,
  begin: number,
  peer: number,
  sets: GroupSets,
  peers: number,
  identity: Identity,
): number {
  const [ranges, references] = [words[begin + 1] as number, words[begin + 2] as number]
  const starts = begin + HEAD
  const place = lastUpTo(words, starts, ranges, 1, peer)
  if (place >= 0 && peer <= (words[starts + ranges + place] as number))
    return words[starts + 2 * ranges + place] as number
  if (words[begin] === 1) return UNCLEAR
  const from = starts + 3 * ranges
  const to = from + 2 * references
  const last = peers + (sets[peers] as number)
  for (let i = peers + 1; i <= last; i++) {
    for (let at = from; at < to; at += 2)
      if (words[at] === sets[i]) return identity === 1 ? (words[at + 1] as number) : UNCLEAR
  }
  return NONE
}

const HEAD = 3

function flatten(deciders: Deciders, group: number): number {
  const side = deciders.network.groups[group]?.[deciders.direction]
  const begin = side ? append(deciders.words, wordsOf(deciders, side)) : NOT_TOLD
  deciders.begins[group] = begin
  return begin
}

function wordsOf({ network, protocol, port, rules }: Deciders, side: DirectionRules): readonly number[] {
  const lets = (rule: GroupRule): boolean =>
    applies(rule, protocol) && rule.ports.from <= port && port <= rule.ports.to
  const ranges: (Interval<number> & { readonly item: number })[] = []
  const references: number[] = []
  let unclear = side.unclear.some(({ rule }) => lets(rule))
  for (const rule of side.rules) {
    if (!lets(rule)) continue
    const number = rules.push(rule) - 1
    const cidrs = cidrsOf(side, rule)
    if (!cidrs.known) unclear = true
    else ranges.push(...cidrs.value.flatMap((cidr) => rangeOf(cidr, number)))
    const group = network.groupIndex.get(rule.referencedGroupId ?? '')
    if (group !== undefined) references.push(group, number)
  }
  const { starts, ends, values } = segment(ranges, ([first = 0]) => first)
  return [unclear ? 1 : 0, starts.length, references.length / 2, ...starts, ...ends, ...values, ...references]
}

function rangeOf(cidr: string, item: number): readonly (Interval<number> & { readonly item: number })[] {
  const range = parseCidr(cidr)?.range
  return typeof range?.from === 'number' && typeof range.to === 'number'
    ? [{ from: range.from, to: range.to, item }]
    : []
}
