/** What the recorder says of one layer of the walk, as JSON text with gaps, to be said again of other packets. */
import type { Network } from '../../network/network.ts'
import { recorder } from '../explanation.ts'
import type { Flow } from '../flow.ts'
import type { PortsOf, Visitor } from '../layers.ts'
import type { Margins } from '../margins.ts'
import { newRecord } from '../record.ts'
import type { Blocker, Hop } from '../result.ts'

/** A filter: its texts have one gap, for the address of the peer. */
export interface FilterText {
  /** From behind the number of the hop. */
  readonly hop: Halves
  readonly stop: (Halves & { readonly key: string }) | undefined
  readonly margin: Margins[PortsOf]
}

interface Halves {
  readonly before: string
  readonly after: string
}

export interface RecordedLayer {
  readonly hops: readonly Omit<Hop, 'sequence'>[]
  readonly blockers: readonly Blocker[]
  readonly margins: Margins
}

/** @returns undefined where something is not known */
export function recordLayer(
  network: Network,
  flow: Flow,
  visit: (recorder: Visitor) => void,
): RecordedLayer | undefined {
  const record = newRecord(network, flow)
  visit(recorder(record))
  const hops = [...record.hops.forward, ...record.hops.return]
  if (record.unknown.length > 0 || hops.some(({ verdict }) => verdict === 'unknown')) return undefined
  return { ...record, hops: hops.map(({ sequence: _, ...hop }) => hop) }
}

/** @returns undefined where the text does not name the peer once, so that it is not certain where the gap is */
export function filterText(
  { hops, blockers, margins }: RecordedLayer,
  kind: PortsOf,
  peer: string,
): FilterText | undefined {
  const [hop] = hops.map((one) => halves(JSON.stringify(one).slice(1), peer))
  const [blocker] = blockers
  const stop = blocker && halves(JSON.stringify(blocker), peer)
  if (!hop || (blocker && !stop)) return undefined
  return { hop, stop: blocker && stop && { ...stop, key: keyOf(blocker) }, margin: margins[kind] }
}

/** Blockers with the same one may be the same, see `combine.ts`. */
export const keyOf = ({ leg, direction, component: { type, id } }: Blocker): string =>
  [leg, direction, type, id].join(' ')

function halves(text: string, peer: string): Halves | undefined {
  const [before, after, ...more] = text.split(peer)
  return before !== undefined && after !== undefined && more.length === 0
    ? { before: compact(before), after: compact(after) }
    : undefined
}

/** What JSON writes as it is, and all that ids are made of. */
const PLAIN = /^[\w.:/-]*$/

/** The inside of a JSON string. */
export const inside = (text: string): string => (PLAIN.test(text) ? text : JSON.stringify(text).slice(1, -1))

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** The same text in one piece: parts of texts point to the whole, and joined ones to their parts. */
export const compact = (text: string): string => decoder.decode(encoder.encode(text))
