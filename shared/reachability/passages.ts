/**
 * What network ACLs let through, flattened for speed: the entries of all ACLs for one protocol in one array of
 * 32-bit words. Exact.
 *
 * A list's words: how many stretches of IPv4 addresses (n), where they begin (n, ascending, the first at 0.0.0.0),
 * where the steps of each lie (n). Steps cover all ports in ascending order: `last port << 2 | decision`.
 */
import type { Address } from '../network/address.ts'
import type { IntervalMap } from '../network/interval-map.ts'
import { next } from '../network/intervals.ts'
import type { Network } from '../network/network.ts'
import {
  type AclSegments,
  type AclSide,
  IMPLICIT_DENY,
  segmentsByAddress,
  segmentsFor,
} from '../network/network-acls.ts'
import { ALL_PORTS } from '../network/protocol.ts'
import type { Direction } from './result.ts'
import { append, lastUpTo, newWords, type Words } from './words.ts'

/** What is decided on a range of ports, as bits: a step's decision is the number of its bit. */
export const DENIED = 1
export const ALLOWED = 2
export const DOUBTFUL = 4

export interface Passages {
  readonly network: Network
  readonly protocol: number
  /** By twice the index of the ACL, and one more for its egress list: where its words begin, 0 until asked for. */
  readonly begins: Int32Array
  readonly words: Words
  /** Where the steps of segments lie that were flattened. */
  readonly steps: Map<AclSegments, number>
}

/** The steps of a list that is not known: every port is doubtful. */
const NOT_KNOWN = 0
const NOTHING_KNOWN: AclSegments = [{ ...ALL_PORTS, allow: false, unclear: true, entry: undefined }]

export function newPassages(network: Network, protocol: number): Passages {
  const begins = new Int32Array(2 * network.acls.length)
  const passages = { network, protocol, begins, words: newWords(), steps: new Map() }
  stepsOf(passages, NOTHING_KNOWN)
  return passages
}

/** Where the steps for one peer address begin. @param acl index of the ACL, -1 where it is not known */
export function stepsFor(passages: Passages, acl: number, direction: Direction, peer: Address): number {
  if (typeof peer === 'bigint') return stepsForIpv6(passages, acl, direction, peer)
  const slot = 2 * acl + (direction === 'egress' ? 1 : 0)
  const begin = passages.begins[slot] || flatten(passages, acl, direction, slot)
  if (begin === NOT_KNOWN) return NOT_KNOWN
  const { list } = passages.words
  const count = list[begin] as number
  return list[begin + 1 + count + lastUpTo(list, begin + 1, count, 1, peer)] as number
}

export function decisions(list: Uint32Array, steps: number, from: number, to: number): number {
  let found = 0
  for (let at = steps; ; at++) {
    const step = list[at] as number
    const last = step >>> 2
    if (last < from) continue
    found |= 1 << (step & 3)
    if (last >= to) return found
  }
}

/** Where the steps of several lists begin: kept from one verdict to the next, so emptied by its count. */
interface StepLists {
  readonly lists: number[]
  count: number
}

export const newStepLists = (): StepLists => ({ lists: [], count: 0 })

/** ALLOWED when some port of a range passes several lists; DOUBTFUL when some port may pass, or may not. */
export function leftBy(list: Uint32Array, { lists, count }: StepLists, from: number, to: number): number {
  let left = 0
  for (let port = from; port <= to; ) {
    let found = 0
    let last = to
    for (let i = 0; i < count; i++) {
      const step = stepAt(list, lists[i] as number, port)
      found |= 1 << (step & 3)
      if (step >>> 2 < last) last = step >>> 2
    }
    if (!(found & DENIED)) left |= found & DOUBTFUL || ALLOWED
    port = last + 1
  }
  return left
}

function stepAt(list: Uint32Array, steps: number, port: number): number {
  let at = steps
  while ((list[at] as number) >>> 2 < port) at++
  return list[at] as number
}

/** Whether a list lets every port of every address of a family through. */
export function passesAll(passages: Passages, acl: number, direction: Direction, ofFamily: Address): boolean {
  const side = sideOf(passages, acl, direction)
  if (!side) return false
  const { v4, v6 } = segmentsByAddress(side, passages.protocol)
  return typeof ofFamily === 'number' ? openUpTo(v4, ADDRESSES) : openUpTo(v6, ADDRESSES_V6)
}

function openUpTo<A extends Address>({ starts, ends, values }: IntervalMap<A, AclSegments>, end: A): boolean {
  const whole = ends.every((last, i) => next(last) === (starts[i + 1] ?? end)) && Number(starts[0]) === 0
  return whole && values.every((segments) => segments.every(({ allow, unclear }) => allow && !unclear))
}

const sideOf = ({ network }: Passages, acl: number, direction: Direction): AclSide | undefined =>
  network.acls[acl]?.[direction]

function stepsForIpv6(passages: Passages, acl: number, direction: Direction, peer: bigint): number {
  const side = sideOf(passages, acl, direction)
  return side ? stepsOf(passages, segmentsFor(side, passages.protocol, peer)) : NOT_KNOWN
}

function flatten(passages: Passages, acl: number, direction: Direction, slot: number): number {
  const side = sideOf(passages, acl, direction)
  if (!side) return NOT_KNOWN
  const { starts, segments } = withoutGaps(side, passages.protocol)
  const steps = segments.map((one) => stepsOf(passages, one))
  const begin = append(passages.words, [starts.length, ...starts, ...steps])
  passages.begins[slot] = begin
  return begin
}

const ADDRESSES = 2 ** 32
const ADDRESSES_V6 = 1n << 128n

/** Stretches that together hold every IPv4 address. */
function withoutGaps(side: AclSide, protocol: number) {
  const { v4 } = segmentsByAddress(side, protocol)
  const starts: number[] = []
  const segments: AclSegments[] = []
  const add = (start: number, one: AclSegments) => {
    starts.push(start)
    segments.push(one)
  }
  let next = 0
  v4.values.forEach((one, i) => {
    const start = v4.starts[i] as number
    if (start > next) add(next, IMPLICIT_DENY)
    add(start, one)
    next = (v4.ends[i] as number) + 1
  })
  if (next < ADDRESSES) add(next, IMPLICIT_DENY)
  return { starts, segments }
}

function stepsOf({ steps, words }: Passages, segments: AclSegments): number {
  const begin = steps.get(segments) ?? append(words, segments.map(stepOf))
  steps.set(segments, begin)
  return begin
}

const stepOf = ({ to, allow, unclear }: AclSegments[number]): number =>
  (to << 2) | (unclear ? 2 : allow ? 1 : 0)
