/** By destination: the routes of the longest prefix, and those whose destination AWS does not tell in the route. */
import ipaddr from 'ipaddr.js'

interface Routing<R> {
  /** A CIDR block; undefined for prefix lists, which may hold anything. */
  readonly blockOf: (route: R) => string | undefined
  /** Such a route wins over prefix lists: nothing leaves the VPC. */
  readonly isLocal: (route: R) => boolean
}

interface Ranked<R> {
  readonly route: R
  readonly block: [ipaddr.IPv4 | ipaddr.IPv6, number] | undefined
}

/** The routes that lead packets to the destinations out of the local network. */
export function routesTaken<R>(
  routes: readonly R[],
  destinations: readonly string[],
  { blockOf, isLocal }: Routing<R>,
): readonly R[] {
  const ranked = routes.map((route) => ({ route, block: parseBlock(blockOf(route)) }))
  const taken = destinations.filter(ipaddr.isValid).flatMap((destination) => {
    const best = longest(ranked, ipaddr.parse(destination))
    if (best.some(isLocal)) return []
    return [...best, ...routes.filter((route) => blockOf(route) === undefined)]
  })
  return [...new Set(taken)]
}

function longest<R>(ranked: readonly Ranked<R>[], destination: ipaddr.IPv4 | ipaddr.IPv6): readonly R[] {
  const matching = ranked.filter(({ block }) => block !== undefined && contains(block, destination))
  const length = Math.max(...matching.map(({ block }) => block?.[1] ?? 0))
  return matching.filter(({ block }) => block?.[1] === length).map(({ route }) => route)
}

export const contains = (
  [network, length]: [ipaddr.IPv4 | ipaddr.IPv6, number],
  address: ipaddr.IPv4 | ipaddr.IPv6,
): boolean => network.kind() === address.kind() && address.match(network, length)

export const parseBlock = (block: string | undefined): [ipaddr.IPv4 | ipaddr.IPv6, number] | undefined =>
  block !== undefined && ipaddr.isValidCIDR(block) ? ipaddr.parseCIDR(block) : undefined
