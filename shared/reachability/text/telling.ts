/** One answer while it is told: like the record of a walk, but hops and blockers are text. */
import type { Flow } from '../flow.ts'
import type { Inside, PortsOf } from '../layers.ts'
import { type Margins, narrowed, verdictOf } from '../margins.ts'
import type { Verdict } from '../result.ts'
import { type EndTexts, type Named, setTexts } from './end-texts.ts'
import { encoded, type Fillings, type GroupsText, putGapped, type Stored, startText } from './gapped.ts'
import type { FilterText, Stop } from './layer-text.ts'
import type { Asked, Memory } from './memory.ts'
import { type Page, put } from './page.ts'

/** An end with what gaps are filled with. */
export interface ToldEnd extends Inside, EndTexts {
  /** Of what is said of packets to it, and of it as a peer. */
  readonly fillings: Fillings
}

interface ToldStop {
  readonly text: Stored
  readonly fillings: Fillings
  readonly groups: GroupsText | undefined
}

export interface Telling {
  readonly memory: Memory
  readonly page: Page
  readonly asked: Asked
  readonly from: ToldEnd
  readonly to: ToldEnd
  /** What stops it, told behind the hops. */
  readonly stops: ToldStop[]
  readonly keys: string[]
  /** Whether a layer lets nothing pass. */
  blocked: boolean
  /** Filters that let some pass. */
  readonly narrow: { readonly kind: PortsOf; readonly margin: Margins[PortsOf] }[]
  /** Some blockers may be the same, which `combine` tells once. */
  twice: boolean
}

/** @returns undefined where the name of an end is not plain */
export function newTelling(
  memory: Memory,
  page: Page,
  flow: Flow,
  near: Named,
  far: Named,
): Telling | undefined {
  const { from: fromTexts, to: toTexts } = memory.texts
  if (!setTexts(fromTexts, near) || !setTexts(toTexts, far)) return undefined
  const asked = memory.asked(flow)
  const from = toldEnd(near, fromTexts, [toTexts.subnetId, fromTexts.text, asked.blocked.return])
  const to = toldEnd(far, toTexts, [fromTexts.subnetId, toTexts.text, asked.blocked.forward])
  return {
    memory,
    page,
    asked,
    from,
    to,
    stops: [],
    keys: [],
    blocked: false,
    narrow: [],
    twice: false,
  }
}

/** Field by field, which is faster. */
const toldEnd = (
  { nic, address }: Inside,
  { id, text, subnetId }: EndTexts,
  fillings: Fillings,
): ToldEnd => ({ nic, address, id, text, subnetId, fillings })

export function verdictTold({ blocked, narrow, asked }: Telling): Verdict {
  if (blocked) return 'blocked'
  const margins = narrow.reduce(
    (state, { kind, margin }) => narrowed(state, kind, margin.pass, margin.maybe),
    asked.margins,
  )
  return verdictOf(margins, asked.ports)
}

const MOST_HOPS = 64
const STARTS = Array.from({ length: MOST_HOPS }, (_, number) => encoded(startText(number)))

export function putStart(page: Page, sequence: number): void {
  put(page, STARTS[sequence] ?? encoded(startText(sequence)))
}

/** Behind the number of its hop. @param fillings hold the address of the peer */
export function tellFilter(
  telling: Telling,
  kind: PortsOf,
  { hop, stop, margin, groups }: FilterText,
  fillings: Fillings,
): void {
  putGapped(telling.page, hop, fillings, groups)
  if (!stop) return
  if (margin.maybe.length === 0) telling.blocked = true
  else telling.narrow.push({ kind, margin })
  addBlocker(telling, stop, fillings, groups)
}

export function addBlocker(
  telling: Telling,
  { text, key }: Stop,
  fillings: Fillings,
  groups: GroupsText | undefined,
): void {
  if (telling.keys.includes(key)) telling.twice = true
  telling.keys.push(key)
  telling.stops.push({ text, fillings, groups })
}
