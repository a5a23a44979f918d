/**
 * A verdict as bits. 0-8: layers that block all asked headers; 9-17: layers that block some; 18-26: layers not
 * known; bit 27: what the layers leave over does not overlap, so nothing passes.
 */
import type { Direction, Leg, Verdict } from './result.ts'

/** The layers of a walk between two interfaces, by bit. */
export const layerBits = {
  egressGroups: 1 << 0,
  forwardEgressAcl: 1 << 1,
  forwardRoute: 1 << 2,
  forwardIngressAcl: 1 << 3,
  ingressGroups: 1 << 4,
  returnEgressAcl: 1 << 5,
  returnRoute: 1 << 6,
  returnIngressAcl: 1 << 7,
  gateway: 1 << 8,
} as const

const LAYERS = 0x1ff
/** How far the bit of a layer that blocks some is from that of one that blocks all; the same for one not known. */
export const PARTIAL = 9
export const UNKNOWN = 18
export const NOTHING_LEFT = 1 << 27

/** Blocked is certain whatever is unknown; what is unknown could change any other answer. */
export function verdictOf(bits: number): Verdict {
  if (bits & (LAYERS | NOTHING_LEFT)) return 'blocked'
  if (leavesDoubt(bits)) return 'unknown'
  return bits & (LAYERS << PARTIAL) ? 'partial' : 'reachable'
}

/** Whether some layer is not known. */
export const leavesDoubt = (bits: number): boolean => (bits & (LAYERS << UNKNOWN)) !== 0

/** Layers that stop some or all of the asked headers. */
export const blockingLayers = (bits: number): number => (bits & LAYERS) | ((bits >> PARTIAL) & LAYERS)

export function aclBit(leg: Leg, direction: Direction): number {
  if (leg === 'forward')
    return direction === 'egress' ? layerBits.forwardEgressAcl : layerBits.forwardIngressAcl
  return direction === 'egress' ? layerBits.returnEgressAcl : layerBits.returnIngressAcl
}
