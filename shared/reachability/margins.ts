/** What of the asked ports certainly passes, and what may: narrowed by each layer, read as a verdict at the end. */
import { intersect, subtract } from '../network/intervals.ts'
import type { PortSet } from '../network/ports.ts'
import type { PortsOf } from './layers.ts'
import type { Verdict } from './result.ts'

interface Margin {
  readonly pass: PortSet
  readonly maybe: PortSet
}

export type Margins = { readonly [P in PortsOf]: Margin }

const kinds = ['destination', 'source', 'translated'] as const satisfies readonly PortsOf[]

const each = (make: (kind: PortsOf) => Margin): Margins => ({
  destination: make('destination'),
  source: make('source'),
  translated: make('translated'),
})

export const openMargins = (asked: Readonly<Record<PortsOf, PortSet>>): Margins =>
  each((kind) => ({ pass: asked[kind], maybe: asked[kind] }))

export const narrowed = (state: Margins, kind: PortsOf, pass: PortSet, maybe: PortSet): Margins => ({
  ...state,
  [kind]: { pass: intersect(state[kind].pass, pass), maybe: intersect(state[kind].maybe, maybe) },
})

/** A layer that stops everything. */
export const closed: Margins = each(() => ({ pass: [], maybe: [] }))

/** A layer of which it is not known what it lets through. */
export const doubted = (state: Margins): Margins => each((kind) => ({ pass: [], maybe: state[kind].maybe }))

/** Blocked is certain; reachable is certain; what data could still change is unknown. */
export function verdictOf(state: Margins, asked: Readonly<Record<PortsOf, PortSet>>): Verdict {
  if (kinds.some((kind) => state[kind].maybe.length === 0)) return 'blocked'
  if (kinds.some((kind) => subtract(state[kind].maybe, state[kind].pass).length > 0)) return 'unknown'
  return kinds.every((kind) => subtract(asked[kind], state[kind].pass).length === 0) ? 'reachable' : 'partial'
}
