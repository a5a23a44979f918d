/**
 * What the recorder says of routes and gateways on the way of one packet, from an interface's subnet to another
 * interface: put into text once for all interfaces that stand on the same spots (see `spots.ts`). What depends on the
 * interfaces themselves is a gap.
 */
import { formatAddress } from '../../network/address.ts'
import type { Network } from '../../network/network.ts'
import { carry, routeFor } from '../carry.ts'
import { recorder } from '../explanation.ts'
import type { Flow } from '../flow.ts'
import type { Identity, Inside, Place, PortsOf, Visitor } from '../layers.ts'
import type { Packet } from '../packet.ts'
import type { Blocker, Direction, Leg } from '../result.ts'
import {
  ADDRESS,
  BLOCKED,
  type Gap,
  type GappedText,
  type Stored,
  SUBNET,
  startText,
  store,
} from './gapped.ts'
import { keyOf, recordLayer, type Stop } from './layer-text.ts'
import type { Desk } from './page.ts'

export interface WayText {
  /** Of the first route: whether the sender's outbound rules see the receiver's groups. */
  readonly identity: Identity
  /** Whether the receiver's inbound rules see the sender's groups. */
  readonly seen: Identity
  readonly stretches: readonly Stretch[]
  /** The number of the hop that follows. */
  readonly next: number
}

/** Routes and gateways that follow one another, and the network ACL behind them. */
export interface Stretch {
  readonly hops: Stored
  readonly stops: readonly Stop[]
  readonly acl: AclOnWay | undefined
}

export interface AclOnWay {
  readonly place: 'sender' | 'receiver' | Place
  readonly direction: Direction
  readonly ports: PortsOf
}

/** @returns undefined where the way cannot be told to others: something is not known, or it leads elsewhere */
export function recordWay(
  network: Network,
  flow: Flow,
  desk: Desk,
  stretches: Map<string, Stretch>,
  leg: Leg,
  from: Inside,
  to: Inside,
): WayText | undefined {
  // The sender's interface is the first hop; on the way there its security groups are the second.
  const draft = newDraft(leg === 'forward' ? 3 : 2)
  function addGate(visit: (recorder: Visitor) => void): void {
    const layer = recordLayer(network, flow, (record) => visit(recorder(record)))
    if (!layer) draft.failed = true
    for (const hop of layer?.hops ?? []) {
      const words = gapped(JSON.stringify(hop).slice(1), from, to)
      draft.hops.push(startText(draft.next++), ...need(draft, words))
    }
    for (const blocker of layer?.blockers ?? []) draft.stops.push(stopOf(draft, blocker, from, to))
  }
  const visitor: Visitor = {
    groups() {
      // Asked for by the walk, not on the way.
    },
    acl(_leg, direction, place, _peer, ports) {
      const role = place === from.nic ? 'sender' : place === to.nic ? 'receiver' : place
      draft.hops.push(startText(draft.next++))
      endStretch(draft, { place: role, direction, ports })
    },
    route(_leg, place, destination, outcome) {
      const at = place === from.nic ? { ...place, subnetId: MARK } : place
      addGate((recorder) => recorder.route(leg, at, destination, outcome))
    },
    gateway(_leg, direction, component, outcome) {
      addGate((recorder) => recorder.gateway(leg, direction, component, outcome))
    },
    choice() {
      draft.failed = true
      return 'differ'
    },
  }
  const packet = packetOf(leg, from, to)
  const route = routeFor(network, from.nic, packet)
  const sender = { place: from.nic, by: 'interface', filtered: true } as const
  const arrival = carry(network, sender, packet, route, visitor)
  endStretch(draft, undefined)
  if (draft.failed || arrival.kind !== 'there') return undefined
  const told = draft.stretches.map((stretch) => onlyOne(desk, stretches, stretch))
  const stored = told.filter((stretch) => stretch !== undefined)
  if (stored.length < told.length) return undefined
  return { identity: route.identity, seen: arrival.identity, stretches: stored, next: draft.next }
}

