/** Which way a packet takes out of a subnet to an address that no interface we know holds. */
import { type Address, formatAddress, isPublic } from '../network/address.ts'
import { allInterfacesKnown } from '../network/interfaces.ts'
import type { Network } from '../network/network.ts'
import { notCollected } from '../network/peerings.ts'
import type { CompiledRoute } from '../network/route-tables.ts'
import type { Place, RouteOutcome } from './layers.ts'
import { outThroughPeering } from './peering.ts'
import { notModelled, routeOut, unusableRoute } from './routing.ts'

/** Who holds a private address, on a way that is not known, may carry groups. */
export function routeOutside(network: Network, from: Place, to: Address): RouteOutcome {
  const outcome = routeTo(network, from, to)
  return outcome.kind === 'unknown' && !isPublic(to) ? { ...outcome, identity: 2 } : outcome
}

function routeTo(network: Network, from: Place, to: Address): RouteOutcome {
  const found = routeOut(network, from, to)
  if (found.kind === 'unknown') return { ...found, identity: 0 }
  if (found.kind === 'none') return { kind: 'no-route', identity: 0 }
  const { route } = found
  if (route.target.kind === 'local') return nobodyThere(network, from, to, route)
  return unusableRoute(route, 0) ?? usableRoute(network, from, to, route)
}

function usableRoute(network: Network, from: Place, to: Address, route: CompiledRoute): RouteOutcome {
  switch (route.target.kind) {
    case 'vpc-peering-connection':
      return outThroughPeering(network, from, to, route, route.target.id) ?? unknownHolder(from, to)
    case 'local':
    case 'other':
      return notModelled(route, 0)
    default:
      return { kind: 'gateway', route, identity: 0 }
  }
}

/** An address of the VPC that no interface holds: certain only where all of its interfaces were collected. */
function nobodyThere(network: Network, from: Place, to: Address, route: CompiledRoute): RouteOutcome {
  if (!allInterfacesKnown(network, from)) return unknownHolder(from, to)
  const because = () => `no network interface in ${from.vpcId} holds ${formatAddress(to)}`
  return { kind: 'astray', route, code: 'NO_POSSIBLE_DESTINATION', because, identity: 0 }
}

const unknownHolder = (from: Place, to: Address): RouteOutcome => ({
  kind: 'unknown',
  missing: notCollected(
    from.scope,
    'ec2:DescribeNetworkInterfaces',
    `an interface with ${formatAddress(to)}`,
  ),
  identity: 0,
})
