/**
 * A gateway route table (edge association) may send what arrives to a middlebox first.
 * https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html
 */
import { type Address, formatAddress } from '../network/address.ts'
import type { Network } from '../network/network.ts'
import { type CompiledRoute, lookup, type RouteLookup } from '../network/route-tables.ts'
import { applianceOutcome } from './appliance.ts'
import type { GatewayOutcome, Place, Visitor } from './layers.ts'
import type { Component, Leg } from './result.ts'

/** Who gets what arrives: an interface, or a NAT gateway. */
export interface Receiver {
  readonly nic: Pick<Place, 'scope'> & { readonly id?: string }
  readonly address: Address
}

export function visitGatewayTable(
  network: Network,
  gateway: string,
  leg: Leg,
  to: Receiver,
  visitor: Visitor,
): void {
  const table = network.routeTables[network.gatewayRouteTable.get(gateway) ?? -1]
  if (!table) return
  const found = lookup(table, to.address)
  if (found.kind === 'none' || (found.kind === 'route' && found.route.target.kind === 'local')) return
  const outcome: GatewayOutcome =
    found.kind === 'unknown'
      ? { verdict: 'unknown', missing: found.missing }
      : redirected(network, to, found.route, `${table.id} of ${gateway}`)
  visitor.gateway(leg, 'ingress', culprit(outcome, found, table.id), outcome)
}

/** The source/destination check is the interface's, all else the table's. */
function culprit(outcome: GatewayOutcome, found: RouteLookup, table: string): Component {
  const checked = outcome.verdict === 'block' && outcome.code === 'ENI_SOURCE_DEST_CHECK_RESTRICTION'
  return checked && found.kind === 'route' && found.route.target.kind === 'network-interface'
    ? { type: 'network-interface', id: found.route.target.id }
    : { type: 'route-table', id: table }
}

function redirected(network: Network, to: Receiver, route: CompiledRoute, where: string): GatewayOutcome {
  const address = formatAddress(to.address)
  if (route.blackhole) {
    const explanation = () => `the route of ${where} for ${address} is a blackhole: its target is gone`
    return { verdict: 'block', code: 'BAD_STATE_ROUTE', explanation }
  }
  const { target } = route
  if (target.kind === 'network-interface') return toAppliance(network, to, target.id, where)
  const because = `${where} sends packets for ${address} to another place first`
  return { verdict: 'unknown', missing: { missing: 'network-firewall:DescribeFirewallPolicy', because } }
}

/** A middlebox gets traffic of the internet only with a public address of its own. */
function toAppliance(network: Network, to: Receiver, id: string, where: string): GatewayOutcome {
  if (id === to.nic.id) return { verdict: 'pass', explanation: () => `${where} sends it to ${id}` }
  const outcome = applianceOutcome(network, to.nic, id)
  const nic = network.interfaceById.get(id)
  if (outcome.verdict === 'block' || !nic) return outcome
  const isPublic =
    nic.source.Association?.PublicIp !== undefined ||
    nic.source.PrivateIpAddresses?.some(({ Association }) => Association?.PublicIp !== undefined)
  if (isPublic || typeof to.address === 'bigint') return outcome
  const explanation = () =>
    `${where} sends it to ${id}, which has no public address and gets nothing from the internet`
  return { verdict: 'block', code: 'INGRESS_RTB_NO_PUBLIC_IP', explanation }
}
