/**
 * Pieces of the address space within which no route table of the network tells one address from another: what is true
 * of the way to one address is true of the way to all.
 */
import { type Address, PUBLIC_BOUNDS } from './address.ts'
import type { IntervalMap } from './interval-map.ts'
import { type Interval, next, previous } from './intervals.ts'
import type { Network } from './network.ts'
import { rememberedFor } from './remembered.ts'

export interface Pieces {
  /** Where each begins, ascending, the first at 0. */
  readonly v4: readonly number[]
  readonly v6: readonly bigint[]
}

/** Most patches leave all tables as they are. */
export const piecesOf = ({ routeTables, transit }: Network): Pieces => ofTables(routeTables, transit)

const ofTables = rememberedFor((routeTables: Network['routeTables'], transit: Network['transit']): Pieces => {
  const v4 = new Set([0, ...PUBLIC_BOUNDS.v4])
  const v6 = new Set([0n, ...PUBLIC_BOUNDS.v6])
  for (const table of tablesOf(routeTables, transit)) {
    addBounds(v4, table.v4)
    addBounds(v6, table.v6)
  }
  return {
    v4: [...v4].sort((one, other) => one - other),
    v6: [...v6].sort((one, other) => (one < other ? -1 : 1)),
  }
})

function tablesOf(routeTables: Network['routeTables'], transit: Network['transit']) {
  const ofGateways = transit.tableIds.map(transit.tableOf)
  return [...routeTables, ...ofGateways.flatMap((table) => ('missing' in table ? [] : table))]
}

function addBounds<A extends Address>(bounds: Set<A>, { starts, ends }: IntervalMap<A, unknown>): void {
  for (const start of starts) bounds.add(start)
  for (const end of ends) bounds.add(next(end))
}

export interface Piece<A extends Address> extends Interval<A> {
  /** Those of IPv4 count from 0, those of IPv6 from -1 downwards. */
  readonly number: number
}

export function pieceAt(pieces: Pieces, address: Address): Piece<number> | Piece<bigint> {
  if (typeof address === 'number') return piece(pieces.v4, address, (1 + 0xffff_ffff) as number)
  const found = piece(pieces.v6, address, 1n << 128n)
  return { ...found, number: -1 - found.number }
}

function piece<A extends Address>(starts: readonly A[], address: A, end: A): Piece<A> {
  let low = 0
  let high = starts.length
  while (low + 1 < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] as A) <= address) low = middle
    else high = middle
  }
  return { from: starts[low] as A, to: previous(starts[low + 1] ?? end), number: low }
}
