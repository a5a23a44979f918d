/** The addresses at which a load balancer's node is reached, and from which it sends. */
import type { Address } from '../network/address.ts'
import type { LoadBalancerNode } from '../network/load-balancers.ts'
import type { Somewhere } from '../reachability/anywhere.ts'
import type { Inside } from '../reachability/layers.ts'

/** Its IPv4 address, which may be any of its subnet where it is not known, and that of IPv6 if there is one. */
export function nodeEnds({ nic, addressKnown }: LoadBalancerNode): readonly (Inside | Somewhere)[] {
  const [address] = nic.addresses
  const sixth = nic.addresses.find((candidate) => typeof candidate === 'bigint')
  if (address === undefined) return []
  const first = addressKnown ? { nic, address } : { nic, address, somewhere: true as const }
  return sixth === undefined || sixth === address ? [first] : [first, { nic, address: sixth }]
}

/** Where it sends from to an address of one family. */
export const nodeEndFor = (node: LoadBalancerNode, address: Address): Inside | Somewhere | undefined =>
  nodeEnds(node).find((end) => typeof end.address === typeof address)
