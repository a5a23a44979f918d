/** One answer while it is told: like the record of a walk, but hops and blockers are text. */
import { formatAddress } from '../../network/address.ts'
import type { Flow } from '../flow.ts'
import type { Inside, PortsOf } from '../layers.ts'
import { type Margins, narrowed, verdictOf } from '../margins.ts'
import type { Leg, Verdict } from '../result.ts'
import { type FilterText, inside } from './layer-text.ts'
import type { Asked, Memory } from './memory.ts'
import type { Gapped } from './way-text.ts'

/** An end with what the gaps of its way are filled with. */
export interface ToldEnd extends Inside {
  readonly id: string
  readonly text: string
  readonly subnetId: string
}

export interface Telling {
  readonly memory: Memory
  readonly asked: Asked
  readonly from: ToldEnd
  readonly to: ToldEnd
  readonly hops: Record<Leg, string>
  blockers: string
  readonly keys: string[]
  /** Whether a layer lets nothing pass. */
  blocked: boolean
  /** Filters that let some pass. */
  readonly narrow: { readonly kind: PortsOf; readonly margin: Margins[PortsOf] }[]
  /** Some blockers may be the same, which `combine` tells once. */
  twice: boolean
}

export const newTelling = (memory: Memory, flow: Flow, from: Inside, to: Inside): Telling => {
  const asked = memory.asked(flow)
  return {
    memory,
    asked,
    from: toldEnd(from),
    to: toldEnd(to),
    hops: { forward: '', return: '' },
    blockers: '',
    keys: [],
    blocked: false,
    narrow: [],
    twice: false,
  }
}

const toldEnd = ({ nic, address }: Inside): ToldEnd => ({
  nic,
  address,
  id: inside(nic.id),
  text: formatAddress(address),
  subnetId: inside(nic.subnetId ?? ''),
})

export function verdictTold({ blocked, narrow, asked }: Telling): Verdict {
  if (blocked) return 'blocked'
  const margins = narrow.reduce(
    (state, { kind, margin }) => narrowed(state, kind, margin.pass, margin.maybe),
    asked.margins,
  )
  return verdictOf(margins, asked.ports)
}

const MOST_HOPS = 64
const STARTS = Array.from({ length: MOST_HOPS }, (_, number) => `,{"sequence":${number},`)

export const startOf = (sequence: number): string => STARTS[sequence] ?? `,{"sequence":${sequence},`

/** @param peer its address */
export function tellFilter(
  telling: Telling,
  leg: Leg,
  kind: PortsOf,
  { hop, stop, margin }: FilterText,
  sequence: number,
  peer: string,
): void {
  telling.hops[leg] += startOf(sequence) + hop.before + peer + hop.after
  if (!stop) return
  if (margin.maybe.length === 0) telling.blocked = true
  else telling.narrow.push({ kind, margin })
  addBlocker(telling, stop.before + peer + stop.after, stop.key)
}

export function addBlocker(telling: Telling, text: string, key: string): void {
  if (telling.keys.includes(key)) telling.twice = true
  telling.keys.push(key)
  telling.blockers += telling.blockers === '' ? text : `,${text}`
}

/** @param fillings by their gaps */
export function filled(parts: Gapped, fillings: readonly string[]): string {
  let text = ''
  for (const part of parts) text += typeof part === 'string' ? part : fillings[part]
  return text
}
