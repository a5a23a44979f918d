/** A route to a network interface: an appliance that packets pass. https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html */
import type { Network } from '../network/network.ts'
import { notCollected } from '../network/peerings.ts'
import type { GatewayOutcome, Place, Visitor } from './layers.ts'
import type { Leg } from './result.ts'

/** What the machine behind the interface does is its own affair; only that it gets nothing can be told. */
export function throughAppliance(
  network: Network,
  from: Place,
  { leg }: { readonly leg: Leg },
  id: string,
  visitor: Visitor,
): void {
  visitor.gateway(leg, 'ingress', { type: 'network-interface', id }, applianceOutcome(network, from, id))
}

export function applianceOutcome(network: Network, from: Pick<Place, 'scope'>, id: string): GatewayOutcome {
  const nic = network.interfaceById.get(id)
  if (!nic)
    return { verdict: 'unknown', missing: notCollected(from.scope, 'ec2:DescribeNetworkInterfaces', id) }
  const { SourceDestCheck: checks } = nic.source
  if (checks === undefined) {
    const because = `whether ${id} checks source and destination is not told`
    return { verdict: 'unknown', missing: { missing: 'ec2:DescribeNetworkInterfaces', because } }
  }
  if (checks) {
    const explanation = () =>
      `${id} drops packets that are not addressed to it: its source/destination check is on`
    return { verdict: 'block', code: 'ENI_SOURCE_DEST_CHECK_RESTRICTION', explanation }
  }
  const because = `what the appliance behind ${id} does with packets is not part of AWS's configuration`
  return { verdict: 'unknown', missing: { missing: 'ec2:DescribeInstances', because } }
}