const packetOf = (leg: Leg, from: Inside, to: Inside): Packet => ({
  leg,
  source: from.address,
  destination: to.address,
  ports: leg === 'forward' ? 'destination' : 'source',
  goal: to,
})

/** Stands for the id of the sender's subnet: no text of AWS's has a character for "delete". */
const MARK = '\u007f'

/** The words behind which layers name the receiver's address, and nothing else. */
const BEFORE_ADDRESS = /(?:"explanation":"|\b(?:sends|delivers|for|packets to|the private address) )$/
const AFTER_ADDRESS = /^[ ,"]/

/** @returns undefined where it is not certain what else the text says of these very interfaces */
function gapped(text: string, from: Inside, to: Inside): GappedText | undefined {
  const own = [from.nic.id, to.nic.id, from.nic.subnetId, to.nic.subnetId, formatAddress(from.address)]
  if (own.some((name) => name !== undefined && text.includes(name))) return undefined
  const parts = text.split(formatAddress(to.address))
  const [before = '', after] = parts
  if (parts.length > 2 || text.split(MARK).length > 2) return undefined
  if (after === undefined) return withSubnet(text)
  if (!BEFORE_ADDRESS.test(before) || !AFTER_ADDRESS.test(after)) return undefined
  return [...withSubnet(before), ADDRESS, ...withSubnet(after)]
}

function withSubnet(text: string): GappedText {
  const [before = '', after] = text.split(MARK)
  return after === undefined ? [before] : [before, SUBNET, after]
}

function stopOf(draft: Draft, blocker: Blocker, from: Inside, to: Inside): StopDraft {
  const { leg, direction, component, awsExplanationCode, explanation } = blocker
  const head = JSON.stringify({ leg, direction, component, awsExplanationCode }).slice(0, -1)
  const words = gapped(`,"explanation":${JSON.stringify(explanation)}}`, from, to)
  return { text: [`${head},"blocked":`, BLOCKED, ...need(draft, words)], key: keyOf(blocker) }
}

interface StopDraft {
  readonly text: GappedText
  readonly key: string
}

interface StretchDraft {
  readonly hops: GappedText
  readonly stops: readonly StopDraft[]
  readonly acl: AclOnWay | undefined
}

/** A way while it is recorded. */
interface Draft {
  readonly stretches: StretchDraft[]
  hops: (string | Gap)[]
  stops: StopDraft[]
  /** The number of the next hop. */
  next: number
  failed: boolean
}

const newDraft = (next: number): Draft => ({ stretches: [], hops: [], stops: [], next, failed: false })

function need(draft: Draft, words: GappedText | undefined): GappedText {
  if (!words) draft.failed = true
  return words ?? []
}

function endStretch(draft: Draft, acl: AclOnWay | undefined): void {
  draft.stretches.push({ hops: draft.hops, stops: draft.stops, acl })
  draft.hops = []
  draft.stops = []
}

/** Most ways share their stretches: what is in few places stays near in memory. @returns undefined without room */
function onlyOne(
  desk: Desk,
  stretches: Map<string, Stretch>,
  { hops, stops, acl }: StretchDraft,
): Stretch | undefined {
  const place = typeof acl?.place === 'object' ? acl.place.subnetId : acl?.place
  const key = JSON.stringify([hops, stops, acl && [place, acl.direction, acl.ports]])
  const found = stretches.get(key)
  if (found) return found
  const storedHops = store(desk, hops)
  const storedStops = stops.flatMap(({ text, key }) => {
    const stored = store(desk, text)
    return stored === undefined ? [] : [{ text: stored, key }]
  })
  if (storedHops === undefined || storedStops.length < stops.length) return undefined
  const made = { hops: storedHops, stops: storedStops, acl }
  stretches.set(key, made)
  return made
}
