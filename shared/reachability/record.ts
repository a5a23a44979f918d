/** The growing record of one walk: hops of both legs, blockers, what is not known, and what still passes. */

import { subtract } from '../network/intervals.ts'
import type { Network } from '../network/network.ts'
import { EPHEMERAL, type PortSet } from '../network/ports.ts'
import { hasPorts } from '../network/protocol.ts'
import { blockedPart, type Cover } from './filters.ts'
import { type Flow, portsText } from './flow.ts'
import type { Choice, PortsOf } from './layers.ts'
import { closed, doubted, type Margins, narrowed, openMargins, verdictOf } from './margins.ts'
import type {
  Blocker,
  Component,
  DecidingRule,
  Direction,
  Hop,
  HopVerdict,
  Leg,
  MissingKnowledge,
} from './result.ts'

export interface WalkRecord {
  readonly network: Network
  readonly flow: Flow
  readonly ports: Readonly<Record<PortsOf, PortSet>>
  readonly hops: Readonly<Record<Leg, Hop[]>>
  readonly blockers: Blocker[]
  readonly unknown: MissingKnowledge[]
  margins: Margins
}

export function newRecord(network: Network, flow: Flow): WalkRecord {
  const ports = {
    destination: flow.destinationPorts,
    source: flow.sourcePorts,
    // A NAT gateway chooses ports of its own; of other protocols the reply stays what it is.
    translated: hasPorts(flow.protocol) ? EPHEMERAL : flow.sourcePorts,
  }
  return {
    network,
    flow,
    ports,
    hops: { forward: [], return: [] },
    blockers: [],
    unknown: [],
    margins: openMargins(ports),
  }
}

export function addHop(record: WalkRecord, leg: Leg, hop: Omit<Hop, 'sequence'>): void {
  const hops = record.hops[leg]
  hops.push({ sequence: hops.length + 1, ...hop })
}

export function addMissing(record: WalkRecord, items: readonly MissingKnowledge[]): void {
  for (const item of items) {
    const same = (other: MissingKnowledge) => other.missing === item.missing && other.because === item.because
    if (!record.unknown.some(same)) record.unknown.push(item)
  }
}

/** One layer of the walk, as it is told: where, which way, by which rule, in words. */
export interface Layer {
  readonly leg: Leg
  readonly direction: Direction
  readonly component: Component
  readonly rule?: DecidingRule | undefined
  readonly explanation: string
}

/** A filter that may pass some of the asked ports. @param code why not */
export function addFilter(
  record: WalkRecord,
  layer: Layer,
  kind: PortsOf,
  cover: Cover<unknown>,
  code: () => string,
): void {
  const asked = record.ports[kind]
  const blocked = blockedPart(cover, asked)
  const doubtful = subtract(cover.maybe, cover.pass).length > 0
  record.margins = narrowed(record.margins, kind, cover.pass, cover.maybe)
  push(record, layer, filterVerdict(blocked, asked, doubtful))
  if (doubtful) addMissing(record, cover.missing)
  if (blocked.length > 0) addBlocker(record, layer, code(), kind, blocked)
}

/** A layer that knows no ports: it stops everything, nothing, or is not known. */
export function addGate(record: WalkRecord, layer: Layer, verdict: HopVerdict, code: string): void {
  push(record, layer, verdict)
  if (verdict === 'unknown') record.margins = doubted(record.margins)
  if (verdict !== 'block') return
  record.margins = closed
  const kind = layer.leg === 'forward' ? 'destination' : 'source'
  addBlocker(record, layer, code, kind, record.ports[kind])
}

function push(
  record: WalkRecord,
  { leg, component, direction, rule, explanation }: Layer,
  verdict: HopVerdict,
): void {
  addHop(record, leg, { component, direction, verdict, ...(rule && { rule }), explanation })
}

function addBlocker(record: WalkRecord, layer: Layer, code: string, kind: PortsOf, ports: PortSet): void {
  const { leg, direction, component, explanation } = layer
  const text = portsText(record.flow.protocol, ports)
  const blocked = kind === 'destination' ? { destinationPorts: text } : { sourcePorts: text }
  record.blockers.push({ leg, direction, component, awsExplanationCode: code, blocked, explanation })
}

function filterVerdict(blocked: PortSet, asked: PortSet, doubtful: boolean): HopVerdict {
  if (blocked.length === 0) return doubtful ? 'unknown' : 'pass'
  return subtract(asked, blocked).length === 0 ? 'block' : 'partial'
}

/** What ways come to, of each of which there is a record. */
export function choiceBetween(trials: readonly WalkRecord[]): Choice {
  const [first, ...others] = trials.map(comesTo)
  const known = trials.every(({ unknown }) => unknown.length === 0)
  if (known && others.every((other) => other === first)) return 'same'
  return trials.every(({ margins, ports }) => verdictOf(margins, ports) === 'blocked') ? 'blocked' : 'differ'
}

const comesTo = ({ blockers }: WalkRecord): string =>
  JSON.stringify(
    blockers.map(({ leg, direction, component, blocked }) => [leg, direction, component.id, blocked]),
  )
