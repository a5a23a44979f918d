/**
 * Spots: places and addresses between which no way is different. The interfaces of a subnet stand on the same spot, and
 * so do those of several subnets with one route table in one zone. What is known of the way from one spot to another
 * is true of all interfaces there.
 */
import type { Address } from '../network/address.ts'
import type { Interface } from '../network/interfaces.ts'
import type { Network } from '../network/network.ts'
import { type Pieces, pieceAt, piecesOf } from '../network/pieces.ts'
import type { Subnet } from '../network/subnets.ts'

export interface Spot {
  readonly subnet: Subnet
  readonly scope: Interface['scope']
  readonly vpcId: string | undefined
  /** Number of what makes a difference to where packets go from here. */
  readonly source: number
  /** What makes a difference to how packets get here, beside the address. */
  readonly target: string
  /** The piece of IPv4 addresses that was asked about last, and the number of the goal in it. */
  from: number
  to: number
  goal: number
  /** Another spot of the same subnet. */
  readonly next: Spot | undefined
}

export interface Spots {
  readonly pieces: Pieces
  readonly bySubnet: (Spot | undefined)[]
  readonly scopes: Map<Interface['scope'], number>
  readonly sources: Map<string, number>
  readonly goals: Map<string, number>
  /** Subnets that packets come out into again on their way: what is routed within a subnet meets no network ACL. */
  readonly crossed: ReadonlySet<string>
}

export function newSpots(network: Network): Spots {
  const attachments = [...network.transit.vpcAttachments.values()]
  return {
    pieces: piecesOf(network),
    bySubnet: [],
    scopes: new Map(),
    sources: new Map(),
    goals: new Map(),
    crossed: new Set(attachments.flatMap(({ SubnetIds }) => SubnetIds ?? [])),
  }
}

/** @returns undefined where the subnet is not known */
export function spotOf(spots: Spots, { subnet, scope, vpcId }: Interface): Spot | undefined {
  if (!subnet) return undefined
  let spot = spots.bySubnet[subnet.number]
  while (spot && (spot.subnet !== subnet || spot.scope !== scope || spot.vpcId !== vpcId)) spot = spot.next
  return spot ?? addSpot(spots, subnet, scope, vpcId)
}

function addSpot(
  { bySubnet, sources, scopes, crossed }: Spots,
  subnet: Subnet,
  scope: Interface['scope'],
  vpcId: string | undefined,
): Spot {
  const { routeTable, availabilityZone, zoneId } = subnet
  const owner = numberOf(scopes, scope)
  const source = [routeTable, vpcId, availabilityZone, zoneId, subnet.scope.accountId, owner].join()
  const spot: Spot = {
    subnet,
    scope,
    vpcId,
    source: numberOf(sources, source),
    target: [vpcId, owner, crossed.has(subnet.id) ? subnet.id : ''].join(),
    from: 0,
    to: -1,
    goal: -1,
    next: bySubnet[subnet.number],
  }
  bySubnet[subnet.number] = spot
  return spot
}

/** The number of what makes a difference to how packets get to an address here. */
export function goalAt(spots: Spots, spot: Spot, address: Address): number {
  if (typeof address === 'number' && spot.from <= address && address <= spot.to) return spot.goal
  const piece = pieceAt(spots.pieces, address)
  const goal = numberOf(spots.goals, `${spot.target} ${piece.number}`)
  if (typeof piece.from === 'number') {
    spot.from = piece.from
    spot.to = piece.to as number
    spot.goal = goal
  }
  return goal
}

function numberOf<K>(numbers: Map<K, number>, key: K): number {
  const found = numbers.get(key)
  if (found !== undefined) return found
  const made = numbers.size
  numbers.set(key, made)
  return made
}
