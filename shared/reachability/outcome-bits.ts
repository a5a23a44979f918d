/** What routes and gateways say, as bits of a verdict. */
import type { GatewayOutcome, RouteOutcome } from './layers.ts'
import type { Leg } from './result.ts'
import { layerBits, UNKNOWN } from './verdict-bits.ts'

export function routeBits(leg: Leg, { kind }: RouteOutcome): number {
  const bit = leg === 'forward' ? layerBits.forwardRoute : layerBits.returnRoute
  if (kind === 'unknown') return bit << UNKNOWN
  return kind === 'no-route' || kind === 'blackhole' || kind === 'astray' ? bit : 0
}

export function gatewayBits(leg: Leg, outcome: GatewayOutcome, protocol: number): number {
  const bit = leg === 'forward' ? layerBits.gateway : layerBits.returnRoute
  switch (outcome.verdict) {
    case 'pass':
      return 0
    case 'block':
      return bit
    case 'only':
      return outcome.protocols.includes(protocol) ? 0 : bit
    case 'unknown':
      return bit << UNKNOWN
  }
}
